"""Functions and triggers of the database are those of the code, whatever an earlier version left behind."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from registry.database.guards import make_guards_anew
from registry.history import APPEND_ONLY, NEVER_REMOVED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hands_of_the_owner")]

# As they stood in earlier versions, and as somebody may have changed them by hand.
LEFT_BEHIND = [
    "CREATE FUNCTION ledger_post_single(p_key text) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
    "CREATE FUNCTION ledger_refuse_removal() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
    "CREATE TRIGGER ledger_balance_remains BEFORE DELETE ON ledger_balance EXECUTE FUNCTION ledger_refuse_removal()",
    # The same name with other arguments: two functions that a call could mean.
    "CREATE FUNCTION ledger_share(p_whole numeric, p_taken numeric) RETURNS numeric LANGUAGE sql AS 'SELECT p_whole'",
    "CREATE OR REPLACE FUNCTION registry_refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "DROP TRIGGER append_only_rows ON ledger_entry",
    "ALTER TABLE ledger_entry DISABLE TRIGGER USER",
]


def guards() -> list[tuple[str, ...]]:
    """Every function and trigger of the database, as PostgreSQL would write them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'function', pg_get_functiondef(p.oid), '', '' FROM pg_proc p"
            " WHERE p.pronamespace = 'public'::regnamespace AND p.prokind IN ('f', 'p')"
            " UNION ALL SELECT 'trigger', pg_get_triggerdef(t.oid), t.tgenabled::text, c.relname FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal"
            " ORDER BY 1, 2"
        )
        return cursor.fetchall()


def test_an_upgraded_database_has_exactly_the_functions_and_triggers_of_a_new_one() -> None:
    new = guards()
    with connection.cursor() as cursor:
        for statement in LEFT_BEHIND:
            cursor.execute(statement)
    assert guards() != new
    make_guards_anew()
    assert guards() == new


def test_no_migration_makes_functions_or_triggers_of_its_own() -> None:
    ours = [Path(config.path) for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR]
    for migration in [file for app in ours for file in app.glob("migrations/*.py")]:
        written = migration.read_text()
        assert "CREATE FUNCTION" not in written, migration
        assert "CREATE TRIGGER" not in written, migration


def test_what_an_operator_made_is_left_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE FUNCTION monitoring_lag() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        make_guards_anew()
        cursor.execute("SELECT monitoring_lag()")
        assert cursor.fetchone() == (1,)


def test_every_table_that_declares_it_refuses_what_it_declares() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        found = set(cursor.fetchall())
    for model in APPEND_ONLY:
        assert {("append_only_rows", model._meta.db_table), ("append_only_table", model._meta.db_table)} <= found
    for model in NEVER_REMOVED:
        assert ("never_removed", model._meta.db_table) in found
