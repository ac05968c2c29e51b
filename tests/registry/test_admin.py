"""/admin is for superusers alone."""

import pytest
from django.contrib import admin
from django.urls import reverse

from registry.models import Role, User
from tests.registry import build
from tests.registry.conftest import signed_in

pytestmark = pytest.mark.django_db
OURS = [model for model in admin.site._registry if model._meta.app_label == "registry"]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.model_name)
def test_only_superusers_see_the_admin(model: type, alice: User) -> None:
    build.item(), build.site("AKL"), build.user("eve", Role.AUDITOR)
    root = User.objects.create_superuser("root@example.com", build.PASSWORD, name="Root")
    alice.is_staff = True
    alice.save()
    name = f"admin:registry_{model._meta.model_name}"
    assert signed_in(root).get(reverse(f"{name}_changelist")).status_code == 200
    assert signed_in(alice).get(reverse(f"{name}_changelist")).status_code == 403
    if row := model._default_manager.first():
        assert signed_in(root).get(reverse(f"{name}_change", args=[row.pk])).status_code == 200


def test_nobody_who_stands_in_the_history_is_deleted(alice: User) -> None:
    root = User.objects.create_superuser("root@example.com", build.PASSWORD, name="Root")
    assert signed_in(root).get(reverse("admin:registry_user_delete", args=[alice.pk])).status_code == 403
