"""What a decided document says stays: PostgreSQL refuses the application's own role to change or remove it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from bonded.models import SuspenseResolution, Withdrawal
from customs.declarations.operations import accept_declaration, submit_declaration
from customs.models import Declaration
from fuel.billing.manual_charges.operations import approve_manual_charge
from fuel.models import ManualCharge
from registry.frozen import FROZEN, Frozen
from registry.models import User
from tests.customs.build import declaration_number
from tests.standing import standing
from tests.world import World

pytestmark = pytest.mark.django_db


def refused(statement: str, *given: Any) -> bool:
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(statement, given)
        except IntegrityError as error:
            return getattr(error.__cause__, "sqlstate", "") == "23001"
    return False


def decided(figures: Frozen) -> dict[str, Any]:
    """A row of the table, with its document taken on as an operation would have left it."""
    row = figures.model._default_manager.order_by("pk").values().first()
    assert row, figures.model
    with connection.cursor() as cursor:
        if figures.parent is not None:
            table, leads, states = figures.parent
            cursor.execute(f"UPDATE {table} SET state = %s WHERE id = %s", [states.partition(",")[0], row[leads]])  # noqa: S608
        elif "state" in figures.when:
            state = figures.when.partition("'")[2].partition("'")[0]
            cursor.execute(f"UPDATE {figures.model._meta.db_table} SET state = %s WHERE id = %s", [state, row["id"]])  # noqa: S608
    return row


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("figures", FROZEN, ids=lambda one: f"{one.model.__name__}-{one.name}")
def test_figures_of_a_decided_document_are_neither_changed_nor_removed(figures: Frozen) -> None:
    table, row = figures.model._meta.db_table, decided(figures)
    written = [column for column in figures.columns if row[column] is not None]
    assert written
    changed = [one for one in written if not refused(f"UPDATE {table} SET {one} = NULL WHERE id = %s", row["id"])]  # noqa: S608
    assert changed == []
    assert refused(f"DELETE FROM {table} WHERE id = %s", row["id"])  # noqa: S608


@standing
def settled(there: World) -> None:
    """One of everything, a declaration that customs accepted, and a payment on each document that can have one."""
    declaration = Declaration.objects.get()
    at = declaration.prepared_at + timedelta(hours=1)
    operator, officer = there.people["operator"], there.people["customs_officer"]
    declaration = submit_declaration(declaration=declaration, actor=operator, at=at)
    accept_declaration(declaration=declaration, actor=officer, at=at, declaration_number=declaration_number())
    asked = ManualCharge.objects.get()
    approve_manual_charge(manual_charge=asked, actor=there.people["supervisor"], at=asked.prepared_at)
    with connection.cursor() as cursor:
        for table in {one.model._meta.db_table for one in FROZEN if one.name == "paid"}:
            cursor.execute(
                f"UPDATE {table} SET payment_cny = 1, payment_date = '2026-06-01', payment_reference = 'R',"  # noqa: S608
                " payment_key = 'r', payment_recorded_at = now(), payment_recorded_by_id = prepared_by_id"
                " WHERE payment_recorded_at IS NULL"
            )


@pytest.mark.usefixtures("settled")
def test_a_payment_is_corrected_by_another_person_and_of_a_sale_until_the_release() -> None:
    for model, is_free in ((SuspenseResolution, True), (Withdrawal, False)):
        one: Any = model._default_manager.order_by("pk").first()
        table = model._meta.db_table
        other = User.objects.exclude(pk=one.payment_recorded_by_id).earliest("pk").pk
        assert refused(f"UPDATE {table} SET payment_reference = 'CEB 9' WHERE id = %s", one.pk)  # noqa: S608
        assert refused(f"UPDATE {table} SET payment_recorded_by_id = NULL, payment_cny = NULL WHERE id = %s", one.pk)  # noqa: S608
        corrected = f"UPDATE {table} SET payment_reference = 'CEB 9', payment_recorded_by_id = %s WHERE id = %s"  # noqa: S608
        assert refused(corrected, other, one.pk) is not is_free
