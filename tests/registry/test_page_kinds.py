"""What every list, detail and act page does, whatever it is about."""

from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry.errors import FieldError, NotAllowed, RuleBroken
from registry.lines import LineFormSet
from registry.models import Role, User
from registry.pages import ActPage
from tests.registry import build
from tests.registry.conftest import signed_in

pytestmark = pytest.mark.django_db


class HeadForm(forms.Form):
    number = forms.CharField()


class LineForm(forms.Form):
    item = forms.CharField()
    quantity = forms.DecimalField()


class Act(ActPage):
    title = "An act"
    button = "Do it"
    form_class = HeadForm
    lines_class = forms.formset_factory(LineForm, formset=LineFormSet, extra=3, can_delete=True)
    outcome: Any = None

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Any:
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return SimpleNamespace(get_absolute_url=lambda: f"/done/{len(rows)}/")

    def success_message(self, outcome: Any) -> str:
        return "It was done."


def posted(user: User, outcome: Any = None, **figures: str) -> Any:
    """Post a form of four rows, of which the second is empty and the third is taken out."""
    data = {
        "number": "A-1",
        "lines-TOTAL_FORMS": "4",
        "lines-INITIAL_FORMS": "0",
        "lines-0-item": "ALMOND",
        "lines-0-quantity": "1",
        "lines-2-item": "WALNUT",
        "lines-2-quantity": "2",
        "lines-2-DELETE": "on",
        "lines-3-item": "HONEY",
        "lines-3-quantity": "3",
        **figures,
    }
    request = RequestFactory().post("/act/", data)
    request.user, request.session, request.htmx = user, {}, False
    request._messages = FallbackStorage(request)
    request.resolver_match = SimpleNamespace(view_name="act")
    return Act.as_view(outcome=outcome)(request)


def test_an_act_goes_on_to_its_outcome_with_the_rows_that_were_filled(alice: User) -> None:
    assert posted(alice).headers["Location"] == "/done/2/"


def test_a_broken_rule_stands_beside_the_row_and_field_that_it_names(alice: User) -> None:
    errors = [
        FieldError("Only 2 are there.", field="quantity", row=1, figure="3"),
        FieldError("This number is taken.", field="number"),
        FieldError("The gate is closed.", field="gate"),
        FieldError("Not this one.", field="nowhere", row=0),
        FieldError("Nor this.", row=9),
    ]
    response = posted(alice, RuleBroken("Refused.", errors=errors))
    assert response.status_code == 200
    page = response.content.decode()
    fourth_row = page.split('name="lines-3-quantity"')[1].split("</tr>")[0]
    assert "Only 2 are there." in fourth_row
    assert "Only 2 are there." not in page.split('name="lines-3-quantity"')[0]
    assert "Row 10: Nor this." in page
    for message in ("This number is taken.", "The gate is closed.", "Not this one."):
        assert message in page
    assert 'value="HONEY"' in page, "what was typed is not lost"


def test_what_the_operation_does_not_allow_is_forbidden(alice: User) -> None:
    with pytest.raises(PermissionDenied, match="Not you"):
        posted(alice, NotAllowed("Not you."))


def test_asking_for_more_rows_accuses_nobody(alice: User) -> None:
    response = posted(alice, **{"lines-add": "1", "number": ""})
    assert "This field is required." not in response.content.decode()
    assert 'name="lines-8-item"' in response.content.decode()


def test_the_same_form_sent_again_carries_the_same_key(alice: User) -> None:
    key = "0d3f4c1e-7a53-4a3b-9d0e-0a4f3b0f6a11"
    page = posted(alice, RuleBroken("Refused."), request_key=key).content.decode()
    assert f'name="request_key" value="{key}"' in page
    assert (
        'name="request_key" value="nonsense"'
        not in posted(alice, RuleBroken("Refused."), request_key="nonsense").content.decode()
    )


@pytest.mark.parametrize(
    "name", ["item_list", "site_list", "place_list", "organisation_list", "user_list", "exchange_rate_list"]
)
def test_a_list_takes_as_many_queries_for_three_rows_as_for_one(name: str, alice: User) -> None:
    client, address = signed_in(alice), reverse(f"registry:{name}")

    def queries(suffix: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address + suffix).status_code == 200
        return len(captured)

    def add(number: int) -> None:
        at_site = build.site(f"S{number}")
        build.item(f"I{number}", hs_code=build.hs_code(f"08021{number}"), unit=build.unit(f"U{number}"))
        build.user(f"user{number}", Role.OPERATOR, at_site.organisation, at_site=at_site)

    add(1)
    client.get(address)
    for suffix in ("", "?format=csv"):
        before = queries(suffix)
        add(2 if not suffix else 4), add(3 if not suffix else 5)
        assert queries(suffix) == before


def test_a_page_beyond_the_last_shows_the_last_and_nobody_asks_for_all_rows_at_once(alice: User) -> None:
    for number in range(27):
        build.organisation(f"ORG-{number:02}")
    client, address = signed_in(alice), reverse("registry:organisation_list")
    table = client.get(f"{address}?page=99").context["table"]
    assert table.page.number == 2
    assert client.get(f"{address}?per_page=999999").context["table"].paginator.per_page == 200
    for nonsense in ("page=-1", "page=x", "per_page=0", "sort=nothing", "sort=-code&sort=name", "format=xml"):
        assert client.get(f"{address}?{nonsense}").status_code == 200


def test_a_list_asked_for_by_script_is_only_the_list(alice: User) -> None:
    answer = signed_in(alice).get(reverse("registry:organisation_list"), headers={"HX-Request": "true"})
    assert answer.content.decode().strip().startswith('<div id="list">')
