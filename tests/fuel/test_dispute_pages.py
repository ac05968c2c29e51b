"""Disputes on pages and over the API: what an airline may see and do of its own, and of nobody else's."""

import base64
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fuel.billing.disputes import operations as disputes
from fuel.billing.statements.operations import issue_statement
from fuel.models import Charge, Dispute, DisputeState, Statement
from registry.models import Airline, Role, User
from tests.fuel.build import TankFarm, airline
from tests.fuel.pricing import contract
from tests.registry import build
from tests.standing import standing

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 synthetic"
JUNE = {"from_date": date(2026, 6, 1), "through_date": date(2026, 6, 30)}


@standing
def farm(priced: TankFarm) -> TankFarm:
    return priced


def issued(farm: TankFarm, carrier: Airline) -> Statement:
    farm.now = max(farm.now, farm.now.replace(month=7, day=2))
    return issue_statement(
        site=farm.site, airline=carrier, **JUNE, actor=farm.supervisor, at=farm.tick(), request_key=uuid4()
    )


@standing
def statement(farm: TankFarm) -> Statement:
    farm.matched("T-1", mass_kg="54321")
    return issued(farm, farm.airline)


@standing
def amelia(farm: TankFarm) -> User:
    return build.user("amelia", Role.AIRLINE, farm.airline.organisation)


@pytest.fixture
def stranger(farm: TankFarm) -> User:
    return build.user("stan", Role.AIRLINE, airline("Z9").organisation)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def raised(farm: TankFarm, charge: Charge, actor: User) -> Dispute:
    return disputes.raise_dispute(
        charge=charge, ground="price", message="Too dear.", actor=actor, at=farm.tick(), request_key=uuid4()
    )


def test_an_airline_disputes_a_line_of_its_statement_and_finds_the_answer(
    farm: TankFarm, statement: Statement, amelia: User
) -> None:
    client, charge = signed_in(amelia), Charge.objects.get()
    ask = reverse("fuel:charge_dispute", args=[charge.pk])
    assert ask in page(client, statement.get_absolute_url())
    assert "42,560.50" in page(client, ask)
    response = client.post(
        ask,
        {
            "ground": "quantity",
            "claimed_amount": "40000.00",
            "message": "The flight log says less.",
            "attachments": [SimpleUploadedFile("log.pdf", PDF)],
        },
    )
    dispute = Dispute.objects.get()
    assert response.url == dispute.get_absolute_url()
    assert "Waits for an answer" in page(client, statement.get_absolute_url())
    supplier = signed_in(farm.supervisor)
    supplier.post(reverse("fuel:fuel_dispute_answer", args=[dispute.pk]), {"message": "Which page of it?"})
    text = page(client, dispute.get_absolute_url())
    for shown in ("The flight log says less.", "Which page of it?", "log.pdf", "Reply", "Withdraw"):
        assert shown in text
    assert "Let the charge stand" not in text
    attachment = dispute.messages.first().attachments.get()
    file = client.get(reverse("fuel:fuel_dispute_attachment", args=[dispute.pk, attachment.pk]))
    assert (file.content, file.headers["Content-Type"]) == (PDF, "application/pdf")


def test_a_supplier_credits_with_a_reason_and_the_airline_reads_it(
    farm: TankFarm, statement: Statement, amelia: User
) -> None:
    dispute = raised(farm, Charge.objects.get(), amelia)
    url = reverse("fuel:fuel_dispute_credit", args=[dispute.pk])
    response = signed_in(farm.supervisor).post(
        url, {"reason": "The quote was wrong.", "is_rebilled": "on"}, follow=True
    )
    assert f"Issue {statement.number} again" in response.content.decode()
    assert Dispute.objects.get().state == DisputeState.CREDITED
    assert [charge.kind for charge in Charge.objects.order_by("pk")] == ["uplift", "credit", "rebill"]
    assert "The quote was wrong." in page(signed_in(amelia), dispute.get_absolute_url())


