"""Fuel that came over its declaration: blocked until it is admitted at the day's rates, or taken out again."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from customs.operations.guarantees import GuaranteeExceeded
from documents.inbox import longest_waiting
from documents.kinds import kind_of
from documents.operations.documents import NotAsRequired, OwnWork, WrongState
from fuel.checks import undecided_fuel_over_its_document
from fuel.consignments.operations import declaring, over_deliveries
from fuel.models import FuelConsignment, OverDelivery, Tank
from fuel.tank_movements import operations as tank_movements
from ledger.postings import CustomsStatus, Hold, Journal, LaterMovementsDepend, NotEnoughStock
from ledger.queries import balances, journal_differences, lots
from ledger.verification import verify
from registry.errors import NotAllowed
from registry.models import ExchangeRate, PlaceKind, Role
from registry.operations.register import enter_in_register
from reports.reconciliation.statement import Scope, reconcile
from tests.bonded.build import tariff
from tests.bonded.test_concurrency import at_once
from tests.fuel.farm import Farm, farm
from tests.fuel.test_consignment_pages import ROOT, caller, signed_in
from tests.standing import standing

JULY = date(2026, 7, 1)


@standing
def urumqi(small: Farm) -> Farm:
    return small


@standing
def tank(urumqi: Farm) -> Tank:
    return urumqi.tank("T1")


def over(urumqi: Farm, tank: Tank, received_kg: str = "802000") -> FuelConsignment:
    """800,000 kg by document, of which more came."""
    return urumqi.received(urumqi.accepted("800000"), urumqi.gauged(tank, received_kg))


def admitted(urumqi: Farm, consignment: FuelConsignment, **more: Any) -> FuelConsignment:
    given = {"reference": "940120261000000007", "actor": urumqi.officer, "at": urumqi.tick(), **more}
    return over_deliveries.admit_over_delivery(consignment=consignment, **given)


def taken_out(urumqi: Farm, consignment: FuelConsignment, **more: Any) -> FuelConsignment:
    given = {
        "reference": "WB-7",
        "reason": "sent back by rail",
        "actor": urumqi.officer,
        "at": urumqi.tick(),
        **more,
    }
    return over_deliveries.take_out_over_delivery(consignment=consignment, **given)


def test_what_is_over_stays_blocked_when_the_rest_is_released(urumqi: Farm, tank: Tank) -> None:
    urumqi.released(over(urumqi, tank))
    assert (urumqi.held(tank.place), urumqi.held(tank.place, Hold.BLOCKED)) == (800000, 2000)
    with pytest.raises(NotEnoughStock):
        urumqi.moved("drain", tank, "800000.001")


def test_the_reconciliation_shows_it_among_goods_in_suspense(urumqi: Farm, tank: Tank) -> None:
    consignment = urumqi.released(over(urumqi, tank))
    assert consignment.book is not None
    day = urumqi.now.date()
    statement = reconcile(Scope(consignment.book, day.replace(day=1), day + timedelta(days=1)))
    assert (statement.total["over"].quantity, statement.total["on_floor"].quantity) == (2000, 802000)
    assert statement.unexplained == []


def test_it_is_admitted_at_the_rates_of_the_day_and_may_then_be_used(urumqi: Farm, tank: Tank) -> None:
    consignment = urumqi.released(over(urumqi, tank))
    tariff("2710", duty="0.05", vat="0.09", valid_from=JULY, consumption_tax_cny_per_unit=Decimal(2))
    dollar = ExchangeRate(currency="USD", cny_per_unit=Decimal("7.2"), valid_from_date=JULY.replace(day=2))
    enter_in_register(row=dollar, actor=None, at=urumqi.now)
    urumqi.tick(days=45)
    decided = admitted(urumqi, consignment).over_delivery
    # 600,000.01 USD for 800,000 kg are 1,500.00 USD for 2,000 kg, at 7.2 CNY.
    assert (decided.mass_kg, decided.invoice_value, decided.currency) == (2000, 1500, "USD")
    assert decided.customs_value_cny == Decimal("10800.00")
    assert decided.duty_cny == Decimal("540.00")  # 5 %
    assert decided.consumption_tax_cny == Decimal("4000.00")  # 2 CNY a kilogram
    assert decided.vat_cny == Decimal("1380.60")  # 9 % of 10,800 + 540 + 4,000
    assert decided.tax_cny == Decimal("5920.60")
    assert decided.rates_date == date(2026, 7, 16)
    lot = decided.lot
    assert (lot.number, lot.customs_status, lot.quantity) == (f"{consignment.number}-02", "bonded", 2000)
    assert (lot.vat_cny, lot.duty_rate) == (Decimal("1380.60"), Decimal("0.05"))
    assert urumqi.in_book() == urumqi.held(tank.place) == 802000
    assert urumqi.held(tank.place, Hold.BLOCKED) == 0
    assert not journal_differences(site_id=urumqi.site.pk)
    assert not list(verify())
    # The lot leaves tank and book together, as any other.
    urumqi.moved("sample", tank, "801000")
    assert urumqi.in_book() == urumqi.held(tank.place) == 1000
    assert [row.lot_id for row in balances(places=[urumqi.book.place_id])] == [lot.pk]


def test_admitted_before_the_release_it_is_released_with_the_rest(urumqi: Farm) -> None:
    tanks = [urumqi.tank(code) for code in ("T1", "T2", "T3")]
    masses = ("500000", "301000.5", "999.5")
    lines = [urumqi.gauged(tank, mass) for tank, mass in zip(tanks, masses, strict=True)]
    consignment = urumqi.received(urumqi.accepted("800000"), *lines)
    consignment = admitted(urumqi, consignment)
    lot = consignment.over_delivery.lot
    lying = {row.place_id: (row.quantity, row.hold) for row in balances(lots=[lot.pk], journal=Journal.STOCK)}
    assert lying == {
        tanks[1].place_id: (Decimal("1000.5"), Hold.BLOCKED),
        tanks[2].place_id: (Decimal("999.5"), Hold.BLOCKED),
    }
    for measure in ("customs_value_cny", "duty_cny", "consumption_tax_cny", "vat_cny"):
        assert sum(getattr(row, measure) for row in balances(lots=[lot.pk], journal=Journal.STOCK)) == getattr(
            lot, measure
        )
    urumqi.released(consignment)
    assert [urumqi.held(tank.place) for tank in tanks] == [Decimal(mass) for mass in masses]
    assert not list(verify())


def test_the_supplier_may_ask_another_price_for_it(urumqi: Farm, tank: Tank) -> None:
    decided = admitted(urumqi, over(urumqi, tank), invoice_value=Decimal("1000.01")).over_delivery
    assert (decided.invoice_value, decided.customs_value_cny) == (Decimal("1000.01"), Decimal("7000.07"))


def test_the_guarantee_is_asked(db: None) -> None:
    urumqi = farm(limit_cny="2330000")  # of which the document takes 2,329,140.02
    consignment = over(urumqi, urumqi.tank("T1"))
    with pytest.raises(GuaranteeExceeded, match=r"5,822\.85"):
        admitted(urumqi, consignment)
    assert not OverDelivery.objects.exists()
    assert urumqi.in_book() == 800000
    assert not lots().filter(number=f"{consignment.number}-02").exists()


def test_taken_out_it_leaves_the_tank_and_no_book(urumqi: Farm, tank: Tank) -> None:
    consignment = urumqi.released(over(urumqi, tank))
    day = urumqi.now.date()
    (item,) = undecided_fuel_over_its_document(urumqi.site, day)
    assert (item.document_number, str(item.label)) == (consignment.number, "2,000\xa0kg over the document")
    assert not undecided_fuel_over_its_document(urumqi.site, day - timedelta(days=1))
    consignment = taken_out(urumqi, consignment)
    decided = consignment.over_delivery
    assert (decided.outcome, decided.reference, decided.tax_cny, decided.lot) == ("taken_out", "WB-7", None, None)
    assert urumqi.held(tank.place) == urumqi.in_book() == 800000
    assert urumqi.held(tank.place, Hold.BLOCKED) == 0
    assert not undecided_fuel_over_its_document(urumqi.site, day)
    assert not list(verify())


@pytest.mark.parametrize("decide", [admitted, taken_out])
def test_it_is_decided_once_by_another_who_decides(urumqi: Farm, tank: Tank, decide: Any) -> None:
    for user in (urumqi.operator, urumqi.supervisor):
        user.memberships.create(organisation=urumqi.site.customs_office, role=Role.CUSTOMS_OFFICER)
    papers = declaring.advise_consignment(
        site=urumqi.site,
        details=urumqi.details("800000"),
        actor=urumqi.supervisor,
        at=urumqi.tick(),
        request_key=uuid4(),
    )
    declaring.accept_consignment(consignment=papers, actor=urumqi.officer, at=urumqi.tick())
    consignment = urumqi.received(FuelConsignment.objects.get(), urumqi.gauged(tank, "802000"))
    for first_hand in (urumqi.supervisor, urumqi.operator):
        with pytest.raises(OwnWork):
            decide(urumqi, consignment, actor=first_hand)
    with pytest.raises(NotAllowed):
        decide(urumqi, consignment, actor=urumqi.auditor)
    decide(urumqi, consignment)
    with pytest.raises(WrongState, match="nothing over its document"):
        decide(urumqi, consignment)
    assert OverDelivery.objects.count() == 1


@pytest.mark.parametrize(
    ("decide", "given", "field"),
    [
        (admitted, {"reference": " "}, "reference"),
        (admitted, {"reference": "abc"}, "reference"),
        (admitted, {"reference": "9" * 41}, "reference"),
        (admitted, {"invoice_value": Decimal("-0.01")}, "invoice_value"),
        (admitted, {"invoice_value": Decimal("0.001")}, "invoice_value"),
        (admitted, {"invoice_value": Decimal("NaN")}, "invoice_value"),
        (taken_out, {"reference": ""}, "reference"),
        (taken_out, {"reason": " "}, "reason"),
        (taken_out, {"taken_out_at": timedelta(hours=1)}, "taken_out_at"),
        (taken_out, {"taken_out_at": timedelta(days=-1)}, "taken_out_at"),
    ],
)
def test_what_cannot_be_is_refused_by_field(
    urumqi: Farm, tank: Tank, decide: Any, given: dict[str, Any], field: str
) -> None:
    consignment = over(urumqi, tank)
    if isinstance(given.get("taken_out_at"), timedelta):
        given = {"taken_out_at": urumqi.now + given["taken_out_at"]}
    with pytest.raises(NotAsRequired) as refused:
        decide(urumqi, consignment, **given)
    assert [error.field for error in refused.value.errors] == [field]
    assert not OverDelivery.objects.exists()
    assert urumqi.held(tank.place, Hold.BLOCKED) == 802000


def test_where_nothing_is_over_or_it_is_duty_paid_nothing_is_decided(urumqi: Farm, tank: Tank) -> None:
    duty_paid = urumqi.tank("T9", "duty_paid")
    paid = urumqi.received(urumqi.advised("1000", customs_status="duty_paid"), urumqi.gauged(duty_paid, "1001"))
    for consignment in (over(urumqi, tank, "800000"), urumqi.accepted("800000"), paid):
        with pytest.raises(WrongState):
            admitted(urumqi, consignment)
        assert "admit_over" not in kind_of(consignment).acts_on(urumqi.officer, consignment)


def test_reversing_the_consignment_takes_what_was_admitted_back(urumqi: Farm, tank: Tank) -> None:
    consignment = admitted(urumqi, urumqi.released(over(urumqi, tank)))
    movement = urumqi.moved("drain", tank, "800001")
    given = {"consignment": consignment, "actor": urumqi.officer, "reason": "wrong product"}
    with pytest.raises(LaterMovementsDepend, match=movement.number):
        declaring.reverse_consignment(at=urumqi.tick(), **given)
    tank_movements.reverse_tank_movement(
        tank_movement=movement, actor=urumqi.supervisor, at=urumqi.tick(), reason="not drained"
    )
    consignment = declaring.reverse_consignment(at=urumqi.tick(), **given)
    assert not [row for row in balances() if row.quantity]
    assert kind_of(consignment).acts_on(urumqi.officer, consignment) == []
    assert not list(verify())


def test_reversing_the_consignment_brings_back_what_was_taken_out(urumqi: Farm, tank: Tank) -> None:
    consignment = taken_out(urumqi, urumqi.released(over(urumqi, tank)))
    declaring.reverse_consignment(
        consignment=consignment, actor=urumqi.officer, at=urumqi.tick(), reason="wrong product"
    )
    assert not [row for row in balances() if row.quantity]
    assert urumqi.place(PlaceKind.ABROAD) is not None
    assert not list(verify())


def test_it_waits_in_the_inbox_and_is_admitted_from_its_page(urumqi: Farm, tank: Tank) -> None:
    consignment = urumqi.released(over(urumqi, tank))
    (waiting,) = longest_waiting(user=urumqi.officer, most=10)
    assert (waiting.number, [step.name for step in waiting.steps]) == (
        consignment.number,
        ["admit_over", "take_out_over"],
    )
    assert "2,000\xa0kg over" in waiting.about
    client, page = signed_in(urumqi.officer), consignment.get_absolute_url()
    assert "Not admitted yet." in client.get(page).content.decode()
    url = reverse("fuel:fuel_consignment_admit_over", args=[consignment.pk])
    assert client.post(url, {"reference": ""}).status_code == 200
    assert client.post(url, {"reference": "940120261000000007", "invoice_value": "1500"}).url == f"{page}?decided"
    shown = client.get(page).content.decode()
    for told in (
        "940120261000000007",
        f"{consignment.number}-02",
        "10,500.00",
        "5,822.85",
        "Over-delivery: Admitted",
    ):
        assert told in shown, told
    assert "Not admitted yet." not in shown
    assert longest_waiting(user=urumqi.officer, most=10) == []


def test_it_is_taken_out_from_its_page(urumqi: Farm, tank: Tank) -> None:
    consignment = over(urumqi, tank)
    url = reverse("fuel:fuel_consignment_take_out_over", args=[consignment.pk])
    given = {"reference": "WB-7", "reason": "sent back"}
    assert signed_in(urumqi.operator).post(url, given).status_code == 403
    assert signed_in(urumqi.officer).post(url, given).status_code == 302
    assert "Taken out again" in signed_in(urumqi.auditor).get(consignment.get_absolute_url()).content.decode()


def test_a_program_does_the_same(urumqi: Farm, tank: Tank) -> None:
    consignment = over(urumqi, tank)
    client, url = caller(urumqi.officer), f"{ROOT}/consignments/{consignment.pk}/"
    assert client.get(url).json()["over_delivery"] is None
    assert {"admit-over", "take-out-over"} <= set(client.get(url).json()["acts"])
    refused = client.post(
        f"{url}admit-over/", {"reference": " 9401 2026 1000000007", "invoice_value": "-1"}, format="json"
    )
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "invoice_value")
    answer = client.post(f"{url}admit-over/", {"reference": "940120261000000007"}, format="json").json()
    told = answer["over_delivery"]
    assert (told["mass_kg"], told["tax_cny"], told["lot"]) == ("2000.000", "5822.85", f"{consignment.number}-02")
    assert "admit-over" not in answer["acts"]
    again = client.post(f"{url}take-out-over/", {"reference": "WB-7", "reason": "sent back"}, format="json")
    assert (again.status_code, again.json()["type"]) == (409, "urn:bondbook:problem:wrong-state")


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_once_one_is_done() -> None:
    urumqi = farm()
    tank = urumqi.tank("T1")
    consignment = over(urumqi, tank)
    outcomes = at_once([lambda: admitted(urumqi, consignment), lambda: taken_out(urumqi, consignment)])
    assert len([one for one in outcomes if isinstance(one, WrongState)]) == 1
    assert OverDelivery.objects.count() == 1
    assert urumqi.held(tank.place, Hold.BLOCKED) == urumqi.in_book()
    assert lots().filter(customs_status=CustomsStatus.UNADMITTED).count() == 1
    assert not list(verify())
