"""What all loadings share: reading cells, collecting what is wrong with them, and writing rows in bulk."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from registry.errors import FieldError, RuleBroken
from registry.models import User
from registry.operations.register import errors_of
from registry.rules import require_may_keep

ROWS_AT_ONCE = 2000
MOST_TOLD = 200
# Beyond these a year is a slip of the pen, and near the ends of the calendar a moment has no other clock.
FIRST_YEAR, LAST_YEAR = 1900, 2200
_DAYS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})",
        r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
    )
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows were new, how many differed from the register, and how many it already held."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


class RowsRefused(RuleBroken):
    """Cells of the file cannot be accepted; nothing of it was written. The first of them are told."""

    code = "rows-refused"

    def __init__(self, errors: Sequence[FieldError]) -> None:
        rows = len({error.row for error in errors})
        self.left_out = max(len(errors) - MOST_TOLD, 0)
        message = ngettext(
            "%(rows)s row cannot be accepted; nothing was loaded.",
            "%(rows)s rows cannot be accepted; nothing was loaded.",
            rows,
        )
        words: dict[str, Any] = {"rows": rows, "told": MOST_TOLD}
        text = message % words
        if self.left_out:
            text += " " + _("Only the first %(told)s wrong cells are told.") % words
        super().__init__(text, errors=errors[:MOST_TOLD])


class Cells:
    """The cells of one row; what is wrong with them is collected, so that one look at a file tells all.

    A cell that is empty or wrong gives None, also where the row needs a figure: the row is refused then.
    """

    def __init__(self, row: int, cells: Mapping[str, str], errors: list[FieldError]) -> None:
        self.row = row
        self._cells = cells
        self._errors = errors
        self.is_refused = False

    def refuse(self, column: str, message: str) -> None:
        self.is_refused = True
        figure = self._cells.get(column) or None
        self._errors.append(FieldError(message, field=column, row=self.row, figure=figure))

    def text(self, column: str, *, default: str = "") -> str:
        return self._cells.get(column, "") or default

    def number(self, column: str, *, default: Decimal | None = None) -> Any:
        cell = self.text(column)
        if not cell:
            return default
        try:
            value = Decimal(cell)
        except InvalidOperation:
            value = Decimal("NaN")
        if value.is_finite():
            return value
        self.refuse(column, _("“%(figure)s” is not a number. Write digits and a point.") % {"figure": cell})
        return default

    def whole_number(self, column: str) -> Any:
        cell = self.text(column)
        if not cell or cell.isdecimal():
            return int(cell) if cell else None
        self.refuse(column, _("“%(figure)s” is not a whole number.") % {"figure": cell})
        return None

    def day(self, column: str) -> Any:
        cell = self.text(column)
        day = day_of(cell)
        if cell and day is None:
            message = _("“%(figure)s” is not a date. Write it as 2026-11-23, 2026/11/23 or 23.11.2026.")
            self.refuse(column, message % {"figure": cell})
        return day

    def yes(self, column: str) -> bool:
        cell = self.text(column).lower()
        if cell not in {"", "yes", "no", "true", "false", "1", "0"}:
            self.refuse(column, _("“%(figure)s” is neither yes nor no.") % {"figure": cell})
        return cell in {"yes", "true", "1"}

    def one_of(self, column: str, known: Mapping[str, Any]) -> Any:
        """What the code in the cell stands for; None when the cell is empty."""
        cell = self.text(column)
        if not cell or cell in known:
            return known[cell] if cell else None
        self.refuse(column, _("There is nothing with the code “%(figure)s” in the register.") % {"figure": cell})
        return None

    def the_one_of(self, column: str, known: Mapping[str, Any]) -> Any:
        """What the code in the cell stands for; the cell may not be empty."""
        if not self.text(column):
            self.refuse(column, _("This cell is empty. Write a code of the register."))
        return self.one_of(column, known)


def day_of(text: str) -> date | None:
    """The day that is written as ISO 8601 has it, or as spreadsheets of the region show it; None when it is none.

    2026-11-23, 2026/11/23, 2026年11月23日 and 23.11.2026 are one day. What begins with a day and slashes is none of
    them: countries differ on what comes first.
    """
    found = next((match for one in _DAYS if (match := one.fullmatch(text.strip()))), None)
    try:
        day = date(*(int(found[part]) for part in ("year", "month", "day"))) if found else None
    except ValueError:
        return None
    return day if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR else None


def moment_of(text: str) -> datetime | None:
    """The moment that is written as a day, as `day_of` reads it, and a time; aware where an offset is written."""
    written, _gap, clock = text.strip().replace("T", " ").partition(" ")
    day = day_of(written)
    try:
        return datetime.combine(day, time.fromisoformat(clock.strip() or "00:00")) if day else None
    except ValueError:
        return None


def refuse_if_any(errors: Sequence[FieldError]) -> None:
    if errors:
        raise RowsRefused(sorted(errors, key=lambda error: error.row or 0))


def enter_rows(
    rows: Sequence[Any],
    *,
    key: Sequence[str],
    fields: Sequence[str],
    actor: User | None,
    at: datetime,
    reason: str,
    errors: Sequence[FieldError] = (),
) -> Loaded:
    """Write rows of one model in a few statements: add the new, change the different, leave the same.

    Args:
        rows: unsaved rows, one per row of the file and in its order.
        key: attributes by which a row is known in the register.
        fields: attributes that the file decides about.
        errors: what reading the cells has found wrong.
    Raises:
        NotAllowed: every organisation goes by such rows, and the actor is no administrator of the zone.
        RowsRefused: for `errors`, a key that the file repeats, or a figure that cannot stand in the register.
    """
    if not rows:
        refuse_if_any(errors)
        return Loaded()
    model = type(rows[0])
    require_may_keep(actor, model)
    known = {_key_of(row, key): row for row in model._base_manager.all()}
    added, changed = {}, {}
    for number, row in enumerate(rows):
        present = known.get(_key_of(row, key))
        if present is None:
            added[number] = row
        elif any(getattr(present, name) != getattr(row, name) for name in fields):
            for name in fields:
                setattr(present, name, getattr(row, name))
            changed[number] = present
    written = added | changed
    found = [*errors, *_repeated(rows, key), *_unfit(written, errors)]
    if found:
        refuse_if_any([*found, *_breaking_constraints(written, key, found)])
    try:
        with transaction.atomic():
            _write(model, list(added.values()), list(changed.values()), fields, actor=actor, at=at, reason=reason)
    except IntegrityError:
        meanwhile = {_key_of(row, key) for row in model._base_manager.all()}
        if any(_key_of(row, key) in meanwhile for row in added.values()):
            # Somebody entered some of these rows at this moment; now they are known.
            return enter_rows(rows, key=key, fields=fields, actor=actor, at=at, reason=reason, errors=errors)
        # Asking about every constraint of every row is slow, so it is done only where one is known to be broken.
        refuse_if_any(_breaking_constraints(written, key, []))
        raise
    return Loaded(added=len(added), changed=len(changed), unchanged=len(rows) - len(written))


def _key_of(row: models.Model, key: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in key)


def _repeated(rows: Sequence[models.Model], key: Sequence[str]) -> list[FieldError]:
    first: dict[tuple[Any, ...], int] = {}
    errors = []
    for number, row in enumerate(rows):
        earlier = first.setdefault(_key_of(row, key), number)
        if earlier != number:
            message = _("This row repeats row %(earlier)s.") % {"earlier": earlier + 1}
            errors.append(FieldError(message, field=key[-1], row=number, figure=str(getattr(row, key[-1]))))
    return errors


def _unfit(rows: Mapping[int, models.Model], known: Sequence[FieldError]) -> list[FieldError]:
    """Figures that cannot stand in the register, except in cells that are known to be wrong already."""
    errors: list[FieldError] = []
    wrong: dict[int | None, set[str]] = defaultdict(set)
    for error in known:
        wrong[error.row].add(error.field)
    for number, row in rows.items():
        relations = {field.name for field in row._meta.concrete_fields if field.is_relation}
        known_wrong = wrong.get(number, set())
        try:
            row.clean_fields(exclude=relations | known_wrong)
            if not known_wrong:
                row.clean()
        except ValidationError as refused:
            errors += errors_of(refused, row, number=number)
    return errors


def _breaking_constraints(
    rows: Mapping[int, models.Model], key: Sequence[str], known: Sequence[FieldError]
) -> list[FieldError]:
    """What the database would refuse, except in rows that are known to be wrong already.

    The database is asked about each row, so it is asked only until so many are wrong as are told.
    """
    errors: list[FieldError] = []
    known_wrong = {error.row for error in known}
    for number, row in rows.items():
        if number in known_wrong:
            continue
        if len(known) + len(errors) >= MOST_TOLD:
            break
        try:
            # The key itself was compared with every other one already.
            row.validate_unique(exclude=set(key))
            row.validate_constraints()
        except ValidationError as refused:
            errors += errors_of(refused, row, number=number)
    return errors


def _write(
    model: type[Any],
    added: list[Any],
    changed: list[Any],
    fields: Sequence[str],
    *,
    actor: User | None,
    at: datetime,
    reason: str,
) -> None:
    if not hasattr(model, "history"):
        model._base_manager.bulk_create(added, batch_size=ROWS_AT_ONCE)
        if changed:
            model._base_manager.bulk_update(changed, fields, batch_size=ROWS_AT_ONCE)
        return
    told: dict[str, Any] = {"default_user": actor, "default_date": at, "default_change_reason": reason}
    if added:
        bulk_create_with_history(added, model, batch_size=ROWS_AT_ONCE, **told)
    if changed:
        bulk_update_with_history(changed, model, fields, batch_size=ROWS_AT_ONCE, **told)
