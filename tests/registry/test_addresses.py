"""Every model that says where its page is has one."""

import pytest
from django.apps import apps
from django.db import models

LINKED = [
    model
    for model in apps.get_models()
    if hasattr(model, "get_absolute_url") and not model.__name__.startswith("Historical")
]


@pytest.mark.parametrize("model", LINKED, ids=lambda model: model._meta.label)
def test_the_page_that_a_row_links_to_exists(model: type[models.Model]) -> None:
    assert model(pk=1).get_absolute_url().endswith("/1/")  # type: ignore[attr-defined]
