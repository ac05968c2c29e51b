"""Relocation: goods moved from bin to bin, posted as soon as it is entered."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bonded.models import Relocation, RelocationLine
from bonded.operations.capacity import check_room
from documents.operations import documents
from documents.operations.acts import POSTED_AT_ONCE
from documents.operations.documents import Refusals
from documents.operations.numbers import give_numbers
from documents.operations.shares import HUNDRED_THOUSANDTH
from documents.reversals.operations import reversal_act
from ledger.operations import post
from ledger.postings import Account, Journal, Leg, MovementKind, Posting
from registry.errors import FieldError, RuleBroken
from registry.history import create_all_as
from registry.models import Place, Site, User


@dataclass(frozen=True, slots=True, kw_only=True)
class RelocationLineInput:
    """A quantity of a lot, in the lot's unit, from one bin to another."""

    lot: Any
    from_place: Place
    to_place: Place
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class RelocationInput:
    """One relocation of several that are entered together."""

    lines: Sequence[RelocationLineInput]
    occurred_at: datetime
    request_key: UUID
    remark: str = ""


def relocate(
    *,
    site: Site,
    lines: Sequence[RelocationLineInput],
    actor: User,
    at: datetime,
    occurred_at: datetime,
    request_key: UUID,
    remark: str = "",
) -> Relocation:
    """Move free goods between the bins of a site; the same request twice moves them once.

    Args:
        occurred_at: when they were moved.
    Raises:
        NotAllowed: the actor posts no documents at the site.
        NotAsRequired: naming each field, row and figure that cannot be accepted.
        NotEnoughStock: less of a lot is free in a bin than a line moves.
        NegativeInThePast: it was not there yet, or not any more, at the time.
        PeriodClosed: the time lies in a closed period.
        RequestKeyUsed: the key stands for somebody else's document.
    """
    documents.require_poster(actor, site)
    given = RelocationInput(lines=lines, occurred_at=occurred_at, request_key=request_key, remark=remark)

    def prepare() -> Relocation:
        _require_enterable(given, at)
        (relocation,) = _enter(site, [given], actor, at)
        return relocation

    with transaction.atomic():
        return documents.prepared_once(Relocation, request_key=request_key, actor=actor, prepare=prepare)


@transaction.atomic
def relocate_all(*, site: Site, relocations: Sequence[RelocationInput], actor: User, at: datetime) -> list[Relocation]:
    """Enter many relocations of a site at once, all or none, in one posting; see relocate.

    Raises:
        As relocate; what is refused names the relocation in its field: relocations[2].quantity.
        RequestKeyUsed: a key stands for a document already.
    """
    documents.require_poster(actor, site)
    if not relocations:
        documents.require_lines(relocations)
    keys = [given.request_key for given in relocations]
    if len(set(keys)) < len(keys) or _is_any_used(keys):
        raise _keys_used()
    for number, given in enumerate(relocations):
        with _naming(partial(_in_relocation, number)):
            _require_enterable(given, at)
    try:
        with transaction.atomic(), _naming(partial(in_one_of, relocations)):
            return _enter(site, relocations, actor, at)
    except IntegrityError as error:
        # Another request with the same keys was first by a moment.
        if not _is_any_used(keys):
            raise
        raise _keys_used() from error


ask_to_reverse_relocation = reversal_act(
    Relocation, "relocation", POSTED_AT_ONCE, is_due=lambda relocation: not relocation.is_reversed
)


def _is_any_used(keys: Sequence[UUID]) -> bool:
    return Relocation.objects.filter(request_key__in=keys).exists()


def _keys_used() -> documents.RequestKeyUsed:
    return documents.RequestKeyUsed(
        _("A request came with the same key before. Give each relocation a key of its own.")
    )


def in_one_of(relocations: Sequence[Any], error: FieldError) -> FieldError:
    """The error of a line of all relocations, counted through, as that of a line of one of them.

    Args:
        relocations: with their `lines`.
    """
    if error.row is None:
        return error
    places = [(number, row) for number, one in enumerate(relocations) for row in range(len(one.lines))]
    number, row = places[error.row]
    return _in_relocation(number, replace(error, row=row))


