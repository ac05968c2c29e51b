"""Opening a site: the site itself with the places that every site has."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from registry.errors import NotAllowed
from registry.history import create_all_as
from registry.models import BOUNDARY_KINDS, Place, PlaceKind, Site, User
from registry.models.sites import PHYSICAL_KINDS, SINGLE_KINDS
from registry.operations.register import check_fit, enter_in_register
from registry.rules import require_may_keep_places


@transaction.atomic
def open_site(*, site: Site, actor: User | None, at: datetime) -> Site:
    """Save a new site and give it its boundary, suspense, in-transit and off-site places.

    Raises:
        NotFitForRegister: naming each field and figure that cannot be accepted.
    """
    enter_in_register(row=site, actor=actor, at=at)
    places = [_place(site, kind.upper(), PlaceKind(kind)) for kind in sorted(SINGLE_KINDS)]
    # All that can be wrong with the places of a new site is that a barcode is in use.
    if Place.objects.filter(barcode__in=[place.barcode for place in places]).exists():
        for place in places:
            check_fit(place)
    create_all_as(places, actor=actor, at=at)
    return site


@transaction.atomic
def add_place(
    *,
    site: Site,
    code: str,
    kind: PlaceKind,
    actor: User | None,
    at: datetime,
    name: str = "",
    barcode: str = "",
    capacity_kg: Decimal | None = None,
) -> Place:
    """Add a place to a site; the barcode defaults to site and place code.

    Args:
        capacity_kg: the most that the place holds, in kilograms; None when nobody has set a limit.
    Raises:
        NotAllowed: the actor is no administrator of the site.
        NotFitForRegister: naming each field and figure that cannot be accepted.
    """
    require_may_keep_places(actor, site)
    place = _place(site, code, kind, name=name, barcode=barcode, capacity_kg=capacity_kg)
    return enter_in_register(row=place, actor=actor, at=at)


class PlaceStays(NotAllowed):
    """The place belongs to how the site works and stays as it is."""


@transaction.atomic
def change_place(
    *, place: Place, actor: User | None, at: datetime, reason: str = "", seen_history_id: int | None = None
) -> Place:
    """Correct a bin, tank or store, open or close it.

    Args:
        place: with its new figures, not yet saved; site and kind are those that it has.
        seen_history_id: the latest entry of its history that the actor had in view; None skips the comparison.
    Raises:
        NotAllowed: the actor is no administrator of the site.
        PlaceStays: it is a boundary, or one of those that come with the site.
        NotFitForRegister, ChangedMeanwhile: as for every row of the register.
    """
    require_may_keep_places(actor, place.site)
    if place.kind not in PHYSICAL_KINDS:
        raise PlaceStays(_("This place belongs to how the site works and stays as it is."))
    return enter_in_register(row=place, actor=actor, at=at, reason=reason, seen_history_id=seen_history_id)


def _place(
    site: Site, code: str, kind: PlaceKind, *, name: str = "", barcode: str = "", capacity_kg: Decimal | None = None
) -> Place:
    return Place(
        site=site,
        code=code,
        name=name,
        kind=kind,
        is_internal=kind not in BOUNDARY_KINDS,
        barcode=barcode or f"{site.code}-{code}",
        capacity_kg=capacity_kg,
    )
