"""Setting the standard that a site measures fuel by."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from customs.rules import require_may_keep_books
from fuel.models import ConsignmentReceipt, DeliveryTicket, Gauge, MassIn, MeasurementBasis
from registry.errors import Conflict, FieldError
from registry.models import Site, User
from registry.operations.register import enter_in_register


class MassKeptOtherwise(Conflict):
    """The site's book is in kilograms in vacuum, or in air, and one book cannot be in both."""

    code = "mass-kept-otherwise"


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
        MassKeptOtherwise: fuel was measured as the other mass already. In air it weighs 0.14 % less, which the next
            reconciliation would take for a loss.
    """
    require_may_keep_books(actor, site)
    _require_same_mass(site, mass_in)
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


def _require_same_mass(site: Site, mass_in: str) -> None:
    measured = (
        Gauge.objects.filter(site=site),
        DeliveryTicket.objects.filter(site=site),
        ConsignmentReceipt.objects.filter(consignment__site=site),
    )
    for rows in measured:
        kept = rows.exclude(mass_in__in=["", mass_in]).values_list("mass_in", flat=True).order_by().first()
        if kept is not None:
            words = {"site": site.code, "kept": MassIn(kept).label, "asked": MassIn(mass_in).label}
            message = _("%(site)s has measured fuel as “%(kept)s”; its book cannot go on as “%(asked)s”.") % words
            raise MassKeptOtherwise(message, errors=[FieldError(message, field="mass_in", figure=mass_in)])