def test_nothing_that_was_typed_is_lost_when_it_is_refused(statement: Statement, amelia: User) -> None:
    response = signed_in(amelia).post(
        reverse("fuel:charge_dispute", args=[Charge.objects.get().pk]),
        {"ground": "flight", "message": "It was not ours.", "attachments": [SimpleUploadedFile("a.exe", b"MZ")]},
    )
    text = response.content.decode()
    assert "This is no PNG, JPEG or PDF." in text
    assert "It was not ours." in text
    assert not Dispute.objects.exists()


def test_another_airline_finds_nothing_of_it(
    farm: TankFarm, statement: Statement, amelia: User, stranger: User
) -> None:
    charge = Charge.objects.get()
    client = signed_in(stranger)
    assert client.get(reverse("fuel:charge_dispute", args=[charge.pk])).status_code == 404
    dispute = raised(farm, charge, amelia)
    assert client.get(dispute.get_absolute_url()).status_code == 404
    assert client.get(f"/api/v1/disputes/{dispute.pk}/").status_code == 404
    assert dispute.number not in page(client, reverse("fuel:fuel_dispute_list"))
    assert client.get("/api/v1/disputes/").json()["results"] == []
    asked = {"statement": statement.number, "row": 1, "ground": "price", "message": "x"}
    refused = client.post("/api/v1/disputes/", asked, content_type="application/json")
    assert refused.status_code in {400, 422}
    assert "42560" not in refused.content.decode()
    assert farm.airline.organisation.name not in refused.content.decode()


def test_the_api_raises_answers_and_withdraws(farm: TankFarm, statement: Statement, amelia: User) -> None:
    client = signed_in(amelia)
    asked = {
        "statement": statement.number,
        "row": 1,
        "ground": "quantity",
        "message": "The flight log says less.",
        "claimed_amount": "40000.00",
        "attachments": [{"name": "log.pdf", "content": base64.b64encode(PDF).decode()}],
    }
    key = {"HTTP_IDEMPOTENCY_KEY": "once"}
    first = client.post("/api/v1/disputes/", asked, content_type="application/json", **key)
    assert first.status_code == 201
    again = client.post("/api/v1/disputes/", asked, content_type="application/json", **key)
    body = first.json()
    assert again.json()["number"] == body["number"]
    assert (body["charged_amount"], body["acts"]) == ("42560.50", ["reply", "withdraw"])
    address = f"/api/v1/disputes/{body['id']}/"
    supplier = signed_in(farm.supervisor)
    supplier.post(f"{address}answer/", {"message": "Which page?"}, content_type="application/json")
    told = client.get(address).json()
    assert [one["text"] for one in told["messages"]] == ["The flight log says less.", "Which page?"]
    attachment = told["messages"][0]["attachments"][0]["id"]
    assert client.get(f"{address}attachments/{attachment}/").content == PDF
    ended = client.post(f"{address}withdraw/", {"reason": "Found it."}, content_type="application/json").json()
    assert ended["state"] == "withdrawn"


def test_the_list_takes_as_many_queries_for_three_disputes_as_for_one(farm: TankFarm, amelia: User) -> None:
    carriers = [farm.airline, airline("C1"), airline("D2")]
    for number, carrier in enumerate(carriers):
        if number:
            contract(farm, number=f"FC-{carrier.iata_code}", airline=carrier)
        farm.matched(f"T-{number}", mass_kg="1000", airline=carrier)
    for carrier in carriers:
        issued(farm, carrier)
    client = signed_in(farm.auditor)

    def queries(url: str) -> int:
        page(client, url)
        with CaptureQueriesContext(connection) as captured:
            page(client, url)
        return len(captured)

    first = raised(farm, Charge.objects.get(airline=farm.airline), amelia)
    one, one_page = queries(reverse("fuel:fuel_dispute_list")), queries(first.get_absolute_url())
    for carrier in carriers[1:]:
        actor = build.user(f"of-{carrier.iata_code}".lower(), Role.AIRLINE, carrier.organisation)
        last = raised(farm, Charge.objects.get(airline=carrier), actor)
        disputes.reply_to_dispute(dispute=last, message="And more.", actor=actor, at=farm.tick())
    assert queries(reverse("fuel:fuel_dispute_list")) == one
    assert queries(last.get_absolute_url()) == one_page
