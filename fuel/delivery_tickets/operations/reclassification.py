"""A flight that turned domestic: its bonded fuel is cleared for the domestic market, with duty at the day's rates."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from customs.declarations.operations import require_not_pre_deducted
from customs.duty import assess, rates_of
from customs.operations.declaration_numbers import written_number
from customs.queries import deducted_for
from documents.operations import documents
from documents.operations.acts import BY_CUSTOMS, act
from documents.operations.documents import NotAsRequired, WrongState
from fuel.billing.charges.operations import charge_anew, lock_airline, standing_charges
from fuel.delivery_tickets.model import LIFTED
from fuel.delivery_tickets.operations.entry import flight_type_of
from fuel.models import (
    DeliveryTicket,
    FlightType,
    ReclassifiedLot,
    TicketReclassification,
)
from fuel.queries import book_places_of, riding_uplifted
from ledger.operations import post
from ledger.postings import Account, CustomsStatus, Journal, Leg, MovementKind, Riding
from ledger.queries import lots
from registry.errors import FieldError
from registry.models import Airport, PlaceKind, User
from registry.queries import tariff_rate_for

_AMOUNTS = ("customs_value_cny", "duty_cny", "consumption_tax_cny", "vat_cny")


@act(
    DeliveryTicket,
    "reclassify",
    *LIFTED,
    who=BY_CUSTOMS,
    not_by=("prepared_by", "signed_by"),
    with_reason=True,
    is_due=lambda ticket: ticket.customs_status == CustomsStatus.BONDED,
    # In the order of whoever issues a statement: the airline, then its tickets.
    lock_first=lambda ticket: lock_airline(ticket.airline),
)
def reclassify_ticket(
    *,
    ticket: DeliveryTicket,
    destination: Airport,
    actor: User,
    at: datetime,
    reason: str,
    declaration_number: str = "",
) -> DeliveryTicket:
    """Clear the bonded fuel of a ticket for the domestic market, because its flight stayed in the country.

    What is still out of the tank is assessed lot by lot at the rates of the day of ``at``. It moves from abroad to the
    domestic market in stock, and out of the account book.

    Args:
        destination: where the flight went instead.
        declaration_number: of the domestic declaration on which duty and tax are paid, where customs has given it yet.
    Raises:
        NotAsRequired: the destination makes no domestic flight, or the declaration number has not the form of the
            site's regime or is another document's.
        WrongState: its fuel is duty-paid already, or all of it came back, or it stands on a declaration that is
            accepted and not yet released.
        NoTariffRate: a lot has no rate on the day.
    """
    _require_bonded(ticket)
    require_not_pre_deducted(ticket)
    _require_domestic(ticket, destination)
    number = written_number(site=ticket.site, number=declaration_number)
    out = riding_uplifted(ticket)
    if not out:
        raise WrongState(_("All fuel of %(number)s came back; nothing is to be cleared.") % {"number": ticket.number})
    today = documents.customs_date(ticket, at)
    lines = _assessed(out, today)
    decided = TicketReclassification(
        ticket=ticket,
        was_flight_type=ticket.flight_type,
        was_destination=ticket.destination,
        mass_kg=sum((line.mass_kg for line in lines), Decimal(0)),
        rates_date=today,
        declaration_number=number,
        reason=reason,
        decided_by=actor,
        decided_at=at,
        **{name: sum((getattr(line, name) for line in lines), Decimal(0)) for name in _AMOUNTS},
    )
    decided.save()
    for line in lines:
        line.reclassification = decided
    ReclassifiedLot.objects.bulk_create(lines)
    _post(ticket, out, actor, at, reason)
    ticket.destination, ticket.flight_type = destination, FlightType.DOMESTIC
    ticket.customs_status, ticket.relief_rule = CustomsStatus.DUTY_PAID, None
    documents.keep(ticket, actor=actor, at=at, reason=reason)
    _correct_charges(ticket, actor, at, reason)
    return ticket


def _require_bonded(ticket: DeliveryTicket) -> None:
    if ticket.customs_status != CustomsStatus.BONDED:
        words = {
            "number": ticket.number,
            "state": ticket.get_state_display(),
            "status": ticket.get_customs_status_display(),
        }
        message = _("%(number)s is in the state “%(state)s” with fuel “%(status)s”: there is nothing to clear.")
        raise WrongState(message % words)
    if ticket.defuels.filter(state="held").exists():
        words = {"number": ticket.number}
        raise WrongState(_("Fuel of %(number)s that came back is not decided on yet. Decide on it first.") % words)


def _require_domestic(ticket: DeliveryTicket, destination: Airport) -> None:
    if destination.pk == ticket.airport_id or flight_type_of(ticket.airport, destination) != FlightType.DOMESTIC:
        words = {"origin": ticket.airport.iata_code, "destination": destination.iata_code}
        message = _("From %(origin)s to %(destination)s is no domestic flight.") % words
        errors = [FieldError(message, field="destination", figure=destination.iata_code)]
        raise NotAsRequired(message, errors=errors)


def _assessed(out: Mapping[int, tuple[Decimal, Riding]], day: date) -> list[ReclassifiedLot]:
    known = lots().in_bulk(list(out))
    lines = []
    for lot_id, (mass_kg, riding) in sorted(out.items()):
        lot = known[lot_id]
        rates = rates_of(tariff_rate_for(lot.tariff_code, lot.origin, day, field="lot"))
        line = ReclassifiedLot(lot_id=lot_id, mass_kg=mass_kg)
        line.take(assess(value_cny=riding.customs_value_cny, quantity=mass_kg, rates=rates), rates)
        lines.append(line)
    return lines


def _correct_charges(ticket: DeliveryTicket, actor: User, at: datetime, reason: str) -> None:
    """What was charged for bonded fuel is credited as it was charged, and charged again as duty-paid."""
    for charge in standing_charges([ticket.pk]).values():
        charge_anew(charge=charge, reason=reason, actor=actor, at=at)


def _post(
    ticket: DeliveryTicket, out: Mapping[int, tuple[Decimal, Riding]], actor: User, at: datetime, reason: str
) -> None:
    abroad = Account(documents.boundary(ticket.site, PlaceKind.ABROAD).pk)
    domestic = Account(documents.boundary(ticket.site, PlaceKind.DOMESTIC).pk)
    book_of = book_places_of(out)
    legs = [Leg(Journal.STOCK, lot, abroad, domestic, mass_kg, riding) for lot, (mass_kg, riding) in out.items()]
    # What a declaration has deducted already is no more in the book, but booked as gone abroad.
    deducted = deducted_for(document_kind=ticket.kind, document_id=ticket.pk)
    legs += [
        Leg(Journal.CUSTOMS, lot, abroad if lot in deducted else Account(book_of[lot]), domestic, mass_kg, riding)
        for lot, (mass_kg, riding) in out.items()
        if lot in book_of
    ]
    post(
        zone_id=ticket.site.zone_id,
        actor_id=actor.pk,
        postings=[
            documents.posting_of(
                ticket, "reclassify", kind=MovementKind.DOMESTIC_SALE, legs=legs, occurred_at=at, reason=reason
            )
        ],
    )
