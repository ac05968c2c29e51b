"""Change history of documents and master data: kept by django-simple-history, append-only in PostgreSQL."""

from datetime import datetime
from typing import Any

import pgtrigger
from django.db import models


def _refusal(operation: pgtrigger.Operation, name: str, level: Any) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        level=level,
        # Any session may tell pgtrigger to skip a trigger's body (SET pgtrigger.ignore); declarations run before
        # it asks. The function comes with the registry's first migration.
        declare=[("refused", "boolean := refuse_append_only(TG_OP, TG_TABLE_NAME)")],
        func="RETURN NULL;",
    )


APPEND_ONLY_TRIGGERS = (
    _refusal(pgtrigger.Update | pgtrigger.Delete, "append_only_rows", pgtrigger.Row),
    # Row triggers do not fire on TRUNCATE, so it needs one of its own.
    _refusal(pgtrigger.Truncate, "append_only_table", pgtrigger.Statement),
)


def append_only(model: type[models.Model]) -> type[models.Model]:
    """Let PostgreSQL refuse UPDATE, DELETE and TRUNCATE on the model's table."""
    pgtrigger.register(*APPEND_ONLY_TRIGGERS)(model)
    return model


def save_as(instance: Any, *, actor: Any, at: datetime, reason: str = "") -> None:
    """Save a tracked row and write who changed it, when and why into its history."""
    instance._history_user = actor
    instance._history_date = at
    instance._change_reason = reason or None
    instance.save()
