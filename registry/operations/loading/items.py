"""Loading items."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from registry.errors import FieldError
from registry.models import HsCode, Item, Unit, User, Zone
from registry.operations.loading.rows import Cells, Loaded, enter_rows

ITEM_COLUMNS = ("zone", "code", "name", "name_zh", "hs_code", "unit", "net_mass_kg_per_unit")
ITEM_OPTIONAL_COLUMNS = (
    "national_code",
    "statutory_unit_1",
    "statutory_factor_1",
    "statutory_unit_2",
    "statutory_factor_2",
    "origin",
    "shelf_life_days",
    "needs_licence",
    "needs_preference_proof",
    "is_hazardous",
    "is_perishable",
)
ITEM_FIELDS = (
    "name",
    "name_zh",
    "hs_code_id",
    "national_code",
    "unit_id",
    "net_mass_kg_per_unit",
    "statutory_unit_1_id",
    "statutory_factor_1",
    "statutory_unit_2_id",
    "statutory_factor_2",
    "origin",
    "shelf_life_days",
    "needs_licence",
    "needs_preference_proof",
    "is_hazardous",
    "is_perishable",
)


@transaction.atomic
def load_items(*, rows: Sequence[Mapping[str, str]], actor: User | None, at: datetime, reason: str = "") -> Loaded:
    """Load items, each known by its zone and item number.

    Masses are kilograms per declared unit, factors are statutory units per declared unit.

    Raises:
        RowsRefused: naming each cell that cannot be accepted, such as an unknown HS code or unit.
    """
    errors: list[FieldError] = []
    zones = {zone.code: zone.pk for zone in Zone.objects.all()}
    hs_codes = {code: code for code in HsCode.objects.subheadings().values_list("code", flat=True)}
    units = {code: code for code in Unit.objects.values_list("code", flat=True)}
    items = []
    for number, row in enumerate(rows):
        cells = Cells(number, row, errors)
        items.append(
            Item(
                zone_id=cells.the_one_of("zone", zones),
                code=cells.text("code"),
                name=cells.text("name"),
                name_zh=cells.text("name_zh"),
                hs_code_id=cells.the_one_of("hs_code", hs_codes),
                national_code=cells.text("national_code"),
                unit_id=cells.the_one_of("unit", units),
                net_mass_kg_per_unit=cells.number("net_mass_kg_per_unit"),
                statutory_unit_1_id=cells.one_of("statutory_unit_1", units),
                statutory_factor_1=cells.number("statutory_factor_1"),
                statutory_unit_2_id=cells.one_of("statutory_unit_2", units),
                statutory_factor_2=cells.number("statutory_factor_2"),
                origin=cells.text("origin"),
                shelf_life_days=cells.whole_number("shelf_life_days"),
                needs_licence=cells.yes("needs_licence"),
                needs_preference_proof=cells.yes("needs_preference_proof"),
                is_hazardous=cells.yes("is_hazardous"),
                is_perishable=cells.yes("is_perishable"),
            )
        )
    return enter_rows(
        items, key=["zone_id", "code"], fields=ITEM_FIELDS, actor=actor, at=at, reason=reason, errors=errors
    )
