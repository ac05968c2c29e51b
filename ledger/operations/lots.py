"""Opening lots: the identities that goods keep from admission until they are gone."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ledger.models import Lot
from ledger.postings import ImpossibleFigure, LotNumberTaken, NewLot
from registry.errors import FieldError

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
    rows = [_row(lot, at) for lot in lots]
    try:
        with transaction.atomic():
            return Lot.objects.bulk_create(rows)
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) != "lot_number_once_per_zone":
            raise
        taken = list(_taken_numbers(lots))
        message = taken[0].message if taken else _("A lot number was taken by another request at the same moment.")
        raise LotNumberTaken(message, errors=taken) from error


def _row(lot: NewLot, at: datetime) -> Lot:
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
