"""Opening meters, changing what may change of them, and the provings that give them their factor."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from customs.rules import require_may_keep_books
from documents.operations.documents import require_not_in_the_future
from fuel.models import Meter, MeterProving
from fuel.rules import require_may_calibrate
from registry.models import Site, User
from registry.operations.register import check_fit, enter_in_register


@transaction.atomic
def open_meter(
    *, site: Site, code: str, kind: str, digits: int, actor: User | None, at: datetime, name: str = ""
) -> Meter:
    """Enter a meter.

    Args:
        digits: of the totaliser in whole litres, 4 to 12.
    Raises:
        NotAllowed: the actor is no administrator of the site.
        NotFitForRegister: naming each field and figure that cannot be accepted.
    """
    require_may_keep_books(actor, site)
    return enter_in_register(row=Meter(site=site, code=code, kind=kind, digits=digits, name=name), actor=actor, at=at)


@transaction.atomic
def change_meter(
    *,
    meter: Meter,
    name: str,
    is_open: bool,
    actor: User | None,
    at: datetime,
    reason: str = "",
    seen_history_id: int | None = None,
) -> Meter:
    """Say where a meter is mounted now, and whether it is in use; its code, kind and totaliser stay.

    Args:
        name: the vehicle or pit.
    Raises:
        NotAllowed: the actor is no administrator of the site.
        NotFitForRegister, ChangedMeanwhile: as for every row of the register.
    """
    require_may_keep_books(actor, meter.site)
    changed: Meter = Meter.objects.select_related("site").get(pk=meter.pk)
    changed.name, changed.is_open = name, is_open
    return enter_in_register(row=changed, actor=actor, at=at, reason=reason, seen_history_id=seen_history_id)


@transaction.atomic
def record_proving(
    *, meter: Meter, proved_at: datetime, factor: Decimal, actor: User, at: datetime, certificate_number: str = ""
) -> MeterProving:
    """Record a proving: the meter's factor from that moment on; what was metered before keeps its own.

    Args:
        factor: 0.9800 to 1.0200, to 0.0001.
    Raises:
        NotAllowed: the actor neither administers nor supervises the site.
        NotAsRequired: the moment lies in the future.
        NotFitForRegister: naming each field and figure that cannot be accepted.
    Source: API MPMS 4.
    """
    require_may_calibrate(actor, meter.site)
    require_not_in_the_future(proved_at, at=at, field="proved_at")
    proving = MeterProving(
        meter=meter,
        proved_at=proved_at,
        factor=factor,
        certificate_number=certificate_number,
        recorded_by=actor,
        recorded_at=at,
    )
    check_fit(proving)
    proving.save()
    return proving
