"""Change history of documents and master data: kept by django-simple-history, append-only in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction

APPEND_ONLY: list[type[models.Model]] = []
"""Every model whose table refuses UPDATE, DELETE and TRUNCATE; a test holds the database to this list."""

NEVER_REMOVED: list[type[models.Model]] = []
"""Every model whose rows may change and whose table refuses DELETE and TRUNCATE."""


def append_only(model: type[models.Model]) -> type[models.Model]:
    """Declare that the model's rows stay as they were written: ``migrate`` lets PostgreSQL refuse everything else."""
    APPEND_ONLY.append(model)
    return model


def never_removed(model: type[models.Model]) -> type[models.Model]:
    """Declare that rows of the model may change and never go: ``migrate`` lets PostgreSQL refuse that."""
    NEVER_REMOVED.append(model)
    return model


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
    kept: Any = instances[0]._meta.model
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
