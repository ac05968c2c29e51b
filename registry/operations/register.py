"""Entering something into the register: a new row, or a corrected one."""

from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from registry.errors import Conflict, FieldError, RuleBroken
from registry.history import save_as
from registry.models import User
from registry.rules import require_may_keep
from registry.versions import require_as_seen

Row = TypeVar("Row", bound=models.Model)


class NotFitForRegister(RuleBroken):
    """A figure of the row is missing, malformed or already taken."""

    code = "not-fit-for-register"


class EnteredMeanwhile(Conflict):
    """Something that was entered at the same moment leaves no room for the row."""

    code = "entered-meanwhile"


@transaction.atomic
def enter_in_register(
    *, row: Row, actor: User | None, at: datetime, reason: str = "", seen_history_id: int | None = None
) -> Row:
    """Save a new or corrected row of the register, with who, when and why in its history.

    Args:
        row: the row with its new figures, not yet saved.
        actor: None for the system.
        seen_history_id: the latest entry of the row's history that the user had in view; None skips the comparison.
    Raises:
        NotAllowed: every organisation goes by such rows, and the actor is no administrator of the zone.
        NotFitForRegister: naming each field and figure that cannot be accepted.
        ChangedMeanwhile: the row has a later entry than the one in view.
        EnteredMeanwhile: what somebody enters at this moment leaves no room for it.
    """
    require_may_keep(actor, type(row))
    if row.pk is not None and seen_history_id is not None:
        # Locking the row makes a second change wait until the first one's history can be seen.
        type(row)._base_manager.select_for_update(of=("self",)).get(pk=row.pk)
        require_as_seen(row, seen_history_id)
    check_fit(row)
    try:
        with transaction.atomic():
            save_as(row, actor=actor, at=at, reason=reason)
    except IntegrityError as taken:
        # What was free when it was looked at has been taken since; looking again names it.
        check_fit(row)
        raise EnteredMeanwhile(_("Somebody entered something else at this moment. Look again.")) from taken
    return row


def check_fit(row: models.Model, *, exclude: set[str] | None = None, number: int | None = None) -> None:
    """Raise NotFitForRegister when a figure of the row cannot stand in the register.

    Args:
        exclude: fields that are not looked at.
        number: where the row stands in the file or form it came from; 0 is the first.
    """
    try:
        row.full_clean(exclude=exclude)
    except ValidationError as refused:
        errors = list(errors_of(refused, row, number=number))
        raise NotFitForRegister(errors[0].message, errors=errors) from refused


def errors_of(refused: ValidationError, row: models.Model, *, number: int | None = None) -> list[FieldError]:
    """Each message of a validation error with the field and the figure that it is about."""
    by_field: dict[str, list[str]] = refused.message_dict if hasattr(refused, "error_dict") else {"": refused.messages}
    return [
        FieldError(message, field="" if field == "__all__" else field, row=number, figure=_figure_of(row, field))
        for field, messages in by_field.items()
        for message in messages
    ]


def _figure_of(row: models.Model, field: str) -> str | None:
    if field in {"", "__all__"}:
        return None
    known: Any = row._meta.get_field(field)
    value = getattr(row, known.attname, None)
    return None if value is None else str(value)
