"""What is charged by hand: asked for by one person, charged when another approves, on the airline's next statement."""

import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from lxml import etree

from documents.inbox import longest_waiting, piles_to_decide
from documents.operations.documents import NotAsRequired, OwnWork, RequestKeyUsed, WrongState
from fuel.billing.airline_account import airline_account
from fuel.billing.charges.operations import Right, credit_and_rebill, credit_part
from fuel.billing.disputes import operations as disputes
from fuel.billing.manual_charges.operations import (
    ManualChargeDetails,
    amend_manual_charge,
    approve_manual_charge,
    ask_for_manual_charge,
    return_manual_charge,
    void_manual_charge,
)
from fuel.billing.statement_files import FORMATS
from fuel.billing.statement_reading import content_of
from fuel.billing.statement_runs.operations import airlines_to_bill
from fuel.billing.statement_seal import seal_of
from fuel.billing.statements.operations import NothingToBill, issue_statement
from fuel.models import Charge, ChargeKind, ManualCharge, ManualChargeState, Statement
from registry.errors import NotAllowed, RuleBroken
from registry.models import Role
from registry.queries import UnknownCurrency
from registry.versions import ChangedMeanwhile, version_of
from tests.fuel.build import TankFarm
from tests.fuel.pricing import f9
from tests.registry import build
from tests.registry.conftest import signed_in

JUNE = {"from_date": date(2026, 6, 1), "through_date": date(2026, 6, 30)}


@pytest.fixture
def farm(priced: TankFarm) -> TankFarm:
    return priced


def details(farm: TankFarm, **more: Any) -> ManualChargeDetails:
    given = {
        "contract": farm.airline.fuel_contracts.select_related("index", "airline", "airport", "site__zone").get(),
        **JUNE,
        "description": "Call-out of a refueller at night",
        "reason": "Order of 14 June",
        "net_amount": Decimal("1200.50"),
        "vat_rate": Decimal("0.06"),
        **more,
    }
    return ManualChargeDetails(**given)


def asked(farm: TankFarm, *, request_key: Any = None, actor: Any = None, **more: Any) -> ManualCharge:
    return ask_for_manual_charge(
        details=details(farm, **more), actor=actor or farm.operator, at=farm.tick(), request_key=request_key or uuid4()
    )


def approved(farm: TankFarm, **more: Any) -> ManualCharge:
    return approve_manual_charge(manual_charge=asked(farm, **more), actor=farm.supervisor, at=farm.tick())


def issued(farm: TankFarm, **more: Any) -> Statement:
    farm.now = max(farm.now, farm.now.replace(month=7, day=2))
    given = {"site": farm.site, "airline": farm.airline, **JUNE, "actor": farm.supervisor, "at": farm.tick()}
    return issue_statement(**{**given, "request_key": uuid4(), **more})


@pytest.mark.django_db
def test_what_is_charged_by_hand_stands_on_the_next_statement_with_its_vat(farm: TankFarm) -> None:
    farm.matched("T-1", mass_kg="10000")
    by_hand = approved(farm)
    assert (by_hand.state, by_hand.currency) == (ManualChargeState.CHARGED, "USD")
    # 1,200.50 × 0.06 = 72.03
    assert (by_hand.vat_amount, by_hand.total_amount) == (Decimal("72.03"), Decimal("1272.53"))
    statement = issued(farm)
    uplift, line = content_of(statement).lines
    assert (line.kind, line.document_number, line.price_basis) == ("manual", by_hand.number, by_hand.description)
    assert (line.net_amount, line.vat_rate, line.vat_amount, line.total_amount) == (
        Decimal("1200.50"),
        Decimal("0.06"),
        Decimal("72.03"),
        Decimal("1272.53"),
    )
    assert (line.reason, line.amount_cny) == ("Order of 14 June", Decimal("9079.76"))  # × 7.1352
    assert (line.mass_kg, line.flight_number, line.delivered_local, line.saving.total_cny) == (0, "", None, 0)
    assert statement.charges_total == uplift.total_amount + line.total_amount == statement.closing
    content = content_of(statement)
    assert (content.totals.uplifts, content.totals.mass_kg) == (1, 10000)
    assert content.totals.saving.total_cny == uplift.saving.total_cny
    assert [one.name for one in content.by_route] == ["URC–ALA"]
    account = airline_account(airlines=[farm.airline], first_days=[date(2026, 6, 1)])
    assert account.months[0].lifted.amount_cny == statement.amount_cny
    assert account.owed[0].amount == statement.closing
    assert [one.name for one in account.routes] == ["URC–ALA"]
    farm.now = farm.now.replace(day=9)
    with pytest.raises(NothingToBill):
        issued(farm, through_date=date(2026, 7, 7))


