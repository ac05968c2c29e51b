"""Prices and statements through the operations: F9, charged once, frozen, corrected by credit and rebill."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from documents.operations.documents import NotAsRequired, WrongState
from fuel.billing.charges.operations import AlreadyCredited, credit_and_rebill
from fuel.billing.pricing import DutyPaid, Formula, Relief, price_of_uplift, unit_price_per_tonne
from fuel.billing.statement_reading import content_of
from fuel.billing.statement_seal import seal_of
from fuel.billing.statements.operations import (
    NothingToBill,
    issue_statement,
    reissue_statement,
)
from fuel.delivery_tickets.operations.reclassification import reclassify_ticket
from fuel.models import Charge, FuelContract, Statement, TicketState
from fuel.operations import contracts
from fuel.operations.contracts import ContractsOverlap, open_contract, record_payment
from fuel.operations.prices import averaging_period
from registry.errors import NotAllowed, RuleBroken
from registry.models import ExchangeRate
from registry.operations.loading.rows import RowsRefused
from tests.fuel.build import AT, TankFarm, airline, airport, fuel_tariff, tank_farm
from tests.fuel.pricing import contract, duty_paid, f9, price_index, quote
from tests.standing import standing
from tests.worked import figures

JUNE = {"from_date": date(2026, 6, 1), "through_date": date(2026, 6, 30)}


def test_f9_as_pure_figures() -> None:
    scenario = figures("fuel", "F9")
    given, expected = scenario["in"], scenario["out"]
    formula = Formula(
        index_unit="bbl",
        differential=Decimal(given["differential_usd_bbl"]),
        differential_unit="bbl",
        barrels_per_tonne=Decimal(given["bbl_per_tonne"]),
        into_plane_fee_per_tonne=Decimal(given["into_plane_usd_t"]),
    )
    unit_price = unit_price_per_tonne(index_price=Decimal(given["index_usd_bbl"]), formula=formula)
    assert str(unit_price) == expected["unit_price_usd_t"]
    priced = price_of_uplift(
        mass_kg=Decimal(given["tonnes"]) * 1000,
        unit_price=unit_price,
        cny_per_unit=Decimal(given["usd_cny"]),
        duty_paid=DutyPaid(
            cny_per_tonne=Decimal(given["duty_paid_reference_cny_t"]), cny_per_unit=Decimal(given["usd_cny"])
        ),
        relief=Relief(),
    )
    assert str(priced.net_amount) == expected["amount_usd"]
    assert str(priced.amount_cny) == expected["amount_cny"]
    assert str(priced.duty_paid_cny) == expected["duty_paid_cny"]
    assert str(priced.saving_cny) == expected["saving_foreign_carrier_cny"]
    assert str(priced.saving_percent) == expected["saving_percent"]


@standing
def farm(urumqi: TankFarm) -> TankFarm:
    urumqi.released("900000")
    return urumqi


def issued(farm: TankFarm, **more: Any) -> Statement:
    farm.now = max(farm.now, farm.now.replace(month=7, day=2))
    return issue_statement(
        **{
            "site": farm.site,
            "airline": farm.airline,
            **JUNE,
            "actor": farm.supervisor,
            "at": farm.tick(),
            "request_key": uuid4(),
            **more,
        }
    )


@pytest.mark.django_db
def test_f9_through_the_operations(farm: TankFarm) -> None:
    expected = figures("fuel", "F9")["out"]
    f9(farm)
    ticket = farm.matched("T-1", mass_kg="54321")
    statement = issued(farm)
    charge = Charge.objects.get()
    assert (str(charge.unit_price), str(charge.net_amount)) == (expected["unit_price_usd_t"], expected["amount_usd"])
    assert (str(charge.amount_cny), str(charge.duty_paid_cny)) == (expected["amount_cny"], expected["duty_paid_cny"])
    assert str(charge.saving_cny) == expected["saving_foreign_carrier_cny"]
    content = content_of(statement)
    assert str(content.totals.saving_percent) == expected["saving_percent"]
    assert str(content.closing) == expected["amount_usd"]
    # 5 CNY a kilogram; synthetic rates: duty 9 %, consumption tax 0.5 CNY/kg, VAT 13 %.
    saving = content.totals.saving
    assert saving.duty_cny == Decimal("24444.45")
    assert saving.consumption_tax_cny == Decimal("27160.50")
    assert saving.total_cny == saving.duty_cny + saving.consumption_tax_cny + saving.vat_cny + saving.price_cny
    ticket = ticket.__class__.objects.get(pk=ticket.pk)
    assert ticket.state == TicketState.INVOICED
    assert statement.sha256 == seal_of(content_of(Statement.objects.get()))


@pytest.mark.django_db
def test_a_chinese_carrier_pays_the_vat(farm: TankFarm) -> None:
    chinese = airline("C1", country="CN")
    f9(farm)
    contract(farm, number="FC-2", airline=chinese)
    farm.matched("T-1", mass_kg="54321", airline=chinese)
    content = content_of(issued(farm, airline=chinese))
    assert content.totals.vat_amount == Decimal("5532.87")  # 13 % of 42,560.50
    assert content.totals.saving.vat_cny == 0


@pytest.mark.django_db
def test_what_a_price_lacks_is_named_once_with_its_figure(farm: TankFarm) -> None:
    tickets = [farm.matched(f"T-{number}") for number in range(2)]

    def refused() -> str:
        with pytest.raises(NotAsRequired) as raised:
            issued(farm)
        (error,) = raised.value.errors
        return str(error.message)

    assert refused() == "Q1 has no contract at URC on 2026-06-01."
    made = contract(farm)
    assert "has no duty-paid price" in refused()
    duty_paid(farm)
    assert "no exchange rate for USD" in refused()
    ExchangeRate.objects.create(currency="USD", valid_from_date=date(2026, 6, 1), cny_per_unit=7)
    assert "MOPS-JET has no quote" in refused()
    quote(date(2026, 5, 29), "92.37")
    assert issued(farm).lines.count() == len(tickets)
    assert made.charges.count() == len(tickets)


@pytest.mark.django_db
def test_nothing_is_charged_twice_and_an_empty_period_is_refused(farm: TankFarm) -> None:
    f9(farm)
    farm.matched("T-1")
    key = uuid4()
    first = issued(farm, request_key=key)
    assert issued(farm, request_key=key) == first
    with pytest.raises(NothingToBill):
        issued(farm)
    farm.now = farm.now.replace(month=6, day=20)
    quote(date(2026, 6, 19), "92.37")
    farm.matched("T-2")
    late = issued(farm)
    assert (late.opening, late.lines.count()) == (first.closing, 1)


@pytest.mark.django_db
def test_a_period_that_is_not_over_and_a_stranger_are_refused(farm: TankFarm) -> None:
    f9(farm)
    farm.matched("T-1")
    with pytest.raises(NotAsRequired, match="is not over yet"):
        issue_statement(
            site=farm.site, airline=farm.airline, **JUNE, actor=farm.supervisor, at=farm.now, request_key=uuid4()
        )
    with pytest.raises(NotAllowed):
        issued(farm, actor=farm.operator)


@pytest.mark.django_db
def test_fuel_that_came_back_is_credited_at_its_own_price(farm: TankFarm) -> None:
    f9(farm)
    ticket = farm.matched("T-1", mass_kg="54321")
    farm.defuelled(ticket, "4321")
    statement = issued(farm)
    kinds = list(Charge.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["uplift", "defuel"]
    assert statement.mass_kg == 50000
    assert statement.closing == Decimal("42560.50") - Decimal("3385.50")  # 783.50 × 4.321


@pytest.mark.django_db
def test_a_correction_stands_beside_its_original_when_issued_again(farm: TankFarm) -> None:
    f9(farm)
    ticket = farm.matched("T-1", mass_kg="54321")
    farm.matched("T-2", mass_kg="8000")
    original = issued(farm)
    reclassify_ticket(
        ticket=ticket, destination=airport("CGO", "CN"), actor=farm.officer, at=farm.tick(), reason="Ended there"
    )
    assert Charge.objects.count() == 4
    again = reissue_statement(statement=original, actor=farm.supervisor, at=farm.tick(), reason="Flight was domestic")
    lines = list(content_of(again).lines)
    assert [(line.kind, line.corrects_row) for line in lines] == [
        ("uplift", None),
        ("credit", 1),
        ("rebill", 1),
        ("uplift", None),
    ]
    assert lines[0].total_amount + lines[1].total_amount == 0
    assert (lines[2].customs_status, lines[2].saving.duty_cny) == ("duty_paid", 0)
    assert lines[2].unit_price == Decimal("1044.12")  # 7,450 / 7.1352, which has the fee in it
    assert lines[2].saving.total_cny == 0
    assert again.supersedes_id == original.pk
    assert Statement.objects.get(pk=original.pk).state == "superseded"
    with pytest.raises(WrongState):
        reissue_statement(statement=original, actor=farm.supervisor, at=farm.tick(), reason="again")
    with pytest.raises(NothingToBill):
        reissue_statement(statement=again, actor=farm.supervisor, at=farm.tick(), reason="again")


@pytest.mark.django_db
def test_a_charge_is_credited_once(farm: TankFarm) -> None:
    f9(farm)
    farm.matched("T-1")
    issued(farm)
    charge = Charge.objects.get()
    credit_and_rebill(charge=charge, reason="Wrong", actor=farm.supervisor, at=farm.tick(), is_rebilled=False)
    with pytest.raises(AlreadyCredited):
        credit_and_rebill(charge=charge, reason="Wrong", actor=farm.supervisor, at=farm.tick())
    following = issued(farm)
    assert following.closing == 0
    assert [line.corrects_statement for line in content_of(following).lines] == [
        Statement.objects.order_by("pk")[0].number
    ]


@pytest.mark.django_db
def test_payments_settle_the_oldest_first(farm: TankFarm) -> None:
    f9(farm)
    farm.matched("T-1", mass_kg="54321")
    farm.now = farm.now.replace(month=6, day=21)
    given = {"site": farm.site, "airline": farm.airline, "currency": "USD", "actor": farm.supervisor, "at": farm.now}
    record_payment(**given, received_date=date(2026, 6, 20), amount=Decimal("40000"), reference="B-1")
    with pytest.raises(contracts.PaymentKnown):
        record_payment(**given, received_date=date(2026, 6, 20), amount=Decimal("40000"), reference="B-1")
    content = content_of(issued(farm))
    assert content.closing == Decimal("2560.50")
    assert content.ageing.not_due == Decimal("2560.50")
    later = content_of(issued_in_september(farm))
    assert later.ageing.to_90_days == Decimal("2560.50")


def issued_in_september(farm: TankFarm) -> Statement:
    farm.now = farm.now.replace(month=9, day=10)
    farm.matched("T-9", mass_kg="8000")
    farm.now = farm.now.replace(month=10, day=2)
    quote(date(2026, 9, 9), "92.37")
    return issue_statement(
        site=farm.site,
        airline=farm.airline,
        from_date=date(2026, 9, 1),
        through_date=date(2026, 9, 15),
        actor=farm.supervisor,
        at=farm.now,
        request_key=uuid4(),
    )


@pytest.mark.django_db
def test_contracts_of_one_airline_do_not_overlap(farm: TankFarm) -> None:
    contract(farm, valid_to_date=date(2026, 6, 30))
    contract(farm, number="FC-2", valid_from_date=date(2026, 7, 1))
    with pytest.raises(ContractsOverlap, match="FC-1") as refused:
        contract(farm, number="FC-3", valid_from_date=date(2026, 6, 30), valid_to_date=date(2026, 6, 30))
    assert refused.value.errors[0].field == "valid_from_date"
    row = FuelContract.objects.get(number="FC-2")
    row.pk, row.number = None, "FC-4"
    with pytest.raises(DatabaseError, match="fuel_contract_one_at_a_time"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    ("averaging", "lag", "first", "last"),
    [
        ("day_before", 0, date(2026, 6, 8), date(2026, 6, 17)),
        ("week_before", 0, date(2026, 6, 8), date(2026, 6, 14)),
        ("week_before", 4, date(2026, 6, 1), date(2026, 6, 7)),
        ("month_before", 0, date(2026, 5, 1), date(2026, 5, 31)),
        ("month", 0, date(2026, 6, 1), date(2026, 6, 30)),
    ],
)
def test_the_averaging_period_of_a_day(averaging: str, lag: int, first: date, last: date) -> None:
    made = FuelContract(averaging=averaging, publication_lag_days=lag)
    assert averaging_period(made, date(2026, 6, 18)) == (first, last)


@pytest.mark.django_db
def test_an_average_is_made_of_the_quotes_of_its_period(farm: TankFarm) -> None:
    f9(farm)
    made = FuelContract.objects.get()
    made.averaging = "week_before"
    open_contract(contract=made, actor=farm.supervisor, at=farm.tick())
    for day, price in ((25, "90.00"), (26, "91.00"), (27, "91.50")):
        quote(date(2026, 5, day), price)
    farm.matched("T-1")
    issued(farm)
    charge = Charge.objects.get()
    assert charge.index_price == Decimal("91.218")  # with 92.37 of the 29th
    assert charge.price_basis == "MOPS-JET 2026-05-25..2026-05-29 ⌀4"


@pytest.mark.django_db
def test_quotes_with_wrong_cells_are_refused_whole() -> None:
    price_index()
    rows = [
        {"index": "MOPS-JET", "quoted_date": "2026-06-01", "price": "90", "source": ""},
        {"index": "NOWHERE", "quoted_date": "2026-06-31", "price": "cheap", "source": ""},
    ]
    with pytest.raises(RowsRefused) as refused:
        contracts.publish_quotes(rows=rows, actor=None, at=AT)
    assert {(error.row, error.field) for error in refused.value.errors} == {
        (1, "index"),
        (1, "quoted_date"),
        (1, "price"),
    }


@pytest.mark.django_db
def test_charges_and_lines_are_never_changed(farm: TankFarm, hands_of_the_owner: None) -> None:
    f9(farm)
    farm.matched("T-1")
    issued(farm)
    for table in ("fuel_charge", "fuel_statementline"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "closing = closing - 1, opening = opening - 1",
        "frozen = '{}'",
        "sha256 = ''",
        "number = 'STM-1'",
        "state = 'superseded', remark = 'Never mind'",
    ],
)
def test_an_issued_statement_is_changed_by_nobody(farm: TankFarm, change: str) -> None:
    f9(farm)
    farm.matched("T-1")
    statement = issued(farm)
    with (
        pytest.raises(DatabaseError, match=f"{statement.number} is issued"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE fuel_statement SET {change}")  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute("UPDATE fuel_statement SET state = 'superseded'")
    with (
        pytest.raises(DatabaseError, match=f"{statement.number} is issued"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE fuel_statement SET state = 'issued'")


@pytest.mark.django_db
def test_an_issued_statement_is_removed_by_nobody(farm: TankFarm, hands_of_the_owner: None) -> None:
    f9(farm)
    farm.matched("T-1")
    issued(farm)
    with (
        pytest.raises(DatabaseError, match="never removed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM fuel_statement")


@pytest.mark.django_db
def test_three_tickets_take_as_many_queries_as_one(farm: TankFarm) -> None:
    f9(farm)
    counts = []
    for month in (6, 7):
        farm.now = farm.now.replace(month=month, day=5)
        quote(date(2026, month, 4), "92.37")
        for number in range(1 if month == 6 else 3):
            farm.matched(f"T-{month}{number}")
        farm.now = farm.now.replace(month=month + 1, day=2)
        with CaptureQueriesContext(connection) as captured:
            issue_statement(
                site=farm.site,
                airline=farm.airline,
                from_date=date(2026, month, 1),
                through_date=date(2026, month, 28),
                actor=farm.supervisor,
                at=farm.tick(),
                request_key=uuid4(),
            )
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_issued_from_two_desks_at_once_a_ticket_is_charged_once() -> None:
    fuel_tariff()
    farm = tank_farm()
    farm.released("100000")
    f9(farm)
    farm.matched("T-1")
    farm.now = farm.now.replace(month=7, day=2)
    together = Barrier(2)

    def issue(_number: int) -> Any:
        try:
            together.wait(timeout=20)
            return issue_statement(
                site=farm.site, airline=farm.airline, **JUNE, actor=farm.supervisor, at=farm.now, request_key=uuid4()
            )
        except RuleBroken as broken:
            return broken
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(issue, range(2)))
    assert sum(isinstance(one, NothingToBill) for one in outcomes) == 1
    assert Charge.objects.count() == 1
