"""Loading who takes part: zones and organisations."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from registry.models import Organisation, User, Zone
from registry.operations.loading.rows import Loaded, enter_rows

ZONE_COLUMNS = ("code", "name", "time_zone")
ORGANISATION_COLUMNS = ("code", "name", "name_zh", "kind", "country")


@transaction.atomic
def load_zones(*, rows: Sequence[Mapping[str, str]], actor: User | None, at: datetime) -> Loaded:
    """Load free trade zones, each known by its code.

    Raises:
        RowsRefused: naming each cell that cannot be accepted.
    """
    zones = [Zone(**{column: row[column] for column in ZONE_COLUMNS}) for row in rows]
    return enter_rows(zones, key=["code"], fields=["name", "time_zone"], actor=actor, at=at, reason="")


@transaction.atomic
def load_organisations(
    *, rows: Sequence[Mapping[str, str]], actor: User | None, at: datetime, reason: str = ""
) -> Loaded:
    """Load organisations, each known by its code.

    Raises:
        RowsRefused: naming each cell that cannot be accepted.
    """
    organisations = [Organisation(**{column: row[column] for column in ORGANISATION_COLUMNS}) for row in rows]
    return enter_rows(
        organisations,
        key=["code"],
        fields=["name", "name_zh", "kind", "country"],
        actor=actor,
        at=at,
        reason=reason,
    )
