"""Bonded fuel cleared in its tank: tax at the day's rates, out of the book, kilograms kept, pages and API alike."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.test import APIClient

from documents.operations.documents import NotAsRequired, OwnWork, RequestKeyUsed, WrongState
from fuel.consignments.operations.declaring import reverse_consignment
from fuel.models import StatusChange, StatusChangeLot, Tank, TankReconciliation
from fuel.operations.tanks import change_tank
from fuel.reconciliations.operations.reconciling import approve_reconciliation, draw_up_reconciliation
from fuel.status_changes.operations import accept_status_change, ask_for_status_change, reverse_status_change
from fuel.tank_movements.operations import move_fuel
from ledger.operations import close_period
from ledger.postings import Hold, Journal, LaterMovementsDepend, NotEnoughStock, PeriodClosed
from ledger.queries import balances, entries_of, journal_differences, lots
from ledger.verification import verify
from registry.errors import NotAllowed
from registry.models import Role, TariffRate
from registry.operations.register import enter_in_register
from reports.reconciliation.statement import Scope, reconcile
from tests.customs.build import declaration_number
from tests.fuel.build import TankFarm
from tests.fuel.declaring import released as declared
from tests.registry import build

ROOT = "/api/v1"
NUMBER = "940120260000000017"


def asked(farm: TankFarm, mass_kg: str, **more: Any) -> StatusChange:
    at = farm.tick()
    return ask_for_status_change(
        **{
            "from_tank": farm.tank,
            "mass_kg": Decimal(mass_kg),
            "reference": declaration_number(),
            "changed_at": at,
            "actor": farm.operator,
            "at": at,
            "request_key": uuid4(),
            **more,
        }
    )


def cleared(farm: TankFarm, mass_kg: str, **more: Any) -> StatusChange:
    change = asked(farm, mass_kg, **more)
    return accept_status_change(status_change=change, actor=farm.officer, at=farm.tick())


def drained(farm: TankFarm, mass_kg: str, status: str, tank: Tank | None = None) -> Any:
    at = farm.tick()
    return move_fuel(
        movement="drain",
        from_tank=tank or farm.tank,
        to_tank=farm.slops(status),
        customs_status=status,
        mass_kg=Decimal(mass_kg),
        moved_at=at,
        actor=farm.operator,
        at=at,
        request_key=uuid4(),
    )


def undone(farm: TankFarm, change: StatusChange, actor: Any = None) -> StatusChange:
    return reverse_status_change(
        status_change=change, actor=actor or farm.officer, at=farm.tick(), reason="Entered for another tank"
    )


def fields_of(refused: Any) -> list[str]:
    return [error.field for error in refused.value.errors]


def test_each_lot_is_assessed_and_becomes_duty_paid(urumqi: TankFarm) -> None:
    old = urumqi.released("1000.5")  # 5 CNY a kilogram: 5,002.50 CNY
    new = urumqi.released("2000", invoice_value=Decimal("12345.67"))
    change = cleared(urumqi, "1500.125")
    first, second = change.lots.order_by("row")
    # Synthetic rates: duty 9 %, VAT 13 %, consumption tax 0.5 CNY/kg.
    # All 1,000.5 kg: duty 450.225 = 450.23; 500.25; VAT 13 % of 5,952.98 = 773.8874.
    assert (first.lot_id, first.mass_kg, first.customs_value_cny) == (old.lot_id, Decimal("1000.5"), Decimal("5002.50"))
    assert (first.duty_cny, first.consumption_tax_cny) == (Decimal("450.23"), Decimal("500.25"))
    assert first.vat_cny == Decimal("773.89")
    # 499.625 of 2,000 kg: value 3,084.10(27); duty 277.569; 249.8125; VAT 13 % of 3,611.48 = 469.4924.
    assert (second.lot_id, second.mass_kg) == (new.lot_id, Decimal("499.625"))
    assert (second.customs_value_cny, second.duty_cny) == (Decimal("3084.10"), Decimal("277.57"))
    assert (second.consumption_tax_cny, second.vat_cny) == (Decimal("249.81"), Decimal("469.49"))
    assert (second.duty_rate, second.vat_rate) == (Decimal("0.09"), Decimal("0.13"))
    assert (change.customs_value_cny, change.duty_cny) == (Decimal("8086.60"), Decimal("727.80"))
    assert (change.consumption_tax_cny, change.vat_cny) == (Decimal("750.06"), Decimal("1243.38"))
    assert change.tax_cny == Decimal("2721.24")
    assert change.rates_date == date(2026, 6, 1)


def test_kilograms_and_value_are_kept_and_the_book_lets_go(urumqi: TankFarm) -> None:
    urumqi.released("1000.5")
    urumqi.released("2000", invoice_value=Decimal("12345.67"))
    change = cleared(urumqi, "1500.125")
    assert urumqi.held() == Decimal("3000.5")
    assert urumqi.held(status="duty_paid") == Decimal("1500.125")
    assert urumqi.held(status="bonded") == urumqi.in_book() == Decimal("1500.375")
    opened = [row.new_lot for row in change.lots.select_related("new_lot__parent")]
    assert [lot.number for lot in opened] == [f"{change.number}-01", f"{change.number}-02"]
    assert [lot.parent_id for lot in opened] == [row.lot_id for row in change.lots.all()]
    assert [(lot.customs_status, lot.origin, lot.admitted_date) for lot in opened] == [
        ("duty_paid", "KZ", date(2026, 6, 1))
    ] * 2
    held = balances(places=[urumqi.tank.place_id], journal=Journal.STOCK)
    # The customs value rides on; nothing is suspended on what is paid.
    assert sum(row.customs_value_cny for row in held) == Decimal("5002.50") + Decimal("12345.67")
    paid = [row for row in held if row.lot_id in {lot.pk for lot in opened}]
    assert {(row.duty_cny, row.consumption_tax_cny, row.vat_cny) for row in paid} == {(0, 0, 0)}
    assert all(row.net_mass_kg == row.quantity for row in held)
    assert not entries_of(lot_ids=[lot.pk for lot in opened], journal=Journal.CUSTOMS).exists()
    assert journal_differences(site_id=urumqi.site.pk) == []
    assert list(verify()) == []


def test_bit_by_bit_a_lot_is_assessed_on_its_whole_value(urumqi: TankFarm) -> None:
    urumqi.released("1000", invoice_value=Decimal("100.01"))
    values = [cleared(urumqi, mass_kg).customs_value_cny for mass_kg in ("333.333", "333.333", "333.334")]
    # 100.01 × 333.333 / 1,000 = 33.3366; then half of the 66.67 that are left, and what remains.
    assert values == [Decimal("33.34"), Decimal("33.33"), Decimal("33.34")]
    assert urumqi.in_book() == urumqi.held(status="bonded") == 0
    assert urumqi.held() == 1000
    assert list(verify()) == []


def test_what_is_uplifted_and_not_declared_yet_keeps_its_value_in_the_book(urumqi: TankFarm) -> None:
    consignment = urumqi.released("3000", invoice_value=Decimal("100.01"))
    for number in ("T-1", "T-2"):
        urumqi.matched(number, mass_kg="1000")
    # Of 100.01 the uplifts took 33.34 each; 33.33 are left in the tank.
    assert cleared(urumqi, "1000").customs_value_cny == Decimal("33.33")
    (in_book,) = balances(lots=[consignment.lot_id], places=[urumqi.book.place_id], journal=Journal.CUSTOMS)
    assert (in_book.quantity, in_book.customs_value_cny) == (2000, Decimal("66.68"))
    declared(urumqi)
    assert urumqi.in_book() == 0
    assert list(verify()) == []


def test_the_statement_of_the_book_tells_it_as_a_domestic_sale(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    urumqi.released("5000", customs_status="duty_paid")
    cleared(urumqi, "8000")
    undone(urumqi, cleared(urumqi, "500"))
    statement = reconcile(Scope(urumqi.book, date(2026, 6, 1), date(2026, 6, 30)))
    assert statement.unexplained == []
    told = statement.total
    assert (told["admitted"].quantity, told["domestic_sale"].quantity) == (100_000, -8000)
    assert (told["book_closing"].quantity, told["on_floor"].quantity) == (92_000, 92_000)
    assert told["domestic_sale"].customs_value_cny == -40_000


def test_the_rates_are_those_of_the_customs_day(urumqi: TankFarm) -> None:
    urumqi.released("10000")
    higher = TariffRate(
        hs_prefix="271019",
        duty_rate=Decimal("0.10"),
        vat_rate=Decimal("0.13"),
        consumption_tax_cny_per_unit=Decimal("0.5"),
        valid_from_date=date(2026, 6, 2),
    )
    enter_in_register(row=higher, actor=None, at=urumqi.now)
    urumqi.now = datetime(2026, 6, 3, 2, 0, tzinfo=UTC)
    # 15:59 and 16:00 UTC are the last minute of June 1 and the first of June 2 at customs.
    before = cleared(urumqi, "1000", changed_at=datetime(2026, 6, 1, 15, 59, tzinfo=UTC))
    after = cleared(urumqi, "1000", changed_at=datetime(2026, 6, 1, 16, 0, tzinfo=UTC))
    assert (before.rates_date, before.duty_cny) == (date(2026, 6, 1), 450)
    assert (after.rates_date, after.duty_cny) == (date(2026, 6, 2), 500)


def test_what_was_duty_paid_before_is_used_first(urumqi: TankFarm) -> None:
    earlier = urumqi.released("100", customs_status="duty_paid")
    urumqi.released("1000")
    change = cleared(urumqi, "300")
    later = urumqi.released("100", customs_status="duty_paid")
    movement = drained(urumqi, "450", "duty_paid")
    numbers = [draw.lot.document_number for draw in movement.draws.select_related("lot")]
    assert numbers == [earlier.number, change.number, later.number]
    assert list(verify()) == []


def test_duty_paid_fuel_is_uplifted_without_the_book(urumqi: TankFarm) -> None:
    urumqi.released("10000")
    cleared(urumqi, "4000")
    urumqi.signed("T-1", mass_kg="3000", customs_status="duty_paid")
    assert urumqi.held(status="duty_paid") == 1000
    assert urumqi.in_book() == 6000
    assert list(verify()) == []


def test_a_segregated_group_needs_a_tank_that_is_kept_for_duty_paid(segregated: TankFarm) -> None:
    segregated.released("1000")
    with pytest.raises(NotAsRequired, match="T-101 keeps duty statuses apart") as refused:
        cleared(segregated, "100")
    assert fields_of(refused) == ["to_tank"]
    change = cleared(segregated, "100", to_tank=segregated.other_tank)
    assert segregated.held() == segregated.in_book() == 900
    assert segregated.held(segregated.other_tank, status="duty_paid") == 100
    assert change.to_tank == segregated.other_tank
    with pytest.raises(NotEnoughStock):
        cleared(segregated, "900.001", to_tank=segregated.other_tank)
    with pytest.raises(NotAsRequired):
        cleared(segregated, "1", to_tank=segregated.tank)
    assert list(verify()) == []


def test_the_same_tank_as_target_means_that_it_stays(urumqi: TankFarm) -> None:
    urumqi.released("1000")
    assert cleared(urumqi, "100", to_tank=urumqi.tank).to_tank is None
    assert urumqi.held(status="duty_paid") == 100


def test_the_other_tank_is_not_filled_above_its_safe_fill(urumqi: TankFarm) -> None:
    urumqi.released("80000")
    Tank.objects.filter(pk=urumqi.other_tank.pk).update(safe_fill_m3=Decimal(50))
    # At 800 kg/m³ 40,000 kg are 50 m³.
    with pytest.raises(NotAsRequired, match=r"T-102 would hold 50\.001 m³; its safe fill is 50 m³") as refused:
        cleared(urumqi, "40000.8", to_tank=urumqi.other_tank)
    assert fields_of(refused) == ["to_tank"]
    cleared(urumqi, "40000", to_tank=urumqi.other_tank)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"mass_kg": "0"}, "mass_kg"),
        ({"mass_kg": "-1"}, "mass_kg"),
        ({"mass_kg": "NaN"}, "mass_kg"),
        ({"mass_kg": "0.0001"}, "mass_kg"),
        ({"reference": "  "}, "reference"),
        ({"reference": "abc"}, "reference"),
        ({"reference": "9" * 41}, "reference"),
        ({"remark": "x" * 401}, "remark"),
    ],
)
def test_what_cannot_be_cleared_is_refused_by_field(urumqi: TankFarm, given: dict[str, str], field: str) -> None:
    urumqi.released("1000")
    with pytest.raises(NotAsRequired) as refused:
        cleared(urumqi, **{"mass_kg": "10", **given})
    assert set(fields_of(refused)) == {field}
    assert not StatusChange.objects.exists()


def test_a_tank_out_of_use_is_refused(urumqi: TankFarm) -> None:
    urumqi.released("1000")
    change_tank(
        tank=urumqi.other_tank,
        name="",
        safe_fill_m3=None,
        is_open=False,
        actor=urumqi.administrator,
        at=urumqi.tick(),
    )
    with pytest.raises(NotAsRequired, match="T-102") as refused:
        cleared(urumqi, "10", to_tank=urumqi.other_tank)
    assert fields_of(refused) == ["to_tank"]


def test_only_released_bonded_fuel_is_cleared(urumqi: TankFarm) -> None:
    urumqi.received("1000")
    urumqi.released("500", customs_status="duty_paid")
    assert urumqi.held(hold=Hold.BLOCKED) == 1000
    with pytest.raises(NotEnoughStock, match=r"10 kg asked, but only 0 kg .* T-101") as refused:
        cleared(urumqi, "10")
    (error,) = refused.value.errors
    assert (error.field, error.figure) == ("mass_kg", "10")
    urumqi.released("200")
    with pytest.raises(NotEnoughStock, match=r"200\.001 kg asked, but only 200 kg"):
        cleared(urumqi, "200.001")
    assert lots().filter(parent__isnull=False).count() == 0


def test_a_declaration_clears_the_fuel_of_a_tank_once(urumqi: TankFarm) -> None:
    urumqi.released("1000")
    urumqi.released("1000", tank=urumqi.other_tank)
    first = cleared(urumqi, "100", reference=" 9401 2026 0000000017 ")
    assert first.reference == NUMBER
    with pytest.raises(NotAsRequired, match=f"{NUMBER} stands for fuel of tank T-101 already, on {first.number}"):
        cleared(urumqi, "50", reference=NUMBER)
    cleared(urumqi, "50", reference=NUMBER, from_tank=urumqi.other_tank)
    undone(urumqi, first)
    cleared(urumqi, "50", reference=NUMBER)


def test_moments_that_cannot_be_are_refused(urumqi: TankFarm) -> None:
    before = urumqi.now
    urumqi.released("1000")
    with pytest.raises(NotAsRequired) as refused:
        cleared(urumqi, "10", changed_at=urumqi.now + timedelta(days=1))
    assert fields_of(refused) == ["changed_at"]
    with pytest.raises(NotEnoughStock, match="the rest came later"):
        cleared(urumqi, "10", changed_at=before)
    urumqi.now += timedelta(days=40)
    change = cleared(urumqi, "10", changed_at=urumqi.now - timedelta(days=20))
    close_period(site_id=urumqi.site.pk, through=date(2026, 6, 30), actor_id=None, at=urumqi.now)
    with pytest.raises(PeriodClosed, match="2026-06-30"):
        cleared(urumqi, "10", changed_at=urumqi.now - timedelta(days=20))
    # What stands in a closed period is reversed in the open one.
    undone(urumqi, change)
    assert urumqi.in_book() == urumqi.held(status="bonded") == 1000


def test_who_decides_nothing_clears_nothing(urumqi: TankFarm) -> None:
    urumqi.released("1000")
    for actor in (urumqi.officer, urumqi.auditor, urumqi.administrator):
        with pytest.raises(NotAllowed):
            asked(urumqi, "10", actor=actor)
    change = asked(urumqi, "10")
    for actor in (urumqi.operator, urumqi.supervisor, urumqi.auditor):
        with pytest.raises(NotAllowed):
            accept_status_change(status_change=change, actor=actor, at=urumqi.tick())
    assert urumqi.held(status="duty_paid") == 0


def test_the_same_request_twice_clears_once(urumqi: TankFarm) -> None:
    urumqi.released("1000")
    key = uuid4()
    first = asked(urumqi, "10", request_key=key)
    assert asked(urumqi, "10", request_key=key) == first
    with pytest.raises(RequestKeyUsed):
        asked(urumqi, "10", request_key=key, actor=urumqi.supervisor)


def test_another_person_makes_it_bonded_again_once(urumqi: TankFarm) -> None:
    consignment = urumqi.released("1000", invoice_value=Decimal("5000.01"))
    before = balances(lots=[consignment.lot_id])
    change = cleared(urumqi, "333.333")
    for actor in (urumqi.supervisor, urumqi.operator):
        with pytest.raises(NotAllowed):
            undone(urumqi, change, actor)
    urumqi.operator.memberships.create(organisation=urumqi.site.customs_office, role=Role.CUSTOMS_OFFICER)
    with pytest.raises(OwnWork):
        undone(urumqi, change, urumqi.operator)
    with pytest.raises(NotAsRequired):
        reverse_status_change(status_change=change, actor=urumqi.officer, at=urumqi.tick(), reason=" ")
    assert undone(urumqi, change).is_reversed
    assert balances(lots=[consignment.lot_id]) == before
    assert urumqi.held(status="duty_paid") == 0
    with pytest.raises(WrongState, match="reversed already"):
        undone(urumqi, change)
    assert [row.history_change_reason for row in change.history.all()] == ["Entered for another tank", None, None]
    assert list(verify()) == []


def test_what_was_drawn_from_it_stands_in_the_way(urumqi: TankFarm) -> None:
    consignment = urumqi.released("1000")
    change = cleared(urumqi, "500")
    movement = drained(urumqi, "1", "duty_paid")
    with pytest.raises(LaterMovementsDepend, match=movement.number):
        undone(urumqi, change)
    with pytest.raises(LaterMovementsDepend, match=change.number):
        reverse_consignment(consignment=consignment, actor=urumqi.officer, at=urumqi.tick(), reason="Wrong consignment")


def test_lots_cleared_are_never_changed(urumqi: TankFarm, hands_of_the_owner: None) -> None:
    urumqi.released("1000")
    change = cleared(urumqi, "10")
    with pytest.raises(Exception, match="append-only"):
        StatusChangeLot.objects.filter(status_change=change).update(mass_kg=1)


def reconciled(farm: TankFarm, physical_kg: str, tank: Tank) -> TankReconciliation:
    gauge = farm.gauged(physical_kg, tank=tank)
    return draw_up_reconciliation(tank=tank, gauge=gauge, actor=farm.operator, at=farm.tick(), request_key=uuid4())


def column(one: TankReconciliation, name: str) -> dict[str, Decimal]:
    return {line.customs_status: getattr(line, name) for line in one.lines.all()}


def test_a_reconciliation_tells_it_in_a_column_of_its_own(urumqi: TankFarm) -> None:
    urumqi.gauged("0")
    urumqi.released("320000")
    urumqi.released("30000", customs_status="duty_paid")
    undone(urumqi, cleared(urumqi, "5000"))
    cleared(urumqi, "20000.5")
    one = reconciled(urumqi, "349950", urumqi.tank)
    assert column(one, "status_changes_kg") == {"bonded": Decimal("-20000.5"), "duty_paid": Decimal("20000.5")}
    assert column(one, "receipts_kg") == {"bonded": 320_000, "duty_paid": 30_000}
    for name in ("uplifts_kg", "transfers_kg", "adjustments_kg"):
        assert set(column(one, name).values()) == {0}
    assert column(one, "book_kg") == {"bonded": Decimal("299999.5"), "duty_paid": Decimal("50000.5")}
    assert one.book_kg == 350_000
    approve_reconciliation(reconciliation=one, actor=urumqi.supervisor, at=urumqi.tick())
    assert urumqi.held() == one.physical_kg
    assert urumqi.held(status="bonded") == urumqi.in_book()
    # The next one opens with what each status has now.
    second = reconciled(urumqi, "349950", urumqi.tank)
    assert set(column(second, "status_changes_kg").values()) == {0}
    assert sum(column(second, "opening_kg").values()) == one.physical_kg
    page = signed_in(urumqi.operator).get(one.get_absolute_url()).content.decode()
    assert "± status changes" in page
    line = caller(urumqi.operator).get(f"{ROOT}/tank-reconciliations/{one.pk}/").json()["lines"][0]
    assert line["status_changes_kg"] == "-20000.500"


def test_between_tanks_each_tells_its_side(segregated: TankFarm) -> None:
    for tank in (segregated.tank, segregated.other_tank):
        segregated.gauged("0", tank=tank)
    segregated.released("100000")
    cleared(segregated, "40000", to_tank=segregated.other_tank)
    left = reconciled(segregated, "60000", segregated.tank)
    came = reconciled(segregated, "40000", segregated.other_tank)
    assert column(left, "status_changes_kg") == {"bonded": -40_000, "duty_paid": 0}
    assert column(came, "status_changes_kg") == {"bonded": 0, "duty_paid": 40_000}
    assert set(column(came, "receipts_kg").values()) == {0}


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def caller(user: Any) -> APIClient:
    client = APIClient()
    answer = client.post(f"{ROOT}/sign-in/", {"email": user.email, "password": build.PASSWORD})
    client.credentials(HTTP_AUTHORIZATION=f"Token {answer.json()['token']}")
    return client


def test_it_is_entered_and_reversed_on_pages(urumqi: TankFarm) -> None:
    urumqi.released("1000.5")
    operator, officer, supervisor = map(signed_in, (urumqi.operator, urumqi.officer, urumqi.supervisor))
    listed, add = reverse("fuel:status_change_list"), reverse("fuel:status_change_add")
    assert add not in officer.get(listed).content.decode()
    assert officer.get(add).status_code == 403
    assert add in operator.get(listed).content.decode()
    assert "T-101" in operator.get(add).content.decode()
    given = {
        "request_key": uuid4(),
        "from_tank": urumqi.tank.pk,
        "mass_kg": "1000.5",
        "reference": NUMBER,
    }
    wrong = operator.post(add, {**given, "mass_kg": "2000"})
    assert list(wrong.context["form"].errors) == ["mass_kg"]
    posted = operator.post(add, given, follow=True)
    change = StatusChange.objects.get()
    assert posted.redirect_chain == [(change.get_absolute_url(), 302)]
    assert "nothing is posted yet. It would come to 1,724.37" in posted.content.decode()
    accept = reverse("fuel:status_change_accept", args=[change.pk])
    assert supervisor.post(accept).status_code == 403
    assert accept in officer.get(change.get_absolute_url()).content.decode()
    page = officer.post(accept, follow=True).content.decode()
    # 450.23 + 500.25 + 773.89
    for told in ("1,724.37", "5,002.50", "450.23", "500.25", "773.89", f"{change.number}-01", NUMBER):
        assert told in page
    undo = reverse("fuel:status_change_reverse", args=[change.pk])
    assert undo in page
    assert undo not in supervisor.get(change.get_absolute_url()).content.decode()
    assert supervisor.post(undo, {"reason": "x"}).status_code == 403
    assert officer.post(undo, {"reason": "Paid for another tank"}).status_code == 302
    page = officer.get(change.get_absolute_url()).content.decode()
    assert "Paid for another tank" in page
    assert undo not in page
    assert urumqi.in_book() == urumqi.held(status="bonded") == Decimal("1000.5")
    assert change.number in officer.get(f"{listed}?q=94012026").content.decode()
    assert change.number in officer.get(f"{listed}?format=csv").getvalue().decode()


def test_the_same_through_the_api(urumqi: TankFarm) -> None:
    urumqi.released("1000.5")
    operator, officer, supervisor = map(caller, (urumqi.operator, urumqi.officer, urumqi.supervisor))
    asked = {"site": urumqi.site.code, "from_tank": "T-101", "mass_kg": "1000.5", "reference": NUMBER}
    url, key = f"{ROOT}/status-changes/", {"Idempotency-Key": str(uuid4())}
    assert officer.post(url, asked).status_code == 403
    made = operator.post(url, asked, headers=key)
    assert made.status_code == 201, made.content
    assert operator.post(url, asked, headers=key).json()["id"] == made.json()["id"]
    path = f"{url}{made.json()['id']}/"
    assert (made.json()["state"], made.json()["acts"], made.json()["lots"]) == ("asked", ["take-back", "void"], [])
    assert officer.post(f"{path}return/", {"reason": "Of which train?"}).json()["state"] == "returned"
    assert operator.patch(path, {"remark": "Train 17"}).json()["state"] == "asked"
    assert supervisor.post(f"{path}accept/").status_code == 403
    change = officer.post(f"{path}accept/").json()
    assert (change["tax_cny"], change["customs_value_cny"], change["to_tank"]) == ("1724.37", "5002.50", None)
    (line,) = change["lots"]
    assert (line["new_lot"], line["mass_kg"]) == (f"{change['number']}-01", "1000.500")
    assert (line["duty_cny"], line["vat_rate"]) == ("450.23", "0.130000")
    assert change["acts"] == ["reverse"]
    refused = operator.post(url, {**asked, "reference": "940120260000000018"})
    assert refused.status_code == 409
    assert refused.json()["errors"][0]["field"] == "mass_kg"
    unknown = operator.post(url, {**asked, "from_tank": "T-404"})
    assert unknown.status_code == 422
    assert "T-404" in unknown.content.decode()
    assert supervisor.get(path).json()["acts"] == []
    assert officer.get(f"{url}?reference={NUMBER}&is_reversed=false").json()["results"][0]["id"] == change["id"]
    assert supervisor.post(f"{path}reverse/", {"reason": "x"}).status_code == 403
    assert officer.post(f"{path}reverse/", {"reason": "Paid for another tank"}).json()["is_reversed"]
    assert len(officer.get(f"{path}history/").json()) == 5
    assert urumqi.held(status="bonded") == Decimal("1000.5")


def test_a_list_asks_the_same_for_one_row_and_for_three(urumqi: TankFarm) -> None:
    urumqi.released("1000")
    clients = (signed_in(urumqi.officer), caller(urumqi.officer))

    def ask() -> list[int]:
        counts = []
        for client, path in zip(clients, (reverse("fuel:status_change_list"), f"{ROOT}/status-changes/"), strict=True):
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(path).status_code == 200
            counts.append(len(asked))
        return counts

    cleared(urumqi, "10")
    once = ask()
    cleared(urumqi, "10", to_tank=urumqi.other_tank), cleared(urumqi, "10")
    assert ask() == once


def test_a_document_asks_the_same_for_one_lot_and_for_three(urumqi: TankFarm) -> None:
    for _number in range(4):
        urumqi.released("1000")
    one, three = cleared(urumqi, "1000"), cleared(urumqi, "2500")
    assert (one.lots.count(), three.lots.count()) == (1, 3)
    clients = (signed_in(urumqi.officer), caller(urumqi.officer))

    def ask(change: StatusChange) -> list[int]:
        counts = []
        for client, path in zip(
            clients, (change.get_absolute_url(), f"{ROOT}/status-changes/{change.pk}/"), strict=True
        ):
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(path).status_code == 200
            counts.append(len(asked))
        return counts

    assert ask(one) == ask(three)
