"""Opening tank groups and tanks, and changing what may change of them: master data that administrators keep."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from customs.rules import require_may_keep_books
from documents.operations.documents import Refusals
from fuel.models import Tank, TankGroup, TankMode
from ledger.queries import stock_in
from registry.errors import Conflict, FieldError
from registry.models import Item, PlaceKind, Site, User
from registry.operations.register import enter_in_register
from registry.operations.sites import add_place
from registry.wording import quantity_text

KILOGRAM = "KGM"


class TankNotEmpty(Conflict):
    """The tank still holds fuel by book."""

    code = "tank-not-empty"


@transaction.atomic
def open_tank_group(*, site: Site, code: str, mode: str, actor: User | None, at: datetime, name: str = "") -> TankGroup:
    """Enter tanks that are run alike.

    Raises:
        NotAllowed: the actor is no administrator of the site.
        NotFitForRegister: naming each field and figure that cannot be accepted.
    """
    require_may_keep_books(actor, site)
    return enter_in_register(row=TankGroup(site=site, code=code, mode=mode, name=name), actor=actor, at=at)


@transaction.atomic
def change_tank_group(
    *,
    group: TankGroup,
    name: str,
    actor: User | None,
    at: datetime,
    reason: str = "",
    seen_history_id: int | None = None,
) -> TankGroup:
    """Give a tank group another name; its code, site and mode stay, for its tanks were opened by them.

    Raises:
        NotAllowed: the actor is no administrator of the site.
        NotFitForRegister, ChangedMeanwhile: as for every row of the register.
    """
    require_may_keep_books(actor, group.site)
    changed: TankGroup = TankGroup.objects.select_related("site").get(pk=group.pk)
    changed.name = name
    return enter_in_register(row=changed, actor=actor, at=at, reason=reason, seen_history_id=seen_history_id)


@transaction.atomic
def open_tank(
    *,
    group: TankGroup,
    code: str,
    product: Item,
    actor: User | None,
    at: datetime,
    customs_status: str = "",
    safe_fill_m3: Decimal | None = None,
    is_slop: bool = False,
    name: str = "",
) -> Tank:
    """Open a tank, with its place in the ledger.

    Args:
        customs_status: of all that a segregated tank holds; empty in a group that is kept by book.
        safe_fill_m3: the most that is pumped into it.
        is_slop: whether it holds what is drained, and nothing that is ever used.
    Raises:
        NotAllowed: the actor is no administrator of the site.
        NotAsRequired: the status does not fit the group's mode, or the product is not kept in kilograms.
        NotFitForRegister: naming each field and figure that cannot be accepted.
    """
    require_may_keep_books(actor, group.site)
    refusals = Refusals()
    if group.mode == TankMode.SEGREGATED and not customs_status:
        message = _("Tanks of group %(group)s are segregated. Say which duty status this one has.")
        refusals.add(message % {"group": group.code}, "customs_status")
    if group.mode == TankMode.BOOK and customs_status:
        message = _("Statuses share the tanks of group %(group)s. Leave the duty status empty.")
        refusals.add(message % {"group": group.code}, "customs_status", figure=customs_status)
    if product.unit_id != KILOGRAM:
        message = _("Fuel is kept in kilograms, but %(product)s is declared in %(unit)s.")
        refusals.add(message % {"product": product.code, "unit": product.unit_id}, "product", figure=product.code)
    refusals.raise_if_any()
    place = add_place(site=group.site, code=code, kind=PlaceKind.TANK, name=name, actor=actor, at=at)
    tank = Tank(
        place=place,
        group=group,
        product=product,
        customs_status=customs_status,
        safe_fill_m3=safe_fill_m3,
        is_slop=is_slop,
    )
    return enter_in_register(row=tank, actor=actor, at=at)


@transaction.atomic
def change_tank(
    *,
    tank: Tank,
    name: str,
    safe_fill_m3: Decimal | None,
    is_open: bool,
    actor: User | None,
    at: datetime,
    reason: str = "",
    seen_history_id: int | None = None,
) -> Tank:
    """Change a tank's name and safe fill, take it out of use or into use again; all else stays as it was opened.

    Args:
        safe_fill_m3: the most that is pumped into it; None where nobody has set a limit.
        is_open: whether fuel may come into it.
    Raises:
        NotAllowed: the actor is no administrator of the site.
        TankNotEmpty: it is taken out of use while it holds fuel by book, naming how much.
        NotFitForRegister, ChangedMeanwhile: as for every row of the register.
    """
    require_may_keep_books(actor, tank.site)
    # Whoever pumps into the tank locks its row too.
    changed: Tank = Tank.objects.select_for_update(of=("self",)).select_related("place__site", "group").get(pk=tank.pk)
    place = changed.place
    if place.is_open and not is_open:
        _require_empty(changed)
    changed.safe_fill_m3 = safe_fill_m3
    # First, so that a state that somebody else has changed is refused before anything else.
    enter_in_register(row=changed, actor=actor, at=at, reason=reason, seen_history_id=seen_history_id)
    if (place.name, place.is_open) != (name, is_open):
        place.name, place.is_open = name, is_open
        enter_in_register(row=place, actor=actor, at=at, reason=reason)
    return changed


def _require_empty(tank: Tank) -> None:
    held = sum((row.quantity for row in stock_in(place_ids=[tank.place_id])), Decimal(0))
    if held:
        words = {"tank": tank.code, "mass": quantity_text(held, "kg")}
        message = _("Tank %(tank)s still holds %(mass)s by book. Empty it first.") % words
        raise TankNotEmpty(message, errors=[FieldError(message, field="is_open", figure=held)])