@pytest.mark.django_db
def test_every_file_tells_what_is_charged_by_hand_and_its_reader_reckons_it_again(farm: TankFarm) -> None:
    by_hand = approved(farm, net_amount=Decimal("-300"))
    statement = issued(farm)
    content = content_of(statement)
    assert seal_of(content) == statement.sha256
    files = {name: b"".join(kind.write(content_of(statement))) for name, kind in FORMATS.items()}
    (row,) = csv.DictReader(io.StringIO(files["csv"].decode("utf-8-sig")))
    (line,) = json.loads(files["json"])["lines"]
    for told in (row, line):
        net, rate = Decimal(told["net_amount"]), Decimal(told["vat_rate"])
        assert (net, net * rate) == (-300, -18)
        assert Decimal(told["vat_amount"]) == -18
        assert Decimal(told["total_amount"]) == -318
        assert Decimal(told["amount_cny"]) == (Decimal(-318) * Decimal(told["exchange_rate"])).quantize(Decimal("0.01"))
        assert (told["price_basis"], told["document_number"]) == (by_hand.description, by_hand.number)
    root = etree.fromstring(files["xml"])
    texts = {etree.QName(one).localname: one.text for one in root.iter() if one.text}
    assert (texts["LineType"], texts["PriceBasis"], texts["VATRate"]) == ("manual", by_hand.description, "0.060000")
    assert files["pdf"].startswith(b"%PDF")
    assert files["xlsx"].startswith(b"PK")
    client = signed_in(build.user("amelia", Role.AIRLINE, farm.airline.organisation))
    page = client.get(statement.get_absolute_url()).content.decode()
    assert by_hand.description in page
    assert by_hand.number in page
    (told,) = client.get(f"/api/v1/statements/{statement.pk}/lines/").json()["results"]
    assert (told["kind"], told["flight_date"], told["net_amount"]) == ("manual", None, "-300.00")


@pytest.mark.django_db
def test_it_waits_for_the_statement_that_goes_through_its_period(farm: TankFarm) -> None:
    approved(farm, through_date=date(2026, 7, 1))
    with pytest.raises(NothingToBill):
        issued(farm)
    through = {"from_date": date(2026, 7, 1), "through_date": date(2026, 7, 1)}
    assert airlines_to_bill(site=farm.site, **through) == [farm.airline]
    assert issued(farm, **through).charges_total == Decimal("1272.53")


@pytest.mark.django_db
def test_nobody_charges_by_hand_alone(farm: TankFarm) -> None:
    with pytest.raises(NotAllowed):
        asked(farm, actor=farm.auditor)
    mine = asked(farm, actor=farm.supervisor)
    theirs = asked(farm)
    with pytest.raises(OwnWork):
        approve_manual_charge(manual_charge=mine, actor=farm.supervisor, at=farm.tick())
    with pytest.raises(OwnWork):
        return_manual_charge(manual_charge=mine, actor=farm.supervisor, at=farm.tick(), reason="x")
    for actor in (farm.operator, farm.officer, farm.auditor):
        with pytest.raises(NotAllowed):
            approve_manual_charge(manual_charge=theirs, actor=actor, at=farm.tick())
    assert not Charge.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        ManualCharge.objects.filter(pk=mine.pk).update(state="charged", decided_by=farm.supervisor)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"net_amount": Decimal(0)}, "net_amount"),
        ({"net_amount": Decimal("1.005")}, "net_amount"),
        ({"vat_rate": Decimal("13")}, "vat_rate"),
        ({"vat_rate": Decimal("-0.1")}, "vat_rate"),
        ({"from_date": date(2026, 7, 1)}, "through_date"),
        ({"description": " "}, "description"),
        ({"description": "x" * 121}, "description"),
        ({"reason": " "}, "reason"),
        ({"from_date": date(2025, 1, 1), "through_date": date(2025, 1, 31)}, "contract"),
    ],
)
def test_what_cannot_be_charged_is_refused_by_its_field(farm: TankFarm, said: dict[str, Any], field: str) -> None:
    with pytest.raises(NotAsRequired) as refused:
        asked(farm, **said)
    assert field in {error.field for error in refused.value.errors}
    assert not ManualCharge.objects.exists()


