"""The one shape in which a broken business rule reaches a person or a program."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise

Message = str | Promise


@dataclass(frozen=True, slots=True)
class FieldError:
    """One refused figure: the field, the row it stands in (0 is the first) and the figure itself."""

    message: Message
    field: str = ""
    row: int | None = None
    figure: Decimal | str | None = None


class RuleBroken(Exception):
    """A business rule refused the act; nothing was written.

    Subclasses stand beside the operation that raises them. ``code`` is stable and read by programs,
    ``status`` is the HTTP status of the problem document: 409 for a conflict with the present state,
    422 for a request that can never succeed as it stands.
    """

    code = "rule-broken"
    status = 422

    def __init__(self, message: Message, *, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.errors: tuple[FieldError, ...] = tuple(errors) or (FieldError(message),)

    def __str__(self) -> str:
        return str(self.message)


class NotAReadableFile(RuleBroken):
    """The file cannot be taken for a table with the expected columns."""

    code = "not-a-readable-file"


class NotAllowed(RuleBroken):
    """The user may see the object but not do this to it."""

    code = "not-allowed"
    status = 403


class Conflict(RuleBroken):
    """The object has moved on since the user looked at it, or another request was first."""

    code = "conflict"
    status = 409
