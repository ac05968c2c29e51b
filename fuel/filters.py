"""What the lists of fuel documents can be narrowed by."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from fuel.models import (
    CarrierNationality,
    DutyPaidPrice,
    ExceptionKind,
    FlightRecord,
    FlightType,
    FuelContract,
    FuelLimits,
    FuelPayment,
    IndexQuote,
    MeasurementBasis,
    Meter,
    MovementLimit,
    PriceIndex,
    ReconciliationRule,
    ReliefRule,
    Tank,
    TankGroup,
    TicketException,
)
from fuel.queries import has_ticket
from registry.filters import FoldingFilterSet, SearchFilterSet, SiteChoiceFilter, yes_or_no
from registry.models import Airline


class MeterFilter(SearchFilterSet):
    searched = ("code", "name")
    site = SiteChoiceFilter()

    class Meta:
        model = Meter
        fields = ()


class TankGroupFilter(SearchFilterSet):
    searched = ("code", "name")
    site = SiteChoiceFilter()

    class Meta:
        model = TankGroup
        fields = ()


class MeasurementBasisFilter(SearchFilterSet):
    searched = ("agreed_in",)
    site = SiteChoiceFilter()

    class Meta:
        model = MeasurementBasis
        fields = ()


class MovementLimitFilter(SearchFilterSet):
    searched = ("site__code", "site__name")
    site = SiteChoiceFilter()

    class Meta:
        model = MovementLimit
        fields = ()


class ReconciliationRuleFilter(SearchFilterSet):
    searched = ("name",)
    site = SiteChoiceFilter()

    class Meta:
        model = ReconciliationRule
        fields = ()


class TankFilter(SearchFilterSet):
    searched = ("place__code", "place__name", "group__code")
    site = SiteChoiceFilter("place__site")

    class Meta:
        model = Tank
        fields = ()


def visible_airlines(request: Any) -> Any:
    if request is None:
        # The API's schema is drawn up without a request.
        return Airline.objects.none()
    return Airline.objects.visible_to(request.user).select_related("organisation").order_by("iata_code")


class AirlineChoiceField(filters.fields.ModelChoiceField):
    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or not isinstance(value, str) or value.isdigit():
            return super().to_python(value)
        return self.queryset.filter(iata_code=value).first() or Airline(iata_code=value)


@extend_schema_field(OpenApiTypes.STR)
class AirlineChoiceFilter(filters.ModelChoiceFilter):
    """An airline that the user sees: pages choose it by its id, programs may write its IATA designator.

    A designator of no such airline leaves no row.
    """

    field_class = AirlineChoiceField

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"queryset": visible_airlines, "label": _("Airline"), **options})

    def filter(self, qs: Any, value: Any) -> Any:
        return qs.none() if isinstance(value, Airline) and value.pk is None else super().filter(qs, value)


class ExceptionStateFilter(filters.ChoiceFilter):
    """Whether an exception waits for its explanation, was explained, or its cause is gone."""

    OPEN, EXPLAINED, ENDED = "open", "explained", "ended"

    def __init__(self, **more: Any) -> None:
        states = [(self.OPEN, _("Open")), (self.EXPLAINED, _("Explained")), (self.ENDED, _("Resolved"))]
        super().__init__(choices=states, **more)

    def filter(self, qs: Any, value: str) -> Any:
        if value == self.OPEN:
            return qs.open()
        if value == self.EXPLAINED:
            return qs.filter(ended_at__isnull=True, explained_at__isnull=False)
        return qs.filter(ended_at__isnull=False) if value == self.ENDED else qs


class TicketExceptionFilter(SearchFilterSet):
    searched = (
        *("ticket__number", "ticket__ticket_number", "ticket__flight_number", "ticket__registration"),
        *("explanation", "explained_by__name"),
    )
    folded = ("site", "airline", "flown_from", "flown_to")
    state = ExceptionStateFilter(label=_("State"))
    kind = filters.MultipleChoiceFilter(choices=ExceptionKind.choices, label=_("Exception"))
    site = SiteChoiceFilter("ticket__site")
    airline = filters.ModelChoiceFilter("ticket__airline", queryset=visible_airlines, label=_("Airline"))
    flown_from = filters.DateFilter(
        "ticket__flight_date", lookup_expr="gte", label=_("Flights from"), widget=forms.DateInput
    )
    flown_to = filters.DateFilter(
        "ticket__flight_date", lookup_expr="lte", label=_("Flights to"), widget=forms.DateInput
    )

    class Meta:
        model = TicketException
        fields = ()


class FuelLimitsFilter(SearchFilterSet):
    searched = ("product__code", "specification")
    site = SiteChoiceFilter()

    class Meta:
        model = FuelLimits
        fields = ()


class ReliefRuleFilter(FoldingFilterSet):
    nationality = filters.ChoiceFilter(choices=CarrierNationality.choices, label=_("Carrier"))
    flight_type = filters.ChoiceFilter(choices=FlightType.choices, label=_("Kind of flight"))

    class Meta:
        model = ReliefRule
        fields = ()


class IndexQuoteFilter(FoldingFilterSet):
    index = filters.ModelChoiceFilter(queryset=PriceIndex.objects.order_by("code"), label=_("Price index"))
    quoted_from = filters.DateFilter(
        "quoted_date", lookup_expr="gte", label=_("Quoted, not before"), widget=forms.DateInput
    )

    class Meta:
        model = IndexQuote
        fields = ()


class PriceIndexFilter(SearchFilterSet):
    searched = ("code", "name")

    class Meta:
        model = PriceIndex
        fields = ()


class DutyPaidPriceFilter(SearchFilterSet):
    searched = ("airport__iata_code", "source")

    class Meta:
        model = DutyPaidPrice
        fields = ()


class ContractFilter(SearchFilterSet):
    searched = ("number", "airline__iata_code", "airline__organisation__name", "index__code")
    airline = filters.ModelChoiceFilter(queryset=visible_airlines, label=_("Airline"))

    class Meta:
        model = FuelContract
        fields = ()


class PaymentFilter(SearchFilterSet):
    searched = ("reference", "airline__iata_code")
    airline = filters.ModelChoiceFilter(queryset=visible_airlines, label=_("Airline"))

    class Meta:
        model = FuelPayment
        fields = ()


class FlightFilter(SearchFilterSet):
    searched = ("flight_number", "registration", "source")
    airline = filters.ModelChoiceFilter(queryset=visible_airlines, label=_("Airline"))
    flown_from = filters.DateFilter("flight_date", lookup_expr="gte", label=_("Flights from"), widget=forms.DateInput)
    flown_to = filters.DateFilter("flight_date", lookup_expr="lte", label=_("Flights to"), widget=forms.DateInput)
    has_ticket = yes_or_no(_("Has a ticket"), method="with_ticket")

    # The API's schema takes the type of the parameter `value`.
    def with_ticket(self, flights: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001
        """Without one: flights that took fuel by the airline's word, and whose ticket is missing."""
        return flights.filter(has_ticket()) if value else flights.filter(~has_ticket(), litres_reported__gt=0)

    class Meta:
        model = FlightRecord
        fields = ()
