"""Opening a site: the site itself with the places that every site has."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from registry.history import create_all_as
from registry.models import BOUNDARY_KINDS, Place, PlaceKind, Site, User
from registry.models.sites import SINGLE_KINDS
from registry.operations.register import check_fit, enter_in_register


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
        NotFitForRegister: naming each field and figure that cannot be accepted.
    """
    place = _place(site, code, kind, name=name, barcode=barcode, capacity_kg=capacity_kg)
    return enter_in_register(row=place, actor=actor, at=at)


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
