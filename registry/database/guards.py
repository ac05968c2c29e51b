"""Functions and triggers of the database: made anew from the code at each ``migrate``, whatever was there before.

They stand in the ``sql`` folders of the apps, and, for tables that all refuse the same, in the lists of
``registry.history`` and ``registry.frozen``. No migration makes them, so that a database that was upgraded has exactly
those of a new one.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import connection, transaction

from registry.frozen import FROZEN
from registry.history import APPEND_ONLY, NEVER_REMOVED

# Made by Bondbook are those named for one of its apps; an extension's, or an operator's own, are left alone.
_MADE_BEFORE = """
SELECT p.oid, p.oid::regprocedure::text
FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace AND p.proname ~ %s
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""
_TRIGGERS_BEFORE = """
SELECT t.tgname, t.tgrelid::regclass::text FROM pg_trigger t
WHERE t.tgfoid = ANY (%s) AND NOT t.tgisinternal AND t.tgparentid = 0
ORDER BY 2, 1
"""


@transaction.atomic
def make_guards_anew() -> None:
    """Drop every function and trigger that Bondbook made in this database, and make those of the code.

    At no moment is the database seen without them. The tables have to be those of the code, and theirs to be the role.
    """
    named = f"^({'|'.join(config.label for config in apps.get_app_configs() if _sql_of(config.path))})_"
    with connection.cursor() as cursor:
        cursor.execute(_MADE_BEFORE, [named])
        functions = cursor.fetchall()
        cursor.execute(_TRIGGERS_BEFORE, [[oid for oid, _ in functions]])
        dropped = [f"DROP TRIGGER {name} ON {table}" for name, table in cursor.fetchall()]
        if functions:
            dropped.append(f"DROP ROUTINE {', '.join(signature for _, signature in functions)}")
        for statement in (*dropped, *_scripts(), *_refusals()):
            cursor.execute(statement)
        # As at a commit, so that what is wrong with them is said here.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def fingerprint() -> str:
    """What tells whether `migrate` would make other guards, or grant other rights, than before."""
    made = hashlib.sha256()
    for statement in (*_scripts(), *_refusals()):
        made.update(statement.encode())
    for module in sorted(Path(__file__).parent.glob("*.py")):
        made.update(module.read_bytes())
    return made.hexdigest()


def _sql_of(app: str) -> list[Path]:
    return sorted((Path(app) / "sql").glob("*.sql"))


def _scripts() -> Iterator[str]:
    # In the order of the settings: lower apps first, upon which the upper ones may call.
    for config in apps.get_app_configs():
        for script in _sql_of(config.path):
            yield script.read_text()


def _refusals() -> Iterator[str]:
    """Plain triggers, because those of django-pgtrigger can be switched off by a setting of the session."""
    for model in APPEND_ONLY:
        table = model._meta.db_table
        yield (
            f"CREATE TRIGGER append_only_rows BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION registry_refuse_change()"
        )
        # Row triggers do not fire on TRUNCATE, so it needs one of its own.
        yield (
            f"CREATE TRIGGER append_only_table BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION registry_refuse_change()"
        )
    for figures in FROZEN:
        yield from figures.triggers()
    for model in NEVER_REMOVED:
        yield (
            f"CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON {model._meta.db_table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION registry_refuse_removal()"
        )
