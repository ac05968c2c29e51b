"""Change history of documents and master data: kept by django-simple-history, append-only in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, migrations, models, transaction

APPEND_ONLY: list[type[models.Model]] = []
"""Every model whose table refuses UPDATE, DELETE and TRUNCATE; a test holds the database to this list."""

REFUSE_CHANGE_SQL = """
CREATE FUNCTION registry_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: its rows are append-only', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
COMMENT ON FUNCTION registry_refuse_change IS 'Refuses what would change or remove rows of history and ledger tables.';
"""


def append_only(model: type[models.Model]) -> type[models.Model]:
    """Declare that the model's rows stay as they were written; its migration holds ``keep_append_only``."""
    APPEND_ONLY.append(model)
    return model


def keep_append_only(*tables: str) -> migrations.RunSQL:
    """Let PostgreSQL refuse UPDATE, DELETE and TRUNCATE on the tables.

    Plain triggers, because those of django-pgtrigger can be switched off by a setting of the session.
    """
    forward, backward = [], []
    for table in tables:
        # Row triggers do not fire on TRUNCATE, so it needs one of its own.
        forward.append(
            f"CREATE TRIGGER append_only_rows BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION registry_refuse_change();"
            f"CREATE TRIGGER append_only_table BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION registry_refuse_change();"
        )
        backward.append(f"DROP TRIGGER append_only_rows ON {table}; DROP TRIGGER append_only_table ON {table};")
    return migrations.RunSQL("\n".join(forward), "\n".join(backward))


def save_as(instance: Any, *, actor: Any, at: datetime, reason: str = "") -> None:
    """Save a tracked row and write who changed it, when and why into its history."""
    _tell_history(instance, actor=actor, at=at, reason=reason)
    instance.save()


@transaction.atomic
def create_all_as(instances: Sequence[Any], *, actor: Any, at: datetime) -> None:
    """Save new tracked rows of one model and write who added them and when into their history, all at once."""
    type(instances[0])._default_manager.bulk_create(instances)
    _write_history(instances, "+", actor=actor, at=at, reason="")


@transaction.atomic
def update_all_as(
    instances: Sequence[Any], *, fields: Sequence[str], actor: Any, at: datetime, reason: str = ""
) -> None:
    """Save the named fields of tracked rows of one model and write who changed them into their history, all at once."""
    if not instances:
        return
    rows = type(instances[0])._default_manager
    told = {tuple(getattr(one, name) for name in fields) for one in instances}
    if len(told) == 1:
        rows.filter(pk__in=[one.pk for one in instances]).update(**dict(zip(fields, told.pop(), strict=True)))
    else:
        rows.bulk_update(instances, fields)
    _write_history(instances, "~", actor=actor, at=at, reason=reason)


def note_in_history(instance: Any, *, actor: Any, at: datetime, reason: str) -> None:
    """Write into a tracked row's history what happened beside its own figures."""
    _write_history([instance], "~", actor=actor, at=at, reason=reason)


def _write_history(instances: Sequence[Any], kind: str, *, actor: Any, at: datetime, reason: str) -> None:
    """Copy the rows as they now stand into their history.

    In the database: read back and sent again, each history row would cost more than its row.
    """
    kept: Any = type(instances[0])
    history = kept.history.model
    columns = ", ".join(f'"{field.column}"' for field in history.tracked_fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{history._meta.db_table}"'  # noqa: S608
            f" ({columns}, history_date, history_user_id, history_change_reason, history_type)"
            f" SELECT {columns}, %s, %s, %s, %s"
            f' FROM unnest(%s::bigint[]) WITH ORDINALITY AS given(pk, place) JOIN "{kept._meta.db_table}" ON id = pk'
            " ORDER BY place",
            [at, actor.pk if actor else None, reason or None, kind, [one.pk for one in instances]],
        )


def delete_as(instance: Any, *, actor: Any, at: datetime, reason: str = "") -> None:
    """Delete a tracked row and write who deleted it, when and why into its history."""
    _tell_history(instance, actor=actor, at=at, reason=reason)
    instance.delete()


def _tell_history(instance: Any, *, actor: Any, at: datetime, reason: str) -> None:
    instance._history_user = actor
    instance._history_date = at
    instance._change_reason = reason or None
