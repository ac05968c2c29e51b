"""Setting between which figures a delivery of a product is plausible at a site."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from customs.rules import require_may_keep_books
from documents.operations.documents import NotAsRequired
from fuel.models import FuelLimits
from registry.errors import FieldError
from registry.models import Item, Site, User
from registry.operations.register import enter_in_register


@transaction.atomic
def set_fuel_limits(
    *,
    site: Site,
    product: Item,
    actor: User | None,
    at: datetime,
    specification: str = "DEF STAN 91-091",
    density_base: str = "15C",
    lowest_density: Decimal = Decimal("775.0"),
    highest_density: Decimal = Decimal("840.0"),
    lowest_celsius: Decimal = Decimal(-40),
    highest_celsius: Decimal = Decimal(50),
    largest_uplift_litres: Decimal = Decimal(240_000),
) -> FuelLimits:
    """Set the limits of a product at a site; outside them a delivery has to be explained before it is signed.

    Args:
        specification: of the product, which states its density.
        density_base: the temperature that the density is stated at: 15C, 20C or 60F.
        lowest_density, highest_density: kg/m³.
        largest_uplift_litres: what the site delivers into one aircraft at most, in litres observed.
    Raises:
        NotAllowed: the actor is no administrator of the site.
        NotFitForRegister: naming each field and figure that cannot be accepted, or the product has limits there.
    Source: DEF STAN 91-091; GB 6537.
    """
    require_may_keep_books(actor, site)
    row = FuelLimits(
        site=site,
        product=product,
        specification=specification.strip(),
        density_base=density_base,
        lowest_density=lowest_density,
        highest_density=highest_density,
        lowest_celsius=lowest_celsius,
        highest_celsius=highest_celsius,
        largest_uplift_litres=largest_uplift_litres,
    )
    return enter_in_register(row=row, actor=actor, at=at)


@transaction.atomic
def change_fuel_limits(
    *,
    limits: FuelLimits,
    actor: User,
    at: datetime,
    reason: str = "",
    seen_history_id: int | None = None,
    **figures: object,
) -> FuelLimits:
    """Change the limits of a product at a site; what was signed before keeps its exceptions.

    Args:
        figures: any of those of set_fuel_limits but site and product.
    Raises:
        NotAllowed, NotFitForRegister: as set_fuel_limits.
        ChangedMeanwhile: somebody changed them after the entry in view.
        NotAsRequired: there is no reason.
    """
    require_may_keep_books(actor, limits.site)
    if not reason.strip():
        message = _("Say why the limits change.")
        raise NotAsRequired(message, errors=[FieldError(message, field="reason")])
    changed: FuelLimits = FuelLimits.objects.select_related("site", "product").get(pk=limits.pk)
    for name, figure in figures.items():
        setattr(changed, name, figure)
    return enter_in_register(row=changed, actor=actor, at=at, reason=reason, seen_history_id=seen_history_id)
