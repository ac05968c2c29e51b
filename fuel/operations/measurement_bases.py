"""Setting the standard that a site measures fuel by."""

from datetime import date, datetime

from django.db import transaction

from customs.rules import require_may_keep_books
from fuel.models import MeasurementBasis
from registry.models import Site, User
from registry.operations.register import enter_in_register


@transaction.atomic
def set_measurement_basis(
    *,
    site: Site,
    valid_from_date: date,
    standard: str,
    actor: User | None,
    at: datetime,
    vcf_decimals: int,
    base: str = "15C",
    mass_in: str = "vacuum",
    agreed_in: str = "",
) -> MeasurementBasis:
    """Set the standard that a site measures by from a day on; what was measured before keeps its own.

    Raises:
        NotAllowed: the actor is no administrator of the site.
        NotFitForRegister: a combination that the standard does not have, or a day that already has a basis.
    """
    require_may_keep_books(actor, site)
    row = MeasurementBasis(
        site=site,
        valid_from_date=valid_from_date,
        standard=standard,
        vcf_decimals=vcf_decimals,
        base=base,
        mass_in=mass_in,
        agreed_in=agreed_in,
    )
    return enter_in_register(row=row, actor=actor, at=at)
