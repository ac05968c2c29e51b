"""Consignments and tank movements on pages and over the API: from the papers to the drain, with constant queries."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.test import APIClient

from fuel.models import FuelConsignment, TankMovement
from ledger.postings import Hold
from tests.fuel.farm import Farm
from tests.registry import build

LISTS = ("fuel_consignment_list", "tank_movement_list")
ROOT = "/api/v1"


@pytest.fixture
def urumqi(small: Farm) -> Farm:
    return small


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def caller(user: Any) -> APIClient:
    client = APIClient()
    answer = client.post(f"{ROOT}/sign-in/", {"email": user.email, "password": build.PASSWORD})
    client.credentials(HTTP_AUTHORIZATION=f"Token {answer.json()['token']}")
    return client


def _posted(client: Client, name: str, given: dict[str, Any], *args: Any) -> Any:
    answer = client.post(reverse(f"fuel:{name}", args=args), {"request_key": uuid4(), **given})
    assert answer.status_code == 302, answer.content.decode()
    return answer


def test_a_consignment_goes_through_the_pages_to_the_drain(urumqi):
    operator, officer, supervisor = map(signed_in, (urumqi.operator, urumqi.officer, urumqi.supervisor))
    tank = urumqi.tank("T1")
    papers = {
        "site": urumqi.site.pk,
        "customs_status": "bonded",
        "book": urumqi.book.pk,
        "source": "abroad",
        "transport": "rail",
        "supplier": urumqi.supplier.pk,
        "product": urumqi.product.code,
        "document_mass_kg": "800000",
        "invoice_value": "600000",
        "currency": "USD",
        "loss_tolerance_percent": "0.1",
        "declaration_number": "940220260001234567",
    }
    _posted(operator, "fuel_consignment_add", papers)
    consignment = FuelConsignment.objects.get()
    _posted(operator, "fuel_consignment_change", {**papers, "vehicles": "52 tank cars"}, consignment.pk)
    assert "52 tank cars" in operator.get(consignment.get_absolute_url()).content.decode()
    _posted(officer, "fuel_consignment_accept", {}, consignment.pk)
    line = urumqi.gauged(tank, "798000")
    rows = {
        "lines-TOTAL_FORMS": "1",
        "lines-INITIAL_FORMS": "0",
        "lines-0-tank": str(tank.pk),
        "lines-0-gauge_before": str(line.gauge_before.pk),
        "lines-0-gauge_after": str(line.gauge_after.pk),
    }
    _posted(operator, "fuel_consignment_receive", rows, consignment.pk)
    _posted(operator, "fuel_consignment_hold", {"reason": "water"}, consignment.pk)
    given = {"certificate_kind": "rcq", "certificate_number": "Q-7"}
    assert supervisor.post(reverse("fuel:fuel_consignment_release", args=[consignment.pk]), given).status_code == 403
    _posted(officer, "fuel_consignment_release", given, consignment.pk)
    page = officer.get(consignment.get_absolute_url()).content.decode()
    assert "Approve the loss" in page
    _posted(officer, "fuel_consignment_approve_loss", {"reason": "two cars leaked"}, consignment.pk)
    assert "Approve the loss" not in officer.get(consignment.get_absolute_url()).content.decode()
    drain = {"movement": "sample", "from_tank": tank.pk, "customs_status": "bonded", "mass_kg": "50"}
    _posted(operator, "tank_movement_add", drain)
    movement = TankMovement.objects.get()
    assert operator.get(movement.get_absolute_url()).status_code == 200
    assert urumqi.held(tank.place) == urumqi.in_book() == 797950
    _posted(supervisor, "tank_movement_reverse", {"reason": "not drained"}, movement.pk)
    _posted(officer, "fuel_consignment_reverse", {"reason": "wrong product"}, consignment.pk)
    assert urumqi.held(tank.place) == urumqi.in_book() == 0


def test_what_is_wrong_stands_beside_its_row_and_field(urumqi):
    tank = urumqi.tank("T1")
    consignment = urumqi.accepted()
    rows = {
        "request_key": uuid4(),
        "lines-TOTAL_FORMS": "1",
        "lines-INITIAL_FORMS": "0",
        "lines-0-tank": str(tank.pk),
        "lines-0-litres_observed": "1000",
        "lines-0-celsius": "500",
        "lines-0-density_at_base": "800",
    }
    url = reverse("fuel:fuel_consignment_receive", args=[consignment.pk])
    answer = signed_in(urumqi.operator).post(url, rows)
    assert answer.status_code == 200
    assert list(answer.context["lines"].forms[0].errors) == ["celsius"]
    drain = {"request_key": uuid4(), "movement": "sample", "from_tank": tank.pk, "customs_status": "bonded"}
    answer = signed_in(urumqi.operator).post(reverse("fuel:tank_movement_add"), {**drain, "mass_kg": "5"})
    assert list(answer.context["form"].errors) == ["mass_kg"]


def test_duty_paid_fuel_is_entered_without_looking_at_the_book(urumqi):
    client = signed_in(urumqi.operator)
    shown = client.get(reverse("fuel:fuel_consignment_add"))
    assert shown.status_code == 200
    papers = {
        "site": urumqi.site.pk,
        "customs_status": "duty_paid",
        "book": urumqi.book.pk,
        "source": "domestic",
        "transport": "road",
        "supplier": urumqi.supplier.pk,
        "product": urumqi.product.code,
        "document_mass_kg": "30000",
        "currency": "CNY",
    }
    _posted(client, "fuel_consignment_add", papers)
    assert FuelConsignment.objects.get().book is None


def _work(urumqi: Farm, number: int) -> FuelConsignment:
    tank = urumqi.tank(f"T{number}")
    consignment = urumqi.stocked(tank, "800000")
    urumqi.moved("sample", tank, "5")
    return consignment


@pytest.mark.parametrize("name", LISTS)
def test_lists_ask_the_same_for_one_row_and_for_three(urumqi, name):
    page, api = signed_in(urumqi.operator), caller(urumqi.operator)
    page_path = reverse(f"fuel:{name}")
    paths = [page_path, page_path.replace("/fuel", ROOT)]

    def ask() -> list[int]:
        counts = []
        for client, path in zip((page, api), paths, strict=True):
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(path).status_code == 200
            counts.append(len(asked))
        return counts

    _work(urumqi, 1)
    once = ask()
    _work(urumqi, 2), _work(urumqi, 3)
    assert ask() == once


def test_a_consignment_asks_the_same_for_one_tank_and_for_three(urumqi):
    tanks = [urumqi.tank(f"T{number}") for number in range(1, 5)]
    one = urumqi.received(urumqi.accepted(), urumqi.gauged(tanks[0], "800000"))
    three = urumqi.received(urumqi.accepted(), *(urumqi.gauged(tank, "260000") for tank in tanks[1:]))
    clients = (signed_in(urumqi.operator), caller(urumqi.operator))

    def ask(consignment: FuelConsignment) -> list[int]:
        counts = []
        for client, path in zip(
            clients, (consignment.get_absolute_url(), f"{ROOT}/consignments/{consignment.pk}/"), strict=True
        ):
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(path).status_code == 200
            counts.append(len(asked))
        return counts

    assert ask(one) == ask(three)


def test_the_same_through_the_api(urumqi):
    operator, officer, supervisor = map(caller, (urumqi.operator, urumqi.officer, urumqi.supervisor))
    tank = urumqi.tank("T1")

    def done(client: APIClient, path: str, body: Any = None, *, key: str = "") -> Any:
        answer = client.post(f"{ROOT}/{path}/", body, headers={"Idempotency-Key": key or str(uuid4())})
        assert answer.status_code in {200, 201}, answer.content
        return answer.json()

    papers = {
        "site": urumqi.site.code,
        "customs_status": "bonded",
        "book": urumqi.book.number,
        "supplier": urumqi.supplier.code,
        "product": urumqi.product.code,
        "document_mass_kg": "43300",
        "invoice_value": "30000",
        "currency": "USD",
        "loss_tolerance_percent": "0.1",
        "declaration_number": "940220260001234567",
    }
    key = str(uuid4())
    consignment = done(operator, "consignments", papers, key=key)
    assert done(operator, "consignments", papers, key=key)["id"] == consignment["id"]
    path = f"consignments/{consignment['id']}"
    changed = operator.patch(f"{ROOT}/{path}/", {"seals": "S1 to S9"})
    assert (changed.status_code, changed.json()["seals"]) == (200, "S1 to S9")
    assert consignment["acts"] == ["change", "take-back", "void"]
    assert done(officer, f"{path}/accept")["state"] == "accepted"
    row = {"tank": "T1", "litres_observed": "52340", "celsius": "-21.5", "density_at_base": "800.0"}
    received = done(operator, f"{path}/receive", {"receipts": [row]})
    assert received["receipts"][0]["mass_kg"] == "43274.712"
    assert received["transport_loss_kg"] == "25.288"
    assert urumqi.held(tank.place, Hold.BLOCKED) == Decimal("43274.712")
    released = done(officer, f"{path}/release", {"certificate_kind": "coa", "certificate_number": "C-1"})
    assert released["state"] == "released"
    assert urumqi.in_book() == Decimal("43274.712")
    movement = done(
        operator,
        "tank-movements",
        {
            "site": urumqi.site.code,
            "movement": "sample",
            "from_tank": "T1",
            "customs_status": "bonded",
            "mass_kg": "4.712",
        },
    )
    assert [draw["mass_kg"] for draw in movement["draws"]] == ["4.712"]
    assert done(supervisor, f"tank-movements/{movement['id']}/reverse", {"reason": "not taken"})["is_reversed"]
    unknown = operator.post(f"{ROOT}/{path}/receive/", {"receipts": [{**row, "tank": "T404"}]})
    assert unknown.status_code == 422
    assert "T404" in unknown.content.decode()
    refused = operator.post(f"{ROOT}/tank-movements/", {**_drain(urumqi), "mass_kg": "1000000"})
    assert refused.status_code == 409, refused.content


def _drain(urumqi: Farm) -> dict[str, str]:
    moved = {"site": urumqi.site.code, "movement": "drain", "from_tank": "T1", "to_tank": urumqi.slops().code}
    return {**moved, "customs_status": "bonded"}
