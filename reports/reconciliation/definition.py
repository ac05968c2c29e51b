"""The lines of the reconciliation statement, in their order: what each says, how it counts, where it is read."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ledger.postings import MovementKind
from registry.models import PlaceKind


class Section(StrEnum):
    BOOK = "book"
    BRIDGE = "bridge"
    FLOOR = "floor"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a stable code for files and programs, its words, and the sign that it stands under."""

    code: str
    label: str | Promise
    section: Section
    sign: str = ""
    kind: MovementKind | None = None
    place_kind: PlaceKind | None = None
    is_total: bool = False


def _moved(kind: MovementKind, sign: str) -> Line:
    return Line(kind.value, kind.label, Section.BOOK, sign, kind=kind)


LINES: tuple[Line, ...] = (
    Line("opening", _("Opening"), Section.BOOK, is_total=True),
    _moved(MovementKind.ADMITTED, "+"),
    _moved(MovementKind.TRANSFERRED_IN, "+"),
    _moved(MovementKind.PRODUCED, "+"),
    _moved(MovementKind.RETURNED, "+"),
    _moved(MovementKind.FOUND, "+"),
    _moved(MovementKind.CONSUMED, "−"),
    _moved(MovementKind.DOMESTIC_SALE, "−"),
    _moved(MovementKind.RE_EXPORTED, "−"),
    _moved(MovementKind.TRANSFERRED_OUT, "−"),
    _moved(MovementKind.DESTROYED, "−"),
    _moved(MovementKind.SAMPLED, "−"),
    _moved(MovementKind.ALLOWED_LOSS, "−"),
    _moved(MovementKind.ADJUSTED, "±"),
    Line("book_closing", _("Book closing"), Section.BOOK, "=", is_total=True),
    Line("in_transit", _("In transit"), Section.BRIDGE, "−", place_kind=PlaceKind.IN_TRANSIT),
    Line("off_site", _("Off site"), Section.BRIDGE, "−", place_kind=PlaceKind.OFF_SITE),
    Line("out_undeclared", _("Passed the gate, not yet discharged"), Section.BRIDGE, "−"),
    Line("noted_not_arrived", _("Accepted, not yet counted"), Section.BRIDGE, "−"),
    Line("short", _("Suspense: short of the declaration"), Section.BRIDGE, "−", place_kind=PlaceKind.SHORTAGE),
    Line("over", _("Suspense: found over the declaration"), Section.BRIDGE, "+"),
    Line("expected", _("Expected on the floor"), Section.BRIDGE, "=", is_total=True),
    Line("on_floor", _("On the floor by the stock journal"), Section.FLOOR),
    Line("unexplained", _("Unexplained"), Section.FLOOR, "=", is_total=True),
)
LINE_OF_KIND = {line.kind: line.code for line in LINES if line.kind is not None}
LINE_OF_PLACE = {line.place_kind: line.code for line in LINES if line.place_kind is not None}
