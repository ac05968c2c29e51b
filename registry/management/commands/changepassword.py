"""Django's own command, after which no API token of the user opens anything any more."""

from typing import Any

from django.contrib.auth.management.commands import changepassword
from django.utils import timezone

from registry.models import User
from registry.operations.tokens import revoke_all_tokens


class Command(changepassword.Command):
    def handle(self, *args: Any, **options: Any) -> str | None:
        told: str | None = super().handle(*args, **options)
        user = User.objects.get_by_natural_key(options["username"])
        revoke_all_tokens(user=user, actor=None, at=timezone.now(), reason="A new password was set.")
        return told