@pytest.mark.django_db
def test_one_that_is_rejected_is_said_anew_or_made_void(farm: TankFarm) -> None:
    by_hand = asked(farm)
    with pytest.raises(NotAsRequired):
        return_manual_charge(manual_charge=by_hand, actor=farm.supervisor, at=farm.tick(), reason=" ")
    by_hand = return_manual_charge(
        manual_charge=by_hand, actor=farm.supervisor, at=farm.tick(), reason="Agreed were 900"
    )
    assert by_hand.state == ManualChargeState.RETURNED
    with pytest.raises(WrongState):
        approve_manual_charge(manual_charge=by_hand, actor=farm.supervisor, at=farm.tick())
    said = details(farm, net_amount=Decimal(900))
    by_hand = amend_manual_charge(manual_charge=by_hand, details=said, actor=farm.operator, at=farm.tick())
    assert (by_hand.state, by_hand.vat_amount) == (ManualChargeState.ASKED, 54)
    by_hand = void_manual_charge(manual_charge=by_hand, actor=farm.operator, at=farm.tick(), reason="Not agreed")
    with pytest.raises(WrongState):
        approve_manual_charge(manual_charge=by_hand, actor=farm.supervisor, at=farm.tick())
    assert not Charge.objects.exists()
    reasons = [one.history_change_reason for one in by_hand.history.order_by("history_id")]
    assert reasons[1] == "Agreed were 900"


@pytest.mark.django_db
def test_the_same_request_twice_gives_one_and_an_approval_holds_for_what_was_in_view(farm: TankFarm) -> None:
    key = uuid4()
    by_hand = asked(farm, request_key=key)
    assert asked(farm, request_key=key) == by_hand
    with pytest.raises(RequestKeyUsed):
        asked(farm, request_key=key, actor=farm.supervisor)
    by_hand.seen_version = version_of(by_hand)
    returned = return_manual_charge(
        manual_charge=asked_again(by_hand), actor=farm.supervisor, at=farm.tick(), reason="x"
    )
    said = details(farm, net_amount=Decimal(9000))
    amend_manual_charge(manual_charge=returned, details=said, actor=farm.operator, at=farm.tick())
    with pytest.raises(ChangedMeanwhile) as refused:
        approve_manual_charge(manual_charge=by_hand, actor=farm.supervisor, at=farm.tick())
    assert any("9,000" in error.message or "9000" in error.message for error in refused.value.errors)


def asked_again(by_hand: ManualCharge) -> ManualCharge:
    return ManualCharge.objects.get(pk=by_hand.pk)


@pytest.mark.django_db
def test_without_a_rate_of_exchange_nothing_is_charged(farm: TankFarm) -> None:
    by_hand = asked(farm, from_date=date(2026, 1, 1), through_date=date(2026, 1, 31))
    ManualCharge.objects.filter(pk=by_hand.pk).update(currency="EUR")
    with pytest.raises(UnknownCurrency):
        approve_manual_charge(manual_charge=by_hand, actor=farm.supervisor, at=farm.tick())
    assert asked_again(by_hand).state == ManualChargeState.ASKED


@pytest.mark.django_db
def test_what_was_charged_by_hand_is_credited_whole_and_may_be_disputed(farm: TankFarm) -> None:
    approved(farm)
    issued(farm)
    charge = Charge.objects.select_related("site__zone", "airline").get()
    with pytest.raises(NotAsRequired):
        credit_part(
            charge=charge, right=Right(net_amount=Decimal(1)), reason="x", actor=farm.supervisor, at=farm.tick()
        )
    amelia = build.user("amelia", Role.AIRLINE, farm.airline.organisation)
    dispute = disputes.raise_dispute(
        charge=charge, ground="other", message="Not ordered", actor=amelia, at=farm.tick(), request_key=uuid4()
    )
    for user in (amelia, farm.supervisor):
        assert charge.told_number in signed_in(user).get(dispute.get_absolute_url()).content.decode()
        assert charge.told_number in signed_in(user).get("/api/v1/disputes/").content.decode()
        assert signed_in(user).get("/fuel/disputes/").status_code == 200
    assert charge.price_basis in longest_waiting(user=farm.supervisor, most=5)[-1].about
    disputes.credit_dispute(dispute=dispute, actor=farm.supervisor, at=farm.tick(), reason="Not ordered")
    assert [(one.kind, one.net_amount) for one in Charge.objects.order_by("pk")] == [
        ("manual", Decimal("1200.50")),
        ("credit", Decimal("-1200.50")),
    ]
    assert sum(one.total_amount for one in Charge.objects.all()) == 0
    following = issued(farm, from_date=date(2026, 7, 1), through_date=date(2026, 7, 1))
    assert [line.kind for line in content_of(following).lines] == ["credit"]
    assert following.closing == 0


