"""Whatever is changed behind the ledger's back is named, and the application's own role can change hardly anything."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from ledger.operations import close_period, reverse
from ledger.verification import Difference, verify
from registry.models import Zone
from tests.conftest import AS_OWNER
from tests.ledger.conftest import NOON, Yard

TABLES = ["ledger_lot", "ledger_transaction", "ledger_entry", "ledger_period", "ledger_closing"]


@pytest.fixture
def kept(yard: Yard) -> Yard:
    """A yard with a lot admitted, moved, sold, a reversal and a closed period; everything in every table."""
    lot = yard.lot()
    yard.admit(lot)
    moved = yard.post(yard.posting(lot, yard.account("A-01"), yard.account("A-02"), "30"))[0]
    close_period(site_id=yard.site.pk, through=NOON.date(), actor_id=None, at=NOON + timedelta(days=9))
    yard.post(yard.posting(lot, yard.account("A-01"), yard.account("DOMESTIC"), "20", at=NOON + timedelta(days=1)))
    reverse(
        transaction_ids=[moved.transaction_id], actor_id=None, occurred_at=NOON + timedelta(days=2), reason="wrong bin",
        idempotency_key="undo",
    )  # fmt: skip
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    return yard


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def behind_its_back(table: str, statement: str) -> None:
    """Do what only the tables' owner can: switch the guards off, change, and switch them on again."""
    execute(
        AS_OWNER,
        f"ALTER TABLE {table} DISABLE TRIGGER USER",
        statement,
        f"ALTER TABLE {table} ENABLE TRIGGER USER",
    )


def differing() -> set[tuple[str, tuple[str, ...]]]:
    return {(row.table, tuple(figure.name for figure in row.figures)) for row in verify()}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET zone_id = zone_id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_posted_rows_can_be_neither_changed_nor_removed(
    kept: Yard, hands_of_the_owner: None, table: str, statement: str
) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        execute(statement.format(table))