def _in_relocation(number: int, error: FieldError) -> FieldError:
    return replace(error, field=f"relocations[{number}].{error.field}")


@contextmanager
def _naming(name: Callable[[FieldError], FieldError]) -> Iterator[None]:
    try:
        yield
    except RuleBroken as broken:
        raise type(broken)(broken.message, errors=[name(error) for error in broken.errors]) from broken


def _require_enterable(given: RelocationInput, at: datetime) -> None:
    documents.require_lines(given.lines)
    documents.require_not_in_the_future(given.occurred_at, at=at, field="occurred_at")


def _enter(site: Site, given: Sequence[RelocationInput], actor: User, at: datetime) -> list[Relocation]:
    _require_movable(site, [line for one in given for line in one.lines])
    relocations = [
        Relocation(
            site=site,
            prepared_by=actor,
            prepared_at=at,
            request_key=one.request_key,
            occurred_at=one.occurred_at,
            remark=one.remark,
        )
        for one in given
    ]
    for relocation in relocations:
        documents.require_fit(relocation)
    give_numbers(documents=relocations, at=at)
    create_all_as(relocations, actor=actor, at=at)
    rows = [
        RelocationLine(
            relocation=relocation,
            row=number,
            lot=line.lot,
            from_place=line.from_place,
            to_place=line.to_place,
            quantity=line.quantity,
        )
        for relocation, one in zip(relocations, given, strict=True)
        for number, line in enumerate(one.lines, start=1)
    ]
    RelocationLine.objects.bulk_create(rows)
    _post(site, rows, actor)
    return relocations


def _require_movable(site: Site, lines: Sequence[RelocationLineInput]) -> None:
    refusals = Refusals()
    net_mass_kg_into: dict[Place, Decimal] = {}
    row_of: dict[Place, int] = {}
    for number, line in enumerate(lines):
        if line.lot.zone_id != site.zone_id:
            words = {"lot": line.lot.number, "site": site.code}
            refusals.add(_("Lot %(lot)s is not in the zone of %(site)s.") % words, "lot", number, line.lot.number)
        refusals.quantity(line.quantity, line.lot.unit, field="quantity", row=number)
        documents.check_bin(line.from_place, site, refusals, field="from_place", row=number)
        documents.check_bin(line.to_place, site, refusals, field="to_place", row=number)
        if line.from_place == line.to_place:
            refusals.add(_("The goods are in %(place)s already.") % {"place": line.to_place}, "to_place", number)
        if not refusals.is_refused("quantity", number):
            mass_kg = (line.lot.net_mass_kg * line.quantity / line.lot.quantity).quantize(HUNDRED_THOUSANDTH)
            net_mass_kg_into[line.to_place] = net_mass_kg_into.get(line.to_place, Decimal(0)) + mass_kg
            net_mass_kg_into[line.from_place] = net_mass_kg_into.get(line.from_place, Decimal(0)) - mass_kg
            row_of[line.to_place] = number
            row_of.setdefault(line.from_place, number)
    refusals.raise_if_any()
    check_room({place: kg for place, kg in net_mass_kg_into.items() if kg > 0}, row_of, refusals, field="to_place")
    refusals.raise_if_any()


def _post(site: Site, rows: Sequence[RelocationLine], actor: User) -> None:
    """One transaction for each line, so that a refusal names its row; all in one call."""
    post(
        zone_id=site.zone_id,
        actor_id=actor.pk,
        postings=[
            Posting(
                idempotency_key=f"{row.relocation.kind}:{row.relocation_id}:{row.row}",
                kind=MovementKind.RELOCATED,
                site_id=site.pk,
                document=documents.in_ledger(row.relocation),
                occurred_at=row.relocation.occurred_at,
                legs=(
                    Leg(
                        Journal.STOCK,
                        row.lot_id,
                        Account(row.from_place_id),
                        Account(row.to_place_id),
                        row.quantity,
                    ),
                ),
            )
            for row in rows
        ],
    )
