"""The application's role reads and writes rows as operations do; it can neither switch a guard off nor get round it."""

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from registry.history import APPEND_ONLY, NEVER_REMOVED

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not settings.DATABASE_ROLE, reason="DATABASE_URL names one role for all"),
]

REFUSED = r"permission denied|must be owner|must be superuser"


def refuses(statement: str, because: str = REFUSED) -> None:
    with pytest.raises(DatabaseError, match=because), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_tests_act_as_the_application() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (settings.DATABASE_ROLE, False, False, False)
        cursor.execute("SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = current_user")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE ledger_entry DISABLE TRIGGER USER",
        "ALTER TABLE fuel_statement DISABLE TRIGGER fuel_statement_stays",
        "ALTER TABLE ledger_balance DROP CONSTRAINT ledger_balance_floor",
        "ALTER TABLE ledger_balance ADD COLUMN more int",
        "DROP TABLE ledger_entry CASCADE",
        "DROP TRIGGER append_only_rows ON ledger_entry",
        "DROP FUNCTION registry_refuse_change CASCADE",
        "CREATE OR REPLACE FUNCTION registry_refuse_change() RETURNS trigger LANGUAGE sql AS ''",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE FUNCTION pg_temp.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "SET session_replication_role = 'replica'",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '9999', now())",
        "DELETE FROM django_migrations",
    ],
)
def test_the_application_changes_no_table_and_no_guard(statement: str) -> None:
    refuses(statement)


def test_the_application_cannot_become_the_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_auth_members WHERE member = current_user::regrole", [])
        assert cursor.fetchone() == (0,)


def test_the_application_empties_no_table() -> None:
    for table in connection.introspection.table_names():
        refuses(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("model", APPEND_ONLY, ids=lambda model: model._meta.db_table)
def test_the_application_has_no_right_to_change_rows_that_only_grow(model: type) -> None:
    table = model._meta.db_table  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_any_column_privilege(%s, 'UPDATE'), has_table_privilege(%s, 'DELETE')", [table, table]
        )
        assert cursor.fetchone() == (False, False)


@pytest.mark.parametrize("model", NEVER_REMOVED, ids=lambda model: model._meta.db_table)
def test_the_application_has_no_right_to_remove_what_is_never_removed(model: type) -> None:
    refuses(f"DELETE FROM {model._meta.db_table}")  # type: ignore[attr-defined]  # noqa: S608
