"""Two roles of the database: one owns the tables and migrates; the application's can only read and write rows.

Whoever owns a table can switch its guards off, drop or empty it. So the application's role owns nothing, and what no
operation ever does it may not do either: it has no right to it, beside the triggers that would refuse it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import environ
from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from registry.history import APPEND_ONLY, NEVER_REMOVED


@contextmanager
def as_owner() -> Iterator[None]:
    """Be connected as the tables' owner for a while, where DATABASE_OWNER_URL names one; to the same database.

    Not inside a transaction: the connection is closed before and after.
    """
    if not settings.DATABASE_OWNER_URL:
        yield
        return
    owner = environ.Env.db_url_config(settings.DATABASE_OWNER_URL)
    kept: dict[str, Any] = connection.settings_dict
    left_out = {"pool", "assume_role"}
    connection.close()
    connection.settings_dict = kept | {
        "USER": owner["USER"],
        "PASSWORD": owner["PASSWORD"],
        "OPTIONS": {
            **{name: value for name, value in kept["OPTIONS"].items() if name not in left_out},
            "patience": settings.PATIENCE_OF_OWNER,
        },
    }
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = kept


@transaction.atomic
def grant_to_application(role: str) -> None:
    """Let the role read and write rows of every table as operations do, and nothing beyond.

    Rows of append-only tables it adds and reads; rows that are never removed it does not delete; which migrations
    were applied it only reads. It makes no tables, functions or temporary tables, and empties none.
    """
    words = {"role": sql.Identifier(role), "database": sql.Identifier(connection.settings_dict["NAME"])}
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC;"
                "REVOKE CREATE ON SCHEMA public FROM PUBLIC;"
                "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role};"
                "GRANT CONNECT ON DATABASE {database} TO {role};"
                "GRANT USAGE ON SCHEMA public TO {role};"
                "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};"
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};"
                "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role};"
            ).format(**words)
        )
        cursor.execute(_revoked("UPDATE, DELETE", APPEND_ONLY, words))
        cursor.execute(_revoked("DELETE", NEVER_REMOVED, words))


def _revoked(rights: str, models: list[Any], words: dict[str, sql.Identifier]) -> sql.Composed:
    tables = sql.SQL(", ").join(sql.Identifier(model._meta.db_table) for model in models)
    return sql.SQL("REVOKE " + rights + " ON {tables} FROM {role}").format(tables=tables, role=words["role"])
