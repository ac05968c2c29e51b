"""Declarations on pages and over the API: drawn up, decided on, followed down to each ticket."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from customs.models import Declaration, DeclarationState
from registry.models import User
from tests.customs.build import declaration_number
from tests.fuel.build import TankFarm, airline
from tests.fuel.declaring import NUMBER, drawn_up, released, submitted
from tests.standing import standing

pytestmark = pytest.mark.django_db


@standing
def farm(urumqi: TankFarm) -> TankFarm:
    urumqi.released("100000")
    return urumqi


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, url: str, **more: Any) -> str:
    response = client.get(url, **more)
    assert response.status_code == 200
    return response.content.decode()


def month_form(farm: TankFarm, **more: Any) -> dict[str, Any]:
    return {
        "book": farm.book.pk,
        "declared_kind": "delivery_ticket",
        "month": "2026-06-01",
        "declarant": farm.airline.organisation_id,
        "bonded_note_number": "QD-1",
        **more,
    }


@pytest.fixture
def july(time_machine: Any) -> None:
    time_machine.move_to("2026-07-02T03:00:00Z", tick=True)


@pytest.mark.usefixtures("july")
def test_an_operator_draws_up_a_month_and_submits_it(farm: TankFarm) -> None:
    ticket = farm.matched("T-1", mass_kg="10000")
    client = signed_in(farm.operator)
    response = client.post(reverse("customs:declaration_add"), month_form(farm), follow=True)
    declaration = Declaration.objects.get()
    assert response.redirect_chain[-1][0] == declaration.get_absolute_url()
    text = response.content.decode()
    for shown in (declaration.number, ticket.number, "10,000", "QD-1", "Draft", "2026-07-31"):
        assert shown in text
    client.post(reverse("customs:declaration_submit", args=[declaration.pk]))
    assert Declaration.objects.get().state == DeclarationState.SUBMITTED


@pytest.mark.usefixtures("july")
def test_everybody_at_once_warns_of_those_whose_tickets_are_not_matched(farm: TankFarm) -> None:
    chinese = airline("C1", country="CN")
    farm.matched("T-1")
    signed = farm.signed("T-2", airline=chinese, flight_number="C1802")
    response = signed_in(farm.operator).post(
        reverse("customs:declaration_add"), month_form(farm, declarant=""), follow=True
    )
    text = response.content.decode()
    assert "1 declaration was drawn up." in text
    assert f"{chinese.organisation.name}: 1 ticket is signed but not matched: {signed.number}." in text


@pytest.mark.usefixtures("july")
def test_what_was_typed_stays_when_nothing_is_to_be_declared(farm: TankFarm) -> None:
    response = signed_in(farm.operator).post(reverse("customs:declaration_add"), month_form(farm))
    text = response.content.decode()
    assert "has nothing to declare from 2026-06-01 to 2026-06-30" in text
    assert 'value="QD-1"' in text
    assert not Declaration.objects.exists()


def test_an_officer_accepts_with_the_number_of_customs_and_releases(farm: TankFarm) -> None:
    farm.matched("T-1", mass_kg="10000")
    declaration = submitted(farm)
    client = signed_in(farm.officer)
    accept = reverse("customs:declaration_accept", args=[declaration.pk])
    assert "This field is required" in client.post(accept, {"declaration_number": ""}).content.decode()
    client.post(accept, {"declaration_number": NUMBER})
    text = page(client, declaration.get_absolute_url())
    for shown in ("Pre-deducted", NUMBER, "17,235.00", "Release"):
        assert shown in text
    client.post(reverse("customs:declaration_release", args=[declaration.pk]))
    assert Declaration.objects.get().state == DeclarationState.RELEASED
    assert "Deducted" in page(client, declaration.get_absolute_url())


def test_every_document_is_listed_and_taken_along(farm: TankFarm) -> None:
    tickets = [farm.matched(f"T-{number}", mass_kg="100") for number in range(12)]
    declaration = drawn_up(farm)
    client = signed_in(farm.auditor)
    assert "All documents: 12" in page(client, declaration.get_absolute_url())
    url = reverse("customs:declaration_documents", args=[declaration.pk])
    assert tickets[-1].get_absolute_url() in page(client, url)
    lines = b"".join(client.get(url, {"format": "csv"}).streaming_content).decode().splitlines()
    assert len(lines) == 13


def test_the_list_and_the_page_take_as_many_queries_for_three_as_for_one(farm: TankFarm) -> None:
    client = signed_in(farm.supervisor)

    def queries(url: str) -> int:
        page(client, url)
        with CaptureQueriesContext(connection) as captured:
            page(client, url)
        return len(captured)

    farm.matched("T-1", mass_kg="100")
    first = released(farm)
    one_row, one_ticket = queries(reverse("customs:declaration_list")), queries(first.get_absolute_url())
    for code in ("C1", "D2"):
        other = airline(code)
        farm.now = farm.now.replace(month=6, day=20)
        for number in range(3):
            farm.matched(f"{code}-{number}", mass_kg="100", airline=other)
        last = released(farm, declarant=other.organisation, number=declaration_number())
    assert queries(reverse("customs:declaration_list")) == one_row
    assert queries(last.get_absolute_url()) == one_ticket


def test_the_api_draws_up_accepts_and_releases(farm: TankFarm, time_machine: Any) -> None:
    farm.matched("T-1", mass_kg="10000")
    time_machine.move_to("2026-07-02T03:00:00Z", tick=True)
    asked = {
        "book": farm.book.number,
        "declared_kind": "delivery_ticket",
        "declarant": farm.airline.organisation.code,
        "from_date": "2026-06-01",
        "through_date": "2026-06-30",
    }
    operator, officer = signed_in(farm.operator), signed_in(farm.officer)
    key = {"HTTP_IDEMPOTENCY_KEY": "june"}
    response = operator.post("/api/v1/declarations/", asked, content_type="application/json", **key)
    assert response.status_code == 201
    drawn = response.json()
    assert (drawn["state"], drawn["deduction"], drawn["due_date"]) == ("draft", "none", "2026-07-31")
    assert drawn["acts"] == ["submit", "redraw", "void"]
    again = operator.post("/api/v1/declarations/", asked, content_type="application/json", **key)
    assert again.json()["number"] == drawn["number"]
    address = f"/api/v1/declarations/{drawn['id']}/"
    assert operator.post(f"{address}submit/", content_type="application/json").status_code == 200
    number = {"declaration_number": NUMBER}
    accepted_now = officer.post(f"{address}accept/", number, content_type="application/json").json()
    assert accepted_now["lines"][0]["released_tax_cny"] == "17235.00"
    assert officer.post(f"{address}release/", content_type="application/json").json()["deduction"] == "deducted"
    (document,) = operator.get(f"{address}documents/").json()["results"]
    assert (document["quantity"], document["deducted_quantity"]) == ("10000.00000", "10000.00000")


def test_the_api_names_what_it_cannot_declare(farm: TankFarm) -> None:
    farm.matched("T-1")
    asked = {
        "book": farm.book.number,
        "declared_kind": "stock_count",
        "declarant": farm.airline.organisation.code,
        "from_date": "2026-06-01",
        "through_date": "2026-06-30",
    }
    client = signed_in(farm.operator)
    response = client.post("/api/v1/declarations/", asked, content_type="application/json")
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert "delivery_ticket" in response.content.decode()


def test_a_returned_declaration_says_why_and_is_drawn_up_again(farm: TankFarm) -> None:
    farm.matched("T-1")
    declaration = submitted(farm)
    signed_in(farm.officer).post(
        reverse("customs:declaration_return", args=[declaration.pk]), {"reason": "The bonded note is missing"}
    )
    client = signed_in(farm.operator)
    assert "The bonded note is missing" in page(client, declaration.get_absolute_url())
    client.post(reverse("customs:declaration_redraw", args=[declaration.pk]), {"bonded_note_number": "QD-2"})
    found = Declaration.objects.get()
    assert (found.bonded_note_number, found.state) == ("QD-2", DeclarationState.RETURNED)


@pytest.mark.usefixtures("july")
def test_only_months_that_are_over_are_offered(farm: TankFarm) -> None:
    text = page(signed_in(farm.operator), reverse("customs:declaration_add"))
    assert ">2026-06<" in text
    assert ">2026-07<" not in text
