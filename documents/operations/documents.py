"""What every act on a document does first: lock it, ask who and in which state, name its figures at fault."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from documents.models import Document
from documents.timeline import timeline_of_document
from ledger.postings import Document as LedgerDocument
from ledger.postings import Leg, MovementKind, Posting
from registry.errors import Conflict, FieldError, NotAllowed, RuleBroken
from registry.history import save_as
from registry.models import Place, PlaceKind, Site, User
from registry.models.sites import PHYSICAL_KINDS
from registry.quantities import NotAQuantity, check_quantity
from registry.rules import DECIDERS, POSTERS, require_role
from registry.versions import require_as_seen
from registry.wording import local_time_text

_SET_BY_OPERATIONS = frozenset({"number", "number_year", "number_sequence", "state"})

AnyDocument = TypeVar("AnyDocument", bound=Document)
AnyTracked = TypeVar("AnyTracked", bound=models.Model)


class WrongState(Conflict):
    """The document is not in a state in which this can be done to it."""

    code = "wrong-state"


class OwnWork(NotAllowed):
    """Whoever prepared a document does not decide on it."""

    code = "own-work"


class NotAsRequired(RuleBroken):
    """Figures of a document that cannot be accepted, each named with its field and row."""

    code = "not-as-required"


class RequestKeyUsed(Conflict):
    """The request key stands for somebody else's document, or for another kind of request."""

    code = "request-key-reused"


class Refusals:
    """Collects every figure at fault, so that a person sees all of them at once."""

    def __init__(self) -> None:
        self.errors: list[FieldError] = []
        self._refused: set[tuple[str, int | None]] = set()
        self._looked_at = 0

    def add(self, message: str, field: str, row: int | None = None, figure: Any = None) -> None:
        told = None if figure is None else str(figure)
        self.errors.append(FieldError(message, field=field, row=row, figure=told))

    def ask(self, check: Callable[[], Any]) -> Any:
        """Run a check that raises RuleBroken, and keep what it refuses."""
        try:
            return check()
        except RuleBroken as broken:
            self.errors.extend(broken.errors)
            return None

    def quantity(self, quantity: Any, unit: Any, *, field: str, row: int | None) -> None:
        try:
            check_quantity(quantity, unit, field=field, row=row)
        except NotAQuantity as refused:
            self.errors.extend(refused.errors)

    def row_fits(self, row: models.Model, *, number: int | None, exclude: AbstractSet[str]) -> None:
        """Ask the model's own field checks and constraints, naming the row."""
        try:
            row.full_clean(exclude=exclude, validate_unique=False, validate_constraints=False)
        except ValidationError as refused:
            for field, messages in refused.message_dict.items():
                known: Any = row._meta.get_field(field) if field != "__all__" else None
                for message in messages:
                    figure = getattr(row, known.attname, None) if known else None
                    self.add(message, field if known else "", number, figure)

    def is_refused(self, field: str, row: int | None) -> bool:
        # Only what came since is looked at: a file of wrong rows asks as often as it has cells.
        for error in self.errors[self._looked_at :]:
            self._refused.add((error.field, error.row))
        self._looked_at = len(self.errors)
        return (field, row) in self._refused

    def raise_if_any(self) -> None:
        if self.errors:
            raise NotAsRequired(self.errors[0].message, errors=self.errors)


def locked(document: AnyTracked, *related: str) -> AnyTracked:
    """The document as it stands now, locked until the transaction ends.

    Args:
        document: as whoever acts had it in view; its `seen_version` says which version that was.
        related: what is read with it, beside its site and zone.
    Raises:
        ChangedMeanwhile: it is no longer what was in view, naming what changed.
    """
    rows: Any = type(document)._default_manager.select_for_update(of=("self",))
    found: AnyTracked = rows.select_related("site__zone", *related).get(pk=document.pk)
    require_as_seen(found, getattr(document, "seen_version", None), timeline=timeline_of_document)
    return found


def require_second_person(document: Document, actor: User) -> None:
    """Raise OwnWork when the actor prepared the document."""
    if document.prepared_by_id == actor.pk:
        raise OwnWork(
            _("You prepared %(number)s yourself. Somebody else has to decide on it.") % {"number": document.number}
        )


def require_reason(reason: str) -> str:
    """The reason without blanks around it; raise NotAsRequired when there is none."""
    if not reason.strip():
        message = _("Say why; whoever prepared the document reads it.")
        raise NotAsRequired(message, errors=[FieldError(message, field="reason")])
    return reason.strip()


def require_not_in_the_future(moment: datetime, *, at: datetime, field: str, row: int | None = None) -> None:
    """Raise NotAsRequired when something is said to have happened later than now."""
    if moment > at:
        message = _("%(time)s lies in the future. Write when it happened.") % {"time": local_time_text(moment)}
        raise NotAsRequired(message, errors=[FieldError(message, field=field, row=row, figure=moment.isoformat())])


