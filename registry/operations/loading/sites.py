"""Loading where goods are kept: sites with the places that every site has, and bins, tanks and stores."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from registry.errors import FieldError
from registry.models import BOUNDARY_KINDS, PHYSICAL_KINDS, Organisation, Place, Site, User, Zone
from registry.models.sites import SINGLE_KINDS
from registry.operations.loading.rows import Cells, Loaded, enter_rows

SITE_COLUMNS = (
    "zone",
    "code",
    "name",
    "name_zh",
    "organisation",
    "customs_office",
    "kind",
    "regime",
    "un_locode",
    "time_zone",
)
SITE_FIELDS = (
    "zone_id",
    "name",
    "name_zh",
    "organisation_id",
    "customs_office_id",
    "kind",
    "regime",
    "un_locode",
    "time_zone",
)
PLACE_COLUMNS = ("site", "code", "name", "kind", "capacity_kg")
PLACE_FIELDS = ("name", "capacity_kg")


@transaction.atomic
def load_sites(*, rows: Sequence[Mapping[str, str]], actor: User | None, at: datetime, reason: str = "") -> Loaded:
    """Load sites, each known by its code; a new one is opened with its boundary and suspense places.

    Raises:
        RowsRefused: naming each cell that cannot be accepted.
    """
    errors: list[FieldError] = []
    zones = {zone.code: zone.pk for zone in Zone.objects.all()}
    organisations = {organisation.code: organisation.pk for organisation in Organisation.objects.all()}
    sites = []
    for number, row in enumerate(rows):
        cells = Cells(number, row, errors)
        sites.append(
            Site(
                zone_id=cells.the_one_of("zone", zones),
                code=cells.text("code"),
                name=cells.text("name"),
                name_zh=cells.text("name_zh"),
                organisation_id=cells.the_one_of("organisation", organisations),
                customs_office_id=cells.the_one_of("customs_office", organisations),
                kind=cells.text("kind"),
                regime=cells.text("regime"),
                un_locode=cells.text("un_locode"),
                time_zone=cells.text("time_zone", default="Asia/Shanghai"),
            )
        )
    loaded = enter_rows(sites, key=["code"], fields=SITE_FIELDS, actor=actor, at=at, reason=reason, errors=errors)
    opened = Site.objects.filter(code__in=[site.code for site in sites], places=None)
    enter_rows(
        [_place(site, kind.upper(), kind) for site in opened for kind in sorted(SINGLE_KINDS)],
        key=["site_id", "code"],
        fields=[],
        actor=actor,
        at=at,
        reason=reason,
    )
    return loaded


@transaction.atomic
def load_places(*, rows: Sequence[Mapping[str, str]], actor: User | None, at: datetime, reason: str = "") -> Loaded:
    """Load bins, tanks and stores, each known by its site and code; its barcode is made of the two.

    Raises:
        RowsRefused: naming each cell that cannot be accepted.
    """
    errors: list[FieldError] = []
    sites = {site.code: site for site in Site.objects.all()}
    physical = {kind.value: kind for kind in PHYSICAL_KINDS}
    places = []
    for number, row in enumerate(rows):
        cells = Cells(number, row, errors)
        site = cells.the_one_of("site", sites)
        kind = cells.the_one_of("kind", physical)
        place = _place(site or Site(), cells.text("code"), kind or "")
        place.name = cells.text("name")
        place.capacity_kg = cells.number("capacity_kg")
        places.append(place)
    return enter_rows(
        places, key=["site_id", "code"], fields=PLACE_FIELDS, actor=actor, at=at, reason=reason, errors=errors
    )


def _place(site: Site, code: str, kind: str) -> Place:
    return Place(
        site_id=site.pk, code=code, kind=kind, is_internal=kind not in BOUNDARY_KINDS, barcode=f"{site.code}-{code}"
    )
