"""Asking for something in the register by its code."""

import pytest
from django import forms

from registry.fields import CodeField
from registry.models import Organisation, OrganisationKind

pytestmark = pytest.mark.django_db


class _OwnerForm(forms.Form):
    owner = CodeField(Organisation.objects.all(), suggest_url="/suggest/owners/")


@pytest.fixture
def silk_road() -> Organisation:
    return Organisation.objects.create(code="SRT", name="Silk Road Trading", kind=OrganisationKind.GOODS_OWNER)


def test_a_code_is_found_with_the_blanks_that_a_paste_brings(silk_road: Organisation) -> None:
    form = _OwnerForm({"owner": " SRT "})
    assert form.is_valid()
    assert form.cleaned_data["owner"] == silk_road


def test_an_unknown_code_is_named_in_the_error(silk_road: Organisation) -> None:
    assert "XYZ" in str(_OwnerForm({"owner": "XYZ"}).errors["owner"])


def test_the_field_shows_the_code_and_offers_suggestions(silk_road: Organisation) -> None:
    html = str(_OwnerForm(initial={"owner": silk_road})["owner"])
    assert 'value="SRT"' in html
    assert 'data-suggest-url="/suggest/owners/"' in html
