"""How much one person may drain and sample alone, and whether an act stays below that."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, Sum

from customs.rules import require_may_keep_books
from documents.operations.documents import customs_day
from fuel.models import MovementLimit, TankMovement, TankMovementKind, TankMovementState
from registry.models import Site, User
from registry.operations.register import enter_in_register

LIMITED = (TankMovementKind.DRAIN, TankMovementKind.SAMPLE)


@transaction.atomic
def set_movement_limit(
    *,
    site: Site,
    valid_from_date: date,
    drain_kg_per_act: Decimal,
    drain_kg_per_day: Decimal,
    sample_kg_per_act: Decimal,
    sample_kg_per_day: Decimal,
    actor: User | None,
    at: datetime,
) -> MovementLimit:
    """Say how much one person may drain and sample at a site without a second one, from a day on.

    Where nothing was said, every drain and sample needs a second person.

    Args:
        drain_kg_per_act, drain_kg_per_day, sample_kg_per_act, sample_kg_per_day: in kilograms, not below zero.
    Raises:
        NotAllowed: the actor is no administrator of the site.
        NotFitForRegister: naming each field and figure that cannot be accepted.
    """
    require_may_keep_books(actor, site)
    Site.objects.select_for_update().get(pk=site.pk)
    limit = MovementLimit(
        site=site,
        valid_from_date=valid_from_date,
        drain_kg_per_act=drain_kg_per_act,
        drain_kg_per_day=drain_kg_per_day,
        sample_kg_per_act=sample_kg_per_act,
        sample_kg_per_day=sample_kg_per_day,
    )
    return enter_in_register(row=limit, actor=actor, at=at)


def needs_second_person(movement: TankMovement, *, at: datetime) -> bool:
    """Whether a drain or sample is above what one person may do alone; a destruction always is, a transfer never.

    The day's limit is asked of the day on which the fuel moved and of the day on which it is entered, so that neither
    many small acts nor days of the past get round it. The limit stays locked until the transaction ends.
    """
    kind = TankMovementKind(movement.movement)
    if kind not in LIMITED:
        return kind == TankMovementKind.DESTRUCTION
    limit = _limit_on(movement.site, customs_day(movement.site, at))
    if limit is None:
        return True
    per_act: Decimal = getattr(limit, f"{kind}_kg_per_act")
    per_day: Decimal = getattr(limit, f"{kind}_kg_per_day")
    most_kg = max(
        _alone_kg(movement, day)
        for day in {customs_day(movement.site, movement.moved_at), customs_day(movement.site, at)}
    )
    return movement.mass_kg > per_act or most_kg + movement.mass_kg > per_day


def _limit_on(site: Site, day: date) -> MovementLimit | None:
    rows: Any = MovementLimit.objects.select_for_update().filter(site=site, valid_from_date__lte=day)
    found: MovementLimit | None = rows.order_by("-valid_from_date").first()
    return found


def _alone_kg(movement: TankMovement, day: date) -> Decimal:
    """What of the kind moved or was entered on a day at the site without a second person."""
    begin = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(movement.site.zone.time_zone))
    end = begin + timedelta(days=1)
    alone: Any = TankMovement.objects.filter(
        site=movement.site, movement=movement.movement, state=TankMovementState.POSTED, decided_by=None
    ).exclude(request_key=movement.request_key)
    of_the_day = alone.filter(Q(moved_at__gte=begin, moved_at__lt=end) | Q(prepared_at__gte=begin, prepared_at__lt=end))
    total: Decimal | None = of_the_day.aggregate(total=Sum("mass_kg"))["total"]
    return total or Decimal(0)
