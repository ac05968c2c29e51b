"""Who is relieved of what: the dated rule for a carrier's flight, and whether bonded fuel may go into it."""

from datetime import date

from django.utils.translation import gettext as _

from documents.operations.documents import NotAsRequired
from fuel.models import CarrierNationality, FlightType, ReliefRule
from ledger.postings import CustomsStatus
from registry.errors import FieldError
from registry.models import Airline, Airport
from registry.wording import local_time_text

HOME = "CN"


class NoReliefRule(NotAsRequired):
    """No rule says what such a flight is relieved of."""

    code = "no-relief-rule"


class NotEligible(NotAsRequired):
    """Bonded fuel is asked for a flight that is not relieved of duty."""

    code = "not-eligible"


def nationality_of(airline: Airline) -> str:
    """Chinese when the carrier's organisation is of China, else foreign."""
    return CarrierNationality.CHINESE if airline.organisation.country == HOME else CarrierNationality.FOREIGN


class ReliefRules:
    """The relief rules as they stand, read once for any number of tickets."""

    def __init__(self) -> None:
        self._rules: list[ReliefRule] = list(ReliefRule.objects.order_by("-valid_from_date", "-pk"))

    def rule_for(
        self, *, airline: Airline, flight_type: str, airport: Airport, day: date, row: int | None = None
    ) -> ReliefRule:
        """The rule for the carrier's nationality and kind of flight on the day; one of the airport goes first.

        Raises:
            NoReliefRule: none is in force.
        Source: Tariff Law of the PRC (2024); ICAO Doc 8632.
        """
        nationality = nationality_of(airline)
        found = [
            rule
            for rule in self._rules
            if rule.nationality == nationality
            and rule.flight_type == flight_type
            and rule.airport_id in {None, airport.pk}
            and rule.valid_from_date <= day
        ]
        if not found:
            words = {
                "carrier": CarrierNationality(nationality).label,
                "flight": FlightType(flight_type).label,
                "day": local_time_text(day),
            }
            message = _("No relief rule is in force on %(day)s for: %(carrier)s, %(flight)s. Set one first.") % words
            raise NoReliefRule(message, errors=[FieldError(message, field="flight_type", row=row, figure=flight_type)])
        return next((rule for rule in found if rule.airport_id is not None), found[0])

    def rule_for_uplift(
        self,
        *,
        customs_status: str,
        airline: Airline,
        flight_type: str,
        airport: Airport,
        day: date,
        row: int | None = None,
    ) -> ReliefRule | None:
        """The rule that admits bonded fuel to the flight; None for duty-paid fuel, which needs none.

        Raises:
            NoReliefRule: none is in force.
            NotEligible: the flight is not relieved of duty.
        """
        if customs_status != CustomsStatus.BONDED:
            return None
        rule = self.rule_for(airline=airline, flight_type=flight_type, airport=airport, day=day, row=row)
        if not rule.admits_bonded_fuel:
            words = {"rule": rule, "airline": airline.iata_code}
            message = (
                _("This flight of %(airline)s takes no bonded fuel: “%(rule)s” gives no relief from duty.") % words
            )
            raise NotEligible(message, errors=[FieldError(message, "customs_status", row, flight_type)])
        return rule