@pytest.mark.django_db
def test_the_database_holds_a_charge_to_a_ticket_or_to_what_was_asked_by_hand(farm: TankFarm) -> None:
    approved(farm)
    farm.matched("T-1", mass_kg="10000")
    issued(farm)
    by_hand = Charge.objects.get(kind=ChargeKind.MANUAL)
    fields = {one.attname: getattr(by_hand, one.attname) for one in Charge._meta.concrete_fields if not one.primary_key}
    for wrong in ({}, {"manual_id": None}, {"mass_kg": 5}, {"kind": "uplift"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Charge(**{**fields, **wrong}).save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_approved_by_two_at_once_it_is_charged_once(committed_urumqi: TankFarm) -> None:
    farm = committed_urumqi
    f9(farm)
    by_hand = asked(farm)
    steve = build.user("steve", Role.SUPERVISOR, farm.site.organisation, at_site=farm.site)
    at, begin = farm.tick(), Barrier(2)

    def approve(actor: Any) -> str:
        begin.wait()
        try:
            return str(approve_manual_charge(manual_charge=by_hand, actor=actor, at=at).state)
        except RuleBroken as refused:
            return type(refused).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as hands:
        told = sorted(hands.map(approve, [farm.supervisor, steve]))
    assert told == ["WrongState", "charged"]
    assert Charge.objects.count() == 1


@pytest.mark.django_db
def test_asked_for_and_approved_on_pages_from_the_inbox(farm: TankFarm) -> None:
    client = signed_in(farm.operator)
    contract = farm.airline.fuel_contracts.get()
    form = {
        "contract": contract.pk,
        "from_date": "2026-06-01",
        "through_date": "2026-06-30",
        "description": "Call-out at night",
        "net_amount": "0",
        "vat_percent": "6",
        "reason": "Order of 14 June",
        "request_key": str(uuid4()),
    }
    refused = client.post("/fuel/manual-charges/new/", form)
    assert refused.context["form"]["description"].value() == "Call-out at night"
    assert refused.context["form"].errors["net_amount"]
    answer = client.post("/fuel/manual-charges/new/", {**form, "net_amount": "1200.50"})
    by_hand = ManualCharge.objects.get()
    assert (answer["Location"], by_hand.vat_amount) == (by_hand.get_absolute_url(), Decimal("72.03"))
    assert "/approve/" not in client.get(by_hand.get_absolute_url()).content.decode()
    boss = signed_in(farm.supervisor)
    (pile,) = [
        one for one in piles_to_decide(farm.supervisor) if "manual_charge" in one.url or "manual-charges" in one.url
    ]
    assert pile.number == 1
    (waiting,) = longest_waiting(user=farm.supervisor, most=5)
    assert (waiting.number, "Call-out at night" in waiting.about) == (by_hand.number, True)
    page = boss.get(f"{by_hand.get_absolute_url()}approve/").content.decode()
    assert "1,272.53" in page
    assert boss.post(f"{by_hand.get_absolute_url()}approve/", {"version": ""}).status_code == 302
    page = boss.get(by_hand.get_absolute_url()).content.decode()
    assert f"/fuel/charges/{Charge.objects.get().pk}/credit/" in page
    assert by_hand.number in boss.get("/fuel/manual-charges/").content.decode()
    assert credit_and_rebill(charge=Charge.objects.get(), reason="x", actor=farm.supervisor, at=farm.tick())
    assert "/credit/" not in boss.get(by_hand.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_asked_for_changed_and_approved_over_the_api(farm: TankFarm) -> None:
    client, boss = signed_in(farm.operator), signed_in(farm.supervisor)
    json_body = {"content_type": "application/json"}
    body = {
        "contract": "FC-1",
        "from_date": "2026-06-01",
        "through_date": "2026-06-30",
        "description": "Call-out at night",
        "net_amount": "100",
        "reason": "Order",
    }
    made = client.post("/api/v1/manual-charges/", body, **json_body).json()
    assert (made["state"], made["airline"], made["total_amount"]) == ("asked", "Q1", "100.00")
    url = f"/api/v1/manual-charges/{made['id']}/"
    assert boss.post(f"{url}return/", {"reason": "With VAT"}, **json_body).json()["state"] == "returned"
    changed = client.patch(url, {"vat_rate": "0.06"}, **json_body).json()
    assert (changed["state"], changed["total_amount"]) == ("asked", "106.00")
    assert boss.post(f"{url}approve/", {}, **json_body).json()["state"] == "charged"
    (charge,) = boss.get("/api/v1/charges/").json()["results"]
    assert (charge["kind"], charge["manual"], charge["ticket"]) == ("manual", made["number"], None)


@pytest.mark.django_db
def test_three_are_listed_and_billed_with_as_many_queries_as_one(farm: TankFarm) -> None:
    client = signed_in(farm.supervisor)
    listed, billed = [], []
    for day, number in ((2, 1), (4, 3)):
        for _nth in range(number):
            approved(farm)
        farm.now = farm.now.replace(month=7, day=day + 1)
        for url in ("/fuel/manual-charges/", "/api/v1/manual-charges/"):
            with CaptureQueriesContext(connection) as captured:
                client.get(url)
            listed.append((url, len(captured)))
        with CaptureQueriesContext(connection) as captured:
            issued(farm, through_date=date(2026, 7, day))
        billed.append(len(captured))
    assert len(set(listed)) == 2
    assert len(set(billed)) == 1
