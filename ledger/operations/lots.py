"""Opening lots: the identities that goods keep from admission until they are gone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ledger.models import Lot
from ledger.postings import ImpossibleFigure, LotNumberTaken, NewLot
from registry.errors import FieldError
from registry.models import Item

_DECIMALS = {
    "quantity": 5,
    "net_mass_kg": 5,
    "customs_value_cny": 2,
    "duty_cny": 2,
    "consumption_tax_cny": 2,
    "vat_cny": 2,
    "duty_rate": 6,
    "vat_rate": 6,
    "consumption_tax_rate": 6,
    "consumption_tax_cny_per_unit": 5,
}
_LARGEST = {5: Decimal(10) ** 13, 2: Decimal(10) ** 16, 6: Decimal(10)}


def open_lots(*, lots: Sequence[NewLot], at: datetime) -> list[Lot]:
    """Open lots, all or none, in one statement. A lot holds nothing until something is posted to it.

    HS code, national code and description are those of the parent lot, or else the item's at this moment; they stay
    with the lot, whatever becomes of the item.

    Args:
        lots: Quantities in each lot's unit, mass in kilograms, amounts in CNY, rates as fractions.
        at: When they are opened.

    Returns:
        The lots with their ids, in the order in which they were given.

    Raises:
        ImpossibleFigure: naming every figure that is negative, too precise or too large, or a quantity of zero.
        LotNumberTaken: naming every row whose number the zone already knows, or that comes twice.
    """
    refused = [error for row, lot in enumerate(lots) for error in _impossible_figures(lot, row)]
    if refused:
        raise ImpossibleFigure(refused[0].message, errors=refused)
    declared = _declared(lots)
    rows = [_row(lot, at, of_it) for lot, of_it in zip(lots, declared, strict=True)]
    try:
        with transaction.atomic():
            return Lot.objects.bulk_create(rows)
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) != "lot_number_once_per_zone":
            raise
        taken = list(_taken_numbers(lots))
        message = taken[0].message if taken else _("A lot number was taken by another request at the same moment.")
        raise LotNumberTaken(message, errors=taken) from error


def _declared(lots: Sequence[NewLot]) -> list[dict[str, str]]:
    """What each lot is declared as."""
    parents = Lot.objects.in_bulk({lot.parent_id for lot in lots if lot.parent_id is not None})
    items = Item.objects.in_bulk({lot.item_id for lot in lots})
    declared = []
    for lot in lots:
        parent = parents.get(lot.parent_id) if lot.parent_id is not None else None
        if parent is not None and parent.item_id == lot.item_id:
            names = ("hs_code", "national_code", "description")
            declared.append({name: getattr(parent, name) for name in names})
        else:
            item = items[lot.item_id]
            declared.append({"hs_code": item.hs_code_id, "national_code": item.national_code, "description": item.name})
    return declared


def _row(lot: NewLot, at: datetime, declared: Mapping[str, str]) -> Lot:
    return Lot(
        zone_id=lot.zone_id,
        site_id=lot.site_id,
        number=lot.number,
        item_id=lot.item_id,
        unit_id=lot.unit_id,
        owner_id=lot.owner_id,
        customs_status=lot.customs_status,
        origin=lot.origin,
        admitted_date=lot.admitted_date,
        expiry_date=lot.expiry_date,
        parent_id=lot.parent_id,
        document_kind=lot.document.kind,
        document_id=lot.document.id,
        document_number=lot.document.number,
        created_at=at,
        **declared,
        **{field: getattr(lot, field) for field in _DECIMALS},
    )


def _impossible_figures(lot: NewLot, row: int) -> Iterator[FieldError]:
    for field, decimals in _DECIMALS.items():
        figure = getattr(lot, field)
        if not Decimal(figure).is_finite() or abs(figure) >= _LARGEST[decimals]:
            yield FieldError(_("A figure is larger than the ledger can hold."), field, row, figure)
        elif figure != round(figure, decimals):
            message = _("%(figure)s has more than %(decimals)s decimals.")
            yield FieldError(message % {"figure": figure, "decimals": decimals}, field, row, figure)
        elif figure < 0:
            yield FieldError(_("%(figure)s is below zero.") % {"figure": figure}, field, row, figure)
        elif field == "quantity" and figure == 0:
            yield FieldError(_("A lot needs a quantity above zero."), field, row, figure)


def _taken_numbers(lots: Sequence[NewLot]) -> Iterator[FieldError]:
    known = set(
        Lot.objects.filter(zone__in={lot.zone_id for lot in lots}, number__in=[lot.number for lot in lots]).values_list(
            "zone_id", "number"
        )
    )
    for row, lot in enumerate(lots):
        if (lot.zone_id, lot.number) in known:
            message = _("Lot number %(number)s is already in use.") % {"number": lot.number}
            yield FieldError(message, "number", row, lot.number)
        known.add((lot.zone_id, lot.number))
