"""Opening a site: the site itself with the places that every site has."""

from datetime import datetime

from django.db import transaction

from registry.history import save_as
from registry.models import BOUNDARY_KINDS, Place, PlaceKind, Site, User
from registry.models.sites import SINGLE_KINDS


@transaction.atomic
def open_site(*, site: Site, actor: User | None, at: datetime) -> Site:
    """Save a new site and give it its boundary, suspense, in-transit and off-site places."""
    save_as(site, actor=actor, at=at)
    for kind in sorted(SINGLE_KINDS):
        add_place(site=site, code=kind.upper(), kind=PlaceKind(kind), actor=actor, at=at)
    return site


@transaction.atomic
def add_place(
    *, site: Site, code: str, kind: PlaceKind, actor: User | None, at: datetime, name: str = "", barcode: str = ""
) -> Place:
    """Add a place to a site; the barcode defaults to site and place code."""
    place = Place(
        site=site,
        code=code,
        name=name,
        kind=kind,
        is_internal=kind not in BOUNDARY_KINDS,
        barcode=barcode or f"{site.code}-{code}",
    )
    place.full_clean(exclude=["is_internal"])
    save_as(place, actor=actor, at=at)
    return place