def require_not_before(moment: datetime, earlier: datetime | None, *, field: str) -> None:
    """Raise NotAsRequired when something is said to have happened before what it follows."""
    if earlier is not None and moment < earlier:
        message = _("%(time)s lies before %(earlier)s, which came first.")
        words = {"time": local_time_text(moment), "earlier": local_time_text(earlier)}
        raise NotAsRequired(message % words, errors=[FieldError(message % words, field=field)])


def require_fit(document: Document, *, exclude: Iterable[str] = ()) -> None:
    """Raise NotAsRequired naming each of the document's own fields that cannot be accepted."""
    refusals = Refusals()
    refusals.row_fits(document, number=None, exclude=_SET_BY_OPERATIONS | set(exclude))
    refusals.raise_if_any()


def require_lines(lines: Sequence[Any]) -> None:
    """Raise NotAsRequired when the document has no line."""
    if not lines:
        message = _("The document needs at least one line.")
        raise NotAsRequired(message, errors=[FieldError(message, field="lines")])


def check_bin(place: Place, site: Site, refusals: Refusals, *, field: str, row: int | None) -> None:
    """Note a place that is not an open bin or store of the site; a tank holds fuel, which has documents of its own."""
    words = {"place": place.code, "site": site.code}
    if place.site_id != site.pk or place.kind not in PHYSICAL_KINDS or not place.is_open:
        refusals.add(_("%(place)s is no open bin or store of %(site)s.") % words, field, row, place.code)
    elif place.kind == PlaceKind.TANK:
        message = _("%(place)s is a tank. Fuel is received, moved and drawn by its own documents; name a bin or store.")
        refusals.add(message % words, field, row, place.code)


def check_tank(place: Place, site: Site, refusals: Refusals, *, field: str, row: int | None) -> None:
    """Note a place that is not a tank of the site that is in use."""
    if place.site_id != site.pk or place.kind != PlaceKind.TANK or not place.is_open:
        words = {"place": place.code, "site": site.code}
        refusals.add(_("%(place)s is no tank in use at %(site)s.") % words, field, row, place.code)


def customs_date(document: Document, at: datetime) -> date:
    """The day it is for customs where the document belongs."""
    return customs_day(document.site, at)


def customs_day(site: Site, at: datetime) -> date:
    """The day it is for customs at a site."""
    return at.astimezone(ZoneInfo(site.zone.time_zone)).date()


def boundary(site: Site, kind: PlaceKind) -> Place:
    """The one place of that kind that every site has."""
    return Place.objects.get(site=site, kind=kind)


def in_ledger(document: Document) -> LedgerDocument:
    """How the ledger names the document."""
    return LedgerDocument(document.kind, document.pk, document.number)


def posting_of(
    document: Document,
    act: str,
    *,
    kind: MovementKind,
    legs: Iterable[Leg],
    occurred_at: datetime,
    reason: str = "",
) -> Posting:
    """What an act on a document posts; the same act on the same document posts once.

    Args:
        act: once in the document's life, such as "accept"; with the document it is the idempotency key.
    """
    return Posting(
        idempotency_key=f"{document.kind}:{document.pk}:{act}",
        kind=kind,
        site_id=document.site_id,
        document=in_ledger(document),
        occurred_at=occurred_at,
        legs=tuple(legs),
        reason=reason,
    )


def prepared_once(
    model: type[AnyDocument], *, request_key: UUID, actor: User, prepare: Callable[[], AnyDocument]
) -> AnyDocument:
    """Prepare a document, or return the one that the same request prepared before.

    Raises:
        RequestKeyUsed: somebody else's document has the key.
    """
    found = _prepared(model, request_key, actor)
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return prepare()
    except IntegrityError:
        found = _prepared(model, request_key, actor)
        if found is None:
            raise
        return found


def _prepared(model: type[AnyDocument], request_key: UUID, actor: User) -> AnyDocument | None:
    rows: Any = model._default_manager
    found: AnyDocument | None = rows.filter(request_key=request_key).first()
    if found is not None and found.prepared_by_id != actor.pk:
        raise RequestKeyUsed(_("Another request came with the same key. Send yours again with a key of its own."))
    return found


def require_poster(actor: User, site: Site) -> None:
    require_role(actor, site, *POSTERS)


def require_decider(actor: User, site: Site) -> None:
    require_role(actor, site, *DECIDERS)


def keep(document: Document, *, actor: User, at: datetime, reason: str = "", for_customs: bool = False) -> None:
    """Save the document with who changed it, when and why.

    Args:
        for_customs: whether the actor entered what customs decided; see documents.officers.
    """
    if hasattr(document, "is_entered_for_customs"):
        document.is_entered_for_customs = for_customs or document.is_acted_for_customs
    save_as(document, actor=actor, at=at, reason=reason)
    document.is_kept = True
