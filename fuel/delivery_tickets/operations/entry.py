"""What a delivery ticket says, checked and measured: one ticket from a tablet and a thousand from a file alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from documents.operations.documents import Refusals, check_tank, require_not_in_the_future
from fuel.models import DeliveryTicket, FlightType, MeasurementBasis, Meter, Tank
from fuel.models.flight_numbers import written_flight, written_registration
from fuel.operations.measuring import basis_on, measure_fuel, metered_litres
from fuel.operations.receipt_checks import check_meter, check_status
from fuel.operations.relief import HOME, ReliefRules
from ledger.postings import CustomsStatus
from registry.models import Airline, Airport, Organisation, Site
from registry.wording import local_time_text, quantity_text

REGIONAL = frozenset({"HK", "MO", "TW"})
# Fuelled before midnight, a flight may leave the day after; written down late, the day before.
DAYS_FROM_FLIGHT = timedelta(days=1)
# What a metered volume may differ from the litres that somebody wrote beside it.
LITRES_APART = Decimal(1)
# More than any aircraft takes: the tanks of an A380-800 hold 323,546 L, those of an An-225 held about 375,000 L.
# Below that a figure may be implausible, and has to be explained; above it is refused.
LITRES_NO_AIRCRAFT_TAKES = Decimal(400_000)
_CHECKED_HERE = frozenset(
    {
        *("site", "number", "number_year", "number_sequence", "state", "prepared_by", "standard", "base", "mass_in"),
        *("vendor", "airline", "airport", "destination", "tank", "meter", "relief_rule", "signed_by", "matched_by"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketDetails:
    """A ticket as the fueller writes it.

    Litres come from the two readings of the meter, or are written; temperature in °C, density at base in kg/m³.
    Without volume, temperature or density it is a draft. Left out, the kind of flight follows from the destination.
    """

    vendor: Organisation
    ticket_number: str
    airline: Airline
    flight_number: str
    flight_date: date
    registration: str
    airport: Airport
    destination: Airport
    tank: Tank
    delivered_at: datetime
    customs_status: str = CustomsStatus.BONDED
    flight_type: str = ""
    aircraft_type: str = ""
    stand: str = ""
    meter: Meter | None = None
    meter_start: Decimal | None = None
    meter_end: Decimal | None = None
    litres_observed: Decimal | None = None
    celsius: Decimal | None = None
    density_at_base: Decimal | None = None
    requested_litres: Decimal | None = None
    started_at: datetime | None = None
    signatory: str = ""
    remark: str = ""
    # What explains what is implausible of it, by the kind of exception, or under "" for all of it.
    explanations: Mapping[str, str] = field(default_factory=dict)


WRITTEN = tuple(one.name for one in fields(TicketDetails) if one.name != "explanations")


class TicketIntake:
    """Checks and measures tickets of one site; what it looks up it looks up once.

    Args:
        meters: of the tickets to come, so that their provings are read at once.
    """

    def __init__(self, site: Site, *, at: datetime, meters: Sequence[Meter] = ()) -> None:
        self.site = site
        self.at = at
        self.relief = ReliefRules()
        self._clock = ZoneInfo(site.zone.time_zone)
        self._bases: dict[date, MeasurementBasis] = {}
        if meters:
            prefetch_related_objects(list(meters), "provings")

    def fill(self, ticket: DeliveryTicket, details: TicketDetails, refusals: Refusals, *, row: int | None) -> bool:
        """Put the details into a ticket and measure it; True when nothing is missing for it to be signed.

        Every figure at fault is noted in ``refusals`` under its row.
        """
        before = len(refusals.errors)
        for name in WRITTEN:
            setattr(ticket, name, getattr(details, name))
        ticket.ticket_number = details.ticket_number.strip()
        ticket.flight_number = written_flight(details.flight_number)
        ticket.registration = written_registration(details.registration)
        ticket.flight_type = details.flight_type or flight_type_of(details.airport, details.destination)
        refusals.row_fits(ticket, number=row, exclude=_CHECKED_HERE)
        self._check_place(ticket, refusals, row)
        self._check_moments(ticket, refusals, row)
        self._check_flight(ticket, refusals, row)
        if len(refusals.errors) > before:
            return False
        self._take_volume(ticket, details, refusals, row)
        return self._measure(ticket, refusals, row)

    def _check_place(self, ticket: DeliveryTicket, refusals: Refusals, row: int | None) -> None:
        tank = ticket.tank
        check_tank(tank.place, self.site, refusals, field="tank", row=row)
        check_status(tank, ticket.customs_status, refusals, field="tank", row=row)
        check_meter(ticket.meter, self.site, refusals, row=row)
        country = self.site.un_locode[:2]
        if ticket.airport.country != country:
            words = {"airport": ticket.airport.iata_code, "site": self.site.code, "country": country}
            message = _("%(airport)s is no airport of %(country)s, where %(site)s delivers.")
            refusals.add(message % words, "airport", row, ticket.airport.iata_code)

    def _check_moments(self, ticket: DeliveryTicket, refusals: Refusals, row: int | None) -> None:
        refusals.ask(lambda: require_not_in_the_future(ticket.delivered_at, at=self.at, field="delivered_at", row=row))
        if ticket.started_at is not None and ticket.started_at > ticket.delivered_at:
            message = _("Fuelling cannot end before it began.")
            refusals.add(message, "started_at", row, ticket.started_at.isoformat())
        delivered = self._day(ticket)
        if abs(delivered - ticket.flight_date) > DAYS_FROM_FLIGHT:
            words = {"flight": local_time_text(ticket.flight_date), "delivered": local_time_text(delivered)}
            message = _("The flight is of %(flight)s, but the fuel was delivered on %(delivered)s.")
            refusals.add(message % words, "flight_date", row, ticket.flight_date)

    def _check_flight(self, ticket: DeliveryTicket, refusals: Refusals, row: int | None) -> None:
        if ticket.airport_id == ticket.destination_id:
            message = _("The destination is the airport of uplift itself.")
            refusals.add(message, "destination", row, ticket.destination.iata_code)
            return
        expected = flight_type_of(ticket.airport, ticket.destination)
        if ticket.flight_type != expected:
            words = {
                "origin": ticket.airport.iata_code,
                "destination": ticket.destination.iata_code,
                "kind": FlightType(expected).label,
            }
            message = _("From %(origin)s to %(destination)s a flight is of the kind “%(kind)s”.")
            refusals.add(message % words, "flight_type", row, ticket.flight_type)
            return
        ticket.relief_rule = refusals.ask(
            lambda: self.relief.rule_for_uplift(
                customs_status=ticket.customs_status,
                airline=ticket.airline,
                flight_type=ticket.flight_type,
                airport=ticket.airport,
                day=ticket.flight_date,
                row=row,
            )
        )

    def _take_volume(self, ticket: DeliveryTicket, details: TicketDetails, refusals: Refusals, row: int | None) -> None:
        ticket.meter_factor = None
        meter, start, end = ticket.meter, ticket.meter_start, ticket.meter_end
        if meter is None or start is None or end is None:
            if meter is None and (start is not None or end is not None):
                refusals.add(_("Name the meter that these readings are of."), "meter", row)
            return
        metered = refusals.ask(
            lambda: metered_litres(meter=meter, start=start, end=end, at=ticket.delivered_at, row=row)
        )
        if metered is None:
            return
        litres, ticket.meter_factor = metered
        written = details.litres_observed
        if written is not None and abs(written - litres) > LITRES_APART:
            words = {"written": quantity_text(written), "metered": quantity_text(litres)}
            message = _("%(written)s litres are written, but the meter says %(metered)s.")
            refusals.add(message % words, "litres_observed", row, written)
        ticket.litres_observed = litres

    def _measure(self, ticket: DeliveryTicket, refusals: Refusals, row: int | None) -> bool:
        litres, celsius, density = ticket.litres_observed, ticket.celsius, ticket.density_at_base
        if litres is not None and litres <= 0:
            words = {"litres": quantity_text(litres)}
            at_fault = "meter_end" if ticket.meter_factor else "litres_observed"
            refusals.add(_("%(litres)s litres are not above zero.") % words, at_fault, row, litres)
            return False
        if litres is not None and litres > LITRES_NO_AIRCRAFT_TAKES:
            words = {"litres": quantity_text(litres), "most": quantity_text(LITRES_NO_AIRCRAFT_TAKES)}
            at_fault = "meter_end" if ticket.meter_factor else "litres_observed"
            refusals.add(
                _("%(litres)s litres are more than any aircraft holds: %(most)s.") % words, at_fault, row, litres
            )
            return False
        basis = refusals.ask(lambda: self._basis(ticket, row))
        if basis is None:
            return False
        if litres is None or celsius is None or density is None:
            ticket.vcf = ticket.litres_at_base = ticket.mass_kg = None
            for name in ("standard", "vcf_decimals", "base", "mass_in"):
                setattr(ticket, name, getattr(basis, name))
            return False
        measured = refusals.ask(
            lambda: measure_fuel(litres_observed=litres, celsius=celsius, density_at_base=density, basis=basis, row=row)
        )
        if measured is None:
            return False
        ticket.take(measured, basis)
        return True

    def _basis(self, ticket: DeliveryTicket, row: int | None) -> MeasurementBasis:
        day = self._day(ticket)
        if day not in self._bases:
            self._bases[day] = basis_on(site=self.site, day=day, field="delivered_at", row=row)
        return self._bases[day]

    def _day(self, ticket: DeliveryTicket) -> date:
        return ticket.delivered_at.astimezone(self._clock).date()


def flight_type_of(airport: Airport, destination: Airport) -> str:
    """What kind of flight it is by where it goes: domestic, to Hong Kong, Macao or Taiwan, or international."""
    if destination.country == airport.country:
        return FlightType.DOMESTIC
    is_regional = airport.country == HOME and destination.country in REGIONAL
    return FlightType.REGIONAL if is_regional else FlightType.INTERNATIONAL


def missing_figures(ticket: DeliveryTicket) -> list[str]:
    """The fields without which a ticket cannot be signed."""
    needed: dict[str, Any] = {
        "litres_observed": ticket.litres_observed,
        "celsius": ticket.celsius,
        "density_at_base": ticket.density_at_base,
    }
    return [name for name, figure in needed.items() if figure is None]
