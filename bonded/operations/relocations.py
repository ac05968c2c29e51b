"""Relocation: goods moved from bin to bin, posted as soon as it is entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bonded.models import Relocation, RelocationLine
from bonded.operations import documents
from bonded.operations.capacity import check_room
from bonded.operations.documents import Refusals
from bonded.operations.shares import HUNDRED_THOUSANDTH
from customs.operations.numbers import give_number
from ledger.operations import post
from ledger.postings import Account, Journal, Leg, MovementKind, Posting
from registry.models import Place, Site, User


@dataclass(frozen=True, slots=True, kw_only=True)
class RelocationLineInput:
    """A quantity of a lot, in the lot's unit, from one bin to another."""

    lot: Any
    from_place: Place
    to_place: Place
    quantity: Decimal


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
    documents.require_not_in_the_future(occurred_at, at=at, field="occurred_at")

    def prepare() -> Relocation:
        relocation = Relocation(
            site=site,
            prepared_by=actor,
            prepared_at=at,
            request_key=request_key,
            occurred_at=occurred_at,
            remark=remark,
        )
        documents.require_fit(relocation)
        _require_movable(site, lines)
        give_number(document=relocation, at=at)
        documents.keep(relocation, actor=actor, at=at)
        RelocationLine.objects.bulk_create(
            RelocationLine(
                relocation=relocation,
                row=number,
                lot=line.lot,
                from_place=line.from_place,
                to_place=line.to_place,
                quantity=line.quantity,
            )
            for number, line in enumerate(lines, start=1)
        )
        _post(relocation, lines, actor)
        return relocation

    with transaction.atomic():
        return documents.prepared_once(Relocation, request_key=request_key, actor=actor, prepare=prepare)


def _require_movable(site: Site, lines: Sequence[RelocationLineInput]) -> None:
    documents.require_lines(lines)
    refusals = Refusals()
    net_mass_kg_into: dict[Place, Decimal] = {}
    row_of: dict[Place, int] = {}
    for number, line in enumerate(lines):
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


def _post(relocation: Relocation, lines: Sequence[RelocationLineInput], actor: User) -> None:
    """One transaction for each line, so that a refusal names its row."""
    post(
        zone_id=relocation.site.zone_id,
        actor_id=actor.pk,
        postings=[
            Posting(
                idempotency_key=f"{relocation.kind}:{relocation.pk}:{number}",
                kind=MovementKind.RELOCATED,
                site_id=relocation.site_id,
                document=documents.in_ledger(relocation),
                occurred_at=relocation.occurred_at,
                legs=(
                    Leg(
                        Journal.STOCK,
                        line.lot.pk,
                        Account(line.from_place.pk),
                        Account(line.to_place.pk),
                        line.quantity,
                    ),
                ),
            )
            for number, line in enumerate(lines, start=1)
        ],
    )