@pytest.mark.parametrize("table", ["ledger_balance", "ledger_movement"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_accounts_are_never_removed(kept: Yard, hands_of_the_owner: None, table: str, statement: str) -> None:
    with pytest.raises(DatabaseError, match="never removed"), transaction.atomic():
        execute(statement.format(table))


def test_balance_below_zero_is_refused_by_the_table(kept: Yard) -> None:
    with pytest.raises(DatabaseError, match="ledger_balance_floor"), transaction.atomic():
        execute("UPDATE ledger_balance SET quantity = -1")


def test_entries_that_create_something_are_refused_by_the_table(kept: Yard) -> None:
    with pytest.raises(DatabaseError, match="does not balance"), transaction.atomic():
        execute(
            AS_OWNER,
            "CREATE TEMPORARY TABLE one ON COMMIT DROP AS SELECT * FROM ledger_entry LIMIT 1",
            "UPDATE one SET line = 99",
            "INSERT INTO ledger_entry SELECT * FROM one",
        )


def test_ledger_that_only_operations_wrote_differs_in_nothing(kept: Yard) -> None:
    assert list(verify()) == []
    output = StringIO()
    call_command("verify_ledger", zone=kept.zone.code, stdout=output)
    assert output.getvalue() == "Nothing differs.\n"


@pytest.mark.parametrize(
    ("table", "statement", "expected"),
    [
        (
            "ledger_balance",
            "UPDATE ledger_balance SET quantity = quantity + 1, vat_cny = vat_cny + 1 WHERE quantity > 0",
            {("ledger_balance", ("quantity", "vat_cny"))},
        ),
        (
            "ledger_balance",
            "UPDATE ledger_balance SET last_occurred_at = last_occurred_at - interval '1 hour' WHERE quantity > 0",
            {("ledger_balance", ("last_occurred_at",))},
        ),
        (
            "ledger_balance",
            "DELETE FROM ledger_balance WHERE quantity > 0",
            {
                (
                    "ledger_balance",
                    ("quantity", "net_mass_kg", "customs_value_cny", "duty_cny", "vat_cny", "last_occurred_at"),
                )
            },
        ),
        (
            "ledger_movement",
            "UPDATE ledger_movement SET lowest_quantity = lowest_quantity - 1",
            {("ledger_movement", ("lowest_quantity",))},
        ),
        (
            "ledger_movement",
            "UPDATE ledger_movement SET customs_date = '2020-01-01' WHERE quantity = -20",
            {("ledger_movement", ("quantity", "net_mass_kg", "customs_value_cny", "duty_cny", "vat_cny",
                "lowest_quantity"))},
        ),
        (
            "ledger_closing",
            "UPDATE ledger_closing SET duty_cny = duty_cny + 0.01",
            {("ledger_closing", ("duty_cny",))},
        ),
        (
            "ledger_closing",
            "DELETE FROM ledger_closing WHERE quantity = 30",
            {("ledger_closing", ("quantity", "net_mass_kg", "customs_value_cny", "duty_cny", "vat_cny"))},
        ),
        (
            "ledger_transaction",
            "UPDATE ledger_transaction SET reason = 'another' WHERE reversal_of IS NOT NULL",
            {("ledger_transaction", ("leaf_hash",))},
        ),
        (
            "ledger_transaction",
            "UPDATE ledger_transaction SET customs_date = customs_date + 1 WHERE kind = 'admitted'",
            {("ledger_transaction", ("customs_date",))},
        ),
        (
            "ledger_transaction",
            "DELETE FROM ledger_transaction WHERE kind = 'admitted'",
            {("ledger_entry", ("transaction",))},
        ),
        (
            "ledger_entry",
            "UPDATE ledger_entry SET recorded_at = recorded_at - interval '1 hour' WHERE quantity = -20",
            {("ledger_entry", ("recorded_at",))},
        ),
        (
            "ledger_entry",
            "UPDATE ledger_entry SET customs_value_cny = customs_value_cny + 1 WHERE quantity = 20",
            {("ledger_entry", ("customs_value_cny",)), ("ledger_transaction", ("leaf_hash",))},
        ),
    ],
)  # fmt: skip
def test_what_was_changed_is_named(
    kept: Yard, table: str, statement: str, expected: set[tuple[str, tuple[str, ...]]]
) -> None:
    behind_its_back(table, statement)
    assert differing() == expected


def test_headers_without_entries_and_entries_of_unknown_lots_and_places_are_named(kept: Yard) -> None:
    behind_its_back("ledger_entry", "DELETE FROM ledger_entry WHERE abs(quantity) = 20")
    assert ("ledger_transaction", ("entries",)) in differing()
    behind_its_back("ledger_entry", "UPDATE ledger_entry SET lot_id = 0, place_id = 0 WHERE abs(quantity) = 100")
    assert ("ledger_entry", ("lot", "place")) in differing()


def test_account_that_was_below_zero_is_named_with_the_moment(kept: Yard) -> None:
    behind_its_back(
        "ledger_entry",
        "UPDATE ledger_entry SET occurred_at = occurred_at + interval '3 days' WHERE abs(quantity) = 100",
    )
    below = [row.figures for row in verify() if row.table == "ledger_entry"]
    assert "-30.00000" in [figure.stored for figures in below for figure in figures if figure.name == "quantity"]


def test_command_says_one_line_per_row_and_fails(kept: Yard) -> None:
    execute("UPDATE ledger_balance SET quantity = 81, vat_cny = 1 WHERE quantity = 80")
    output = StringIO()
    with pytest.raises(SystemExit) as end, translation.override("en"):
        call_command("verify_ledger", stdout=output)
    assert end.value.code == 1
    (line,) = output.getvalue().splitlines()
    assert line.startswith("ledger_balance, lot ")
    assert "quantity is 81.00000 and should be 80.00000; vat_cny is 1.00 and should be 112.32." in line
    with pytest.raises(CommandError):
        call_command("verify_ledger", zone="NOWHERE")


def test_only_the_zone_that_was_asked_for_is_verified(kept: Yard) -> None:
    execute("UPDATE ledger_balance SET quantity = 81 WHERE quantity = 80")
    other = Zone.objects.create(code="OTHER", name="Another zone")
    assert list(verify(zone_id=other.pk)) == []
    (difference,) = verify(zone_id=kept.zone.pk)
    assert isinstance(difference, Difference)
