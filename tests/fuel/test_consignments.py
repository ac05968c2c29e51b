"""Consignments: states, four eyes, what gauges and meters say, over and short, kilograms and fen kept."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from customs.checks import goods_in_suspense
from customs.operations.guarantees import GuaranteeExceeded
from documents.operations.documents import NotAsRequired, OwnWork, WrongState
from documents.unfinished import unfinished_of
from fuel.consignments.operations import declaring, quality, receipts
from fuel.consignments.operations.receipts import ReceiptInput
from fuel.models import FuelConsignment
from fuel.queries import outstanding_loss
from fuel.tank_movements import operations as tank_movements
from ledger.postings import CustomsStatus, Hold, Journal, LaterMovementsDepend, NotEnoughStock
from ledger.queries import balances, journal_differences, lots
from ledger.verification import verify
from registry.errors import NotAllowed
from registry.models import PlaceKind, Role
from tests.bonded.test_concurrency import at_once
from tests.fuel.farm import Farm, farm
from tests.registry import build


@pytest.fixture
def urumqi(small: Farm) -> Farm:
    return small


def _fields(refused) -> set:
    return {(error.field, error.row) for error in refused.value.errors}


def test_acceptance_assesses_the_consignment_and_writes_the_document_into_the_book(urumqi):
    consignment = urumqi.accepted("800000")
    assert consignment.state == "accepted"
    value = Decimal("4200000.07")
    duty = Decimal("378000.01")
    tax = Decimal("1200000.00")
    vat = (value + duty + tax) * Decimal("0.13")
    assert (consignment.customs_value_cny, consignment.duty_cny, consignment.consumption_tax_cny) == (value, duty, tax)
    assert consignment.vat_cny == round(vat, 2)
    assert consignment.lot.number == f"{consignment.number}-01"
    (in_book,) = balances(places=[urumqi.book.place_id])
    assert (in_book.quantity, in_book.duty_cny, in_book.vat_cny) == (800000, duty, consignment.vat_cny)
    assert not balances(journal=Journal.STOCK)


def test_acceptance_is_held_to_the_guarantee(db):
    urumqi = farm(limit_cny="1000")
    with pytest.raises(GuaranteeExceeded):
        urumqi.accepted("800000")
    assert FuelConsignment.objects.get().state == "advised"
    assert not lots().exists()


def test_who_advised_does_not_accept_and_an_operator_accepts_nothing(urumqi):
    urumqi.operator.memberships.create(organisation=urumqi.site.customs_office, role=Role.CUSTOMS_OFFICER)
    consignment = urumqi.advised()
    with pytest.raises(OwnWork):
        declaring.accept_consignment(consignment=consignment, actor=urumqi.operator, at=urumqi.tick())
    urumqi.operator.memberships.filter(role=Role.CUSTOMS_OFFICER).delete()
    with pytest.raises(NotAllowed):
        declaring.accept_consignment(consignment=consignment, actor=urumqi.operator, at=urumqi.tick())


def test_an_auditor_does_nothing(urumqi):
    consignment = urumqi.accepted()
    tank = urumqi.tank("T1")
    for act in (
        lambda: declaring.advise_consignment(
            site=urumqi.site, details=urumqi.details(), actor=urumqi.auditor, at=urumqi.now, request_key=uuid4()
        ),
        lambda: urumqi.received(consignment, urumqi.gauged(tank, "800000"), actor=urumqi.auditor),
        lambda: quality.hold_consignment(consignment=consignment, actor=urumqi.auditor, at=urumqi.now, reason="x"),
        lambda: urumqi.released(consignment, actor=urumqi.auditor),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_same_request_twice_gives_one_consignment(urumqi):
    key = uuid4()
    given = {"site": urumqi.site, "actor": urumqi.operator, "at": urumqi.tick(), "request_key": key}
    first = declaring.advise_consignment(details=urumqi.details(), **given)
    second = declaring.advise_consignment(details=urumqi.details("7"), **given)
    assert first == second
    assert FuelConsignment.objects.count() == 1


def test_an_advised_consignment_is_amended_and_made_void(urumqi):
    consignment = urumqi.advised("800000")
    consignment = declaring.amend_consignment(
        consignment=consignment, details=urumqi.details("750000"), actor=urumqi.operator, at=urumqi.tick()
    )
    assert consignment.document_mass_kg == 750000
    declaring.void_consignment(consignment=consignment, actor=urumqi.operator, at=urumqi.tick(), reason="never sent")
    with pytest.raises(WrongState):
        declaring.accept_consignment(consignment=consignment, actor=urumqi.officer, at=urumqi.tick())
    with pytest.raises(WrongState):
        declaring.amend_consignment(
            consignment=consignment, details=urumqi.details(), actor=urumqi.operator, at=urumqi.tick()
        )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"book": None}, "book"),
        ({"customs_status": "duty_paid", "book": "theirs"}, "book"),
        ({"source": "domestic"}, "source"),
        ({"mass_kg": "0"}, "document_mass_kg"),
        ({"mass_kg": "NaN"}, "document_mass_kg"),
        ({"mass_kg": "1.0001"}, "document_mass_kg"),
        ({"loss_tolerance_percent": Decimal("5.001")}, "loss_tolerance_percent"),
        ({"loss_tolerance_percent": Decimal(-1)}, "loss_tolerance_percent"),
        ({"invoice_value": Decimal(-1)}, "invoice_value"),
        ({"currency": "XXX"}, "currency"),
        ({"origin": "Q9"}, "origin"),
        ({"transport": "balloon"}, "transport"),
    ],
)
def test_what_the_papers_cannot_say_is_refused_by_field(urumqi, given, field):
    if given.get("book") == "theirs":
        given = {**given, "book": urumqi.book}
    with pytest.raises(NotAsRequired) as refused:
        urumqi.advised(given.pop("mass_kg", "800000") if "mass_kg" in (given := dict(given)) else "800000", **given)
    assert (field, None) in _fields(refused)
    assert not FuelConsignment.objects.exists()


def test_a_product_without_a_tariff_is_refused(urumqi):
    other = build.item("GAS", hs_code=build.hs_code("271121"))
    with pytest.raises(NotAsRequired) as refused:
        urumqi.advised(product=other)
    assert ("product", None) in _fields(refused)


def test_bonded_fuel_is_not_measured_before_customs_accepts_it(urumqi):
    consignment = urumqi.advised()
    with pytest.raises(WrongState):
        urumqi.received(consignment, urumqi.gauged(urumqi.tank("T1"), "800000"))


def test_what_came_is_blocked_in_its_tanks_and_what_is_missing_at_the_shortage_place(urumqi):
    first, second = urumqi.tank("T1"), urumqi.tank("T2")
    consignment = urumqi.accepted("800000")
    consignment = urumqi.received(consignment, urumqi.gauged(first, "500000.125"), urumqi.gauged(second, "298000"))
    assert (consignment.state, consignment.received_mass_kg) == ("gauged", Decimal("798000.125"))
    assert consignment.transport_loss_kg == Decimal("1999.875")
    assert urumqi.held(first.place, Hold.BLOCKED) == Decimal("500000.125")
    assert urumqi.held(second.place, Hold.BLOCKED) == 298000
    assert urumqi.held(first.place) == 0
    assert urumqi.held(urumqi.place(PlaceKind.SHORTAGE)) == Decimal("1999.875")
    assert urumqi.in_book() == 800000
    lot = consignment.lot
    for measure in ("customs_value_cny", "duty_cny", "consumption_tax_cny", "vat_cny"):
        assert sum(getattr(row, measure) for row in balances(lots=[lot.pk], journal=Journal.STOCK)) == getattr(
            lot, measure
        )
    assert not list(verify())


def test_fuel_is_not_drawn_before_it_is_released_but_for_the_sample_that_decides(urumqi):
    tank = urumqi.tank("T1")
    consignment = urumqi.received(urumqi.accepted(), urumqi.gauged(tank, "800000"))
    with pytest.raises(NotEnoughStock):
        urumqi.moved("drain", tank, "5")
    sample = urumqi.moved("sample", tank, "5")
    assert urumqi.held(tank.place, Hold.BLOCKED) == 799995
    tank_movements.reverse_tank_movement(tank_movement=sample, actor=urumqi.officer, at=urumqi.tick(), reason="twice")
    assert urumqi.held(tank.place, Hold.BLOCKED) == 800000
    consignment = quality.hold_consignment(
        consignment=consignment, actor=urumqi.operator, at=urumqi.tick(), reason="water in the sample"
    )
    assert consignment.state == "held"
    with pytest.raises(NotEnoughStock):
        urumqi.moved("drain", tank, "5")
    urumqi.released(consignment)
    urumqi.moved("drain", tank, "5")


def test_a_tolerated_loss_is_written_off_with_the_release(urumqi):
    tank = urumqi.tank("T1")
    # 0.3 % of 800 000 kg, to the gram.
    consignment = urumqi.received(urumqi.accepted(), urumqi.gauged(tank, "797600"))
    consignment = urumqi.released(consignment, specification="GB 6537", batch_number="B7")
    assert (consignment.state, consignment.certificate_number) == ("released", "Q-1")
    assert urumqi.held(tank.place) == 797600
    assert urumqi.held(tank.place, Hold.BLOCKED) == 0
    assert urumqi.held(urumqi.place(PlaceKind.SHORTAGE)) == 0
    assert urumqi.in_book() == 797600
    in_tank = balances(places=[tank.place_id])[0]
    in_book = balances(places=[urumqi.book.place_id])[0]
    for measure in ("customs_value_cny", "duty_cny", "consumption_tax_cny", "vat_cny"):
        assert getattr(in_tank, measure) == getattr(in_book, measure)
    with pytest.raises(WrongState):
        quality.approve_transport_loss(
            consignment=consignment, actor=urumqi.officer, at=urumqi.tick(), reason="nothing is missing"
        )
    assert not list(verify())


def test_a_loss_beyond_tolerance_waits_for_approval(urumqi):
    tank = urumqi.tank("T1")
    consignment = urumqi.received(urumqi.accepted(), urumqi.gauged(tank, "797599.999"))
    with pytest.raises(WrongState):
        quality.approve_transport_loss(
            consignment=consignment, actor=urumqi.officer, at=urumqi.tick(), reason="not released yet"
        )
    consignment = urumqi.released(consignment)
    assert outstanding_loss(consignment).quantity == Decimal("2400.001")
    assert urumqi.in_book() == 800000
    with pytest.raises(NotAllowed):
        quality.approve_transport_loss(
            consignment=consignment, actor=urumqi.operator, at=urumqi.tick(), reason="tank car leaked"
        )
    with pytest.raises(NotAsRequired):
        quality.approve_transport_loss(consignment=consignment, actor=urumqi.officer, at=urumqi.tick(), reason=" ")
    quality.approve_transport_loss(
        consignment=consignment, actor=urumqi.officer, at=urumqi.tick(), reason="tank car leaked"
    )
    assert outstanding_loss(consignment) is None
    assert urumqi.in_book() == urumqi.held(tank.place) == Decimal("797599.999")
    with pytest.raises(WrongState):
        quality.approve_transport_loss(consignment=consignment, actor=urumqi.officer, at=urumqi.tick(), reason="again")
    assert not list(verify())


def test_what_is_over_becomes_a_lot_that_is_not_admitted(urumqi):
    first, second = urumqi.tank("T1"), urumqi.tank("T2")
    consignment = urumqi.accepted("800000")
    consignment = urumqi.received(consignment, urumqi.gauged(first, "500000"), urumqi.gauged(second, "300100"))
    over = lots().get(parent=consignment.lot)
    assert (over.customs_status, over.quantity, over.customs_value_cny) == (CustomsStatus.UNADMITTED, 100, 0)
    assert urumqi.held(second.place, Hold.BLOCKED) == 300100
    assert consignment.transport_loss_kg == -100
    assert urumqi.in_book() == 800000
    urumqi.released(consignment)
    assert (urumqi.held(second.place), urumqi.held(second.place, Hold.BLOCKED)) == (300000, 100)
    # Nobody declared it, so nobody draws it.
    with pytest.raises(NotEnoughStock):
        urumqi.moved("drain", second, "300001")
    assert not list(verify())


def test_who_measured_does_not_release(urumqi):
    tank = urumqi.tank("T1", "duty_paid")
    consignment = urumqi.received(
        urumqi.advised(customs_status="duty_paid"), urumqi.gauged(tank, "800000"), actor=urumqi.supervisor
    )
    with pytest.raises(OwnWork):
        urumqi.released(consignment, actor=urumqi.supervisor)
    with pytest.raises(NotAllowed):
        urumqi.released(consignment, actor=urumqi.operator)
    with pytest.raises(NotAsRequired) as refused:
        urumqi.released(consignment, actor=urumqi.officer, certificate_number=" ")
    assert _fields(refused) == {("certificate_number", None)}
    urumqi.released(consignment, actor=urumqi.officer)
    with pytest.raises(WrongState):
        urumqi.released(consignment, actor=urumqi.officer)


def test_duty_paid_fuel_goes_past_customs(urumqi):
    tank = urumqi.tank("T9", "duty_paid")
    consignment = urumqi.advised("100000", customs_status="duty_paid")
    with pytest.raises(WrongState):
        declaring.accept_consignment(consignment=consignment, actor=urumqi.officer, at=urumqi.tick())
    consignment = urumqi.released(urumqi.received(consignment, urumqi.gauged(tank, "99900")))
    assert consignment.lot.customs_status == CustomsStatus.DUTY_PAID
    assert consignment.lot.duty_cny == 0
    assert urumqi.held(tank.place) == 99900
    assert not balances(journal=Journal.CUSTOMS)
    assert not list(verify())


def test_what_is_over_of_duty_paid_fuel_is_duty_paid(urumqi):
    tank = urumqi.tank("T9", "duty_paid")
    consignment = urumqi.released(
        urumqi.received(urumqi.advised("100000", customs_status="duty_paid"), urumqi.gauged(tank, "100010"))
    )
    assert lots().get(parent=consignment.lot).customs_status == CustomsStatus.DUTY_PAID
    urumqi.moved("drain", tank, "100010", customs_status="duty_paid")
    assert urumqi.held(tank.place) == 0
    assert not list(verify())


def test_metered_litres_are_measured_by_the_basis(urumqi):
    tank = urumqi.tank("T1")
    line = ReceiptInput(
        tank=tank, litres_observed=Decimal(52340), celsius=Decimal("-21.5"), density_at_base=Decimal("800.0")
    )
    consignment = urumqi.received(urumqi.accepted("43300"), line)
    row = consignment.receipts.get()
    assert (row.vcf, row.litres_at_base) == (Decimal("1.0335"), Decimal("54093.390"))
    assert row.mass_kg == Decimal("43274.712")
    assert urumqi.held(tank.place, Hold.BLOCKED) == Decimal("43274.712")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"celsius": Decimal(500)}, "celsius"),
        ({"density_at_base": Decimal(100)}, "density_at_base"),
        ({"celsius": None}, "celsius"),
        ({"litres_observed": None}, "litres_observed"),
        ({"litres_observed": Decimal(-1)}, "litres_observed"),
        ({"litres_observed": Decimal(0)}, "litres_observed"),
    ],
)
def test_litres_that_cannot_be_measured_are_refused_by_row(urumqi, given, field):
    line = {
        "tank": urumqi.tank("T1"),
        "litres_observed": Decimal(52340),
        "celsius": Decimal(10),
        "density_at_base": Decimal(800),
        **given,
    }
    consignment = urumqi.accepted()
    with pytest.raises(NotAsRequired) as refused:
        urumqi.received(consignment, ReceiptInput(**line))
    assert (field, 0) in _fields(refused)
    assert FuelConsignment.objects.get().state == "accepted"


def test_a_tank_of_another_status_product_or_site_is_refused(urumqi):
    gas = build.item("AVGAS", hs_code=build.hs_code("271019"))
    duty_paid, other = urumqi.tank("T9", "duty_paid"), urumqi.tank("G1")
    other.product = gas
    other.save()
    consignment = urumqi.accepted()
    with pytest.raises(NotAsRequired) as refused:
        urumqi.received(consignment, urumqi.gauged(duty_paid, "400000"), urumqi.gauged(other, "400000"))
    assert _fields(refused) == {("tank", 0), ("tank", 1)}


def test_a_tank_run_by_book_takes_both_statuses(urumqi):
    tank = urumqi.tank("C1", "")
    urumqi.stocked(tank, "800000")
    urumqi.stocked(tank, "100000", customs_status="duty_paid")
    assert urumqi.held(tank.place) == 900000


def test_safe_fill_is_not_exceeded(urumqi):
    tank = urumqi.tank("T1", safe_fill_m3=Decimal(900))
    consignment = urumqi.accepted()
    with pytest.raises(NotAsRequired, match="safe fill"):
        urumqi.received(consignment, urumqi.gauged(tank, "800000"))
    litres = ReceiptInput(tank=tank, litres_observed=Decimal(900001), celsius=Decimal(15), density_at_base=Decimal(800))
    with pytest.raises(NotAsRequired, match="safe fill"):
        urumqi.received(consignment, litres)


def test_gauges_are_of_the_tank_stand_and_come_in_order(urumqi):
    first, second = urumqi.tank("T1"), urumqi.tank("T2")
    consignment = urumqi.accepted()
    right = urumqi.gauged(first, "800000")
    turned = ReceiptInput(tank=first, gauge_before=right.gauge_after, gauge_after=right.gauge_before)
    with pytest.raises(NotAsRequired) as refused:
        urumqi.received(consignment, turned)
    assert _fields(refused) == {("gauge_after", 0)}
    elsewhere = ReceiptInput(tank=second, gauge_before=right.gauge_before, gauge_after=right.gauge_after)
    with pytest.raises(NotAsRequired) as refused:
        urumqi.received(consignment, elsewhere)
    assert _fields(refused) == {("gauge_before", 0), ("gauge_after", 0)}
    alone = ReceiptInput(tank=first, gauge_before=right.gauge_before)
    with pytest.raises(NotAsRequired):
        urumqi.received(consignment, alone)
    with pytest.raises(NotAsRequired, match="twice"):
        urumqi.received(consignment, right, right)
    with pytest.raises(NotAsRequired):
        urumqi.received(consignment)
    right.gauge_after.is_void = True
    right.gauge_after.save()
    with pytest.raises(NotAsRequired, match="void"):
        urumqi.received(consignment, right)


def test_gauges_between_which_something_else_moved_say_nothing(urumqi):
    tank = urumqi.tank("T1")
    urumqi.stocked(tank, "800000")
    consignment = urumqi.accepted()
    before = urumqi.gauge(tank, "800000")
    movement = urumqi.moved("drain", tank, "100")
    after = urumqi.gauge(tank, "1599900")
    line = ReceiptInput(tank=tank, gauge_before=before, gauge_after=after)
    with pytest.raises(NotAsRequired, match=movement.number):
        urumqi.received(consignment, line)
    tank_movements.reverse_tank_movement(
        tank_movement=movement, actor=urumqi.supervisor, at=urumqi.tick(), reason="entered for another tank"
    )
    urumqi.received(consignment, line)


def test_a_gauged_receipt_stands_in_the_book_before_its_gauge_after(urumqi):
    tank = urumqi.tank("T1")
    line = urumqi.gauged(tank, "800000")
    urumqi.received(urumqi.accepted(), line)
    found = balances(places=[tank.place_id], journal=Journal.STOCK, until=line.gauge_after.gauged_at)
    assert [row.quantity for row in found] == [800000]


def test_a_receipt_is_not_in_the_future_nor_before_its_gauge(urumqi):
    consignment = urumqi.accepted()
    line = urumqi.gauged(urumqi.tank("T1"), "800000")
    with pytest.raises(NotAsRequired):
        urumqi.received(consignment, line, received_at=urumqi.now + timedelta(days=1))
    with pytest.raises(NotAsRequired) as refused:
        urumqi.received(consignment, line, received_at=line.gauge_before.gauged_at - timedelta(seconds=1))
    assert _fields(refused) == {("gauge_before", 0)}


def test_receiving_twice_posts_once(urumqi):
    tank = urumqi.tank("T1")
    consignment, line = urumqi.accepted(), urumqi.gauged(tank, "800000")
    urumqi.received(consignment, line)
    with pytest.raises(WrongState):
        receipts.receive_consignment(
            consignment=consignment, receipts=[line], received_at=urumqi.now, actor=urumqi.operator, at=urumqi.tick()
        )
    assert urumqi.held(tank.place, Hold.BLOCKED) == 800000


def test_a_consignment_is_reversed_by_another_until_its_fuel_is_used(urumqi):
    tank = urumqi.tank("T1")
    consignment = urumqi.stocked(tank, "800000")
    movement = urumqi.moved("drain", tank, "100")
    with pytest.raises(LaterMovementsDepend, match=movement.number):
        declaring.reverse_consignment(
            consignment=consignment, actor=urumqi.officer, at=urumqi.tick(), reason="wrong product"
        )
    tank_movements.reverse_tank_movement(
        tank_movement=movement, actor=urumqi.supervisor, at=urumqi.tick(), reason="not drained"
    )
    with pytest.raises(NotAllowed):
        declaring.reverse_consignment(
            consignment=consignment, actor=urumqi.operator, at=urumqi.tick(), reason="wrong product"
        )
    consignment = declaring.reverse_consignment(
        consignment=consignment, actor=urumqi.officer, at=urumqi.tick(), reason="wrong product"
    )
    assert consignment.state == "reversed"
    assert urumqi.held(tank.place) == urumqi.in_book() == 0
    assert not list(verify())


def test_duty_paid_fuel_is_missing_in_no_book(urumqi):
    urumqi.stocked(urumqi.tank("T9", "duty_paid"), "100000")
    urumqi.stocked(urumqi.tank("T1"), "800000")
    assert not journal_differences(site_id=urumqi.site.pk)


def test_a_consignment_that_is_not_released_stands_in_the_way_of_closing_a_period(urumqi):
    consignment = urumqi.received(urumqi.accepted(), urumqi.gauged(urumqi.tank("T1"), "797000"))
    day = urumqi.now.date()
    assert [one.document_number for one in unfinished_of("fuel")(urumqi.site, day)] == [consignment.number]
    assert not unfinished_of("fuel")(urumqi.site, day - timedelta(days=1))
    urumqi.released(consignment)
    assert not unfinished_of("fuel")(urumqi.site, day)
    # What was lost beyond tolerance is still to be approved.
    assert [one.document_number for one in goods_in_suspense(urumqi.site, day)] == [consignment.number]


@pytest.mark.django_db(transaction=True)
def test_of_two_drains_at_once_exactly_one_is_done():
    urumqi = farm()
    tank = urumqi.tank("T1")
    urumqi.stocked(tank, "1000")
    at = urumqi.tick()
    drain = {"movement": "drain", "from_tank": tank, "customs_status": "bonded", "actor": urumqi.operator}
    drain["to_tank"] = urumqi.slops()
    outcomes = at_once(
        [
            lambda kg=kg: tank_movements.move_fuel(
                **drain, mass_kg=Decimal(kg), moved_at=at, at=at, request_key=uuid4()
            )
            for kg in (600, 600)
        ]
    )
    assert len([one for one in outcomes if isinstance(one, NotEnoughStock)]) == 1
    # What is drained to slops stays in the book.
    assert (urumqi.held(tank.place), urumqi.in_book()) == (400, 1000)
    assert not list(verify())
