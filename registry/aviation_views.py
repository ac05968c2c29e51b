"""Pages of the register of aviation: airports, airlines and aircraft."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy

from registry import filters, forms, tables
from registry.models import Aircraft, Airline, Airport
from registry.views import RegisterAdd, RegisterChange, RegisterDetail, RegisterList


class AirportList(RegisterList):
    model = Airport
    title = gettext_lazy("Airports")
    add_label = gettext_lazy("New airport")
    filterset_class = filters.AirportFilter
    table_class = tables.AirportTable


class AirportDetail(RegisterDetail):
    model = Airport
    list_label = gettext_lazy("Airports")
    fact_names = ("iata_code", "icao_code", "name", "name_zh", "country", "time_zone")


class AirportAdd(RegisterAdd):
    model = Airport
    title = gettext_lazy("New airport")
    form_class = forms.AirportForm


class AirportChange(RegisterChange):
    model = Airport
    form_class = forms.AirportForm


class AirlineList(RegisterList):
    model = Airline
    title = gettext_lazy("Airlines")
    add_label = gettext_lazy("New airline")
    filterset_class = filters.AirlineFilter
    table_class = tables.AirlineTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("organisation")


class AirlineDetail(RegisterDetail):
    model = Airline
    list_label = gettext_lazy("Airlines")
    fact_names = ("organisation", "iata_code", "icao_code")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("organisation")


class AirlineAdd(RegisterAdd):
    model = Airline
    title = gettext_lazy("New airline")
    form_class = forms.AirlineForm


class AirlineChange(RegisterChange):
    model = Airline
    form_class = forms.AirlineForm

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("organisation")


class AircraftList(RegisterList):
    model = Aircraft
    title = gettext_lazy("Aircraft")
    add_label = gettext_lazy("New aircraft")
    filterset_class = filters.AircraftFilter
    table_class = tables.AircraftTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("airline")


class AircraftDetail(RegisterDetail):
    model = Aircraft
    list_label = gettext_lazy("Aircraft")
    fact_names = ("registration", "type_designator", "airline", "tank_capacity_litres")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("airline__organisation")


class AircraftAdd(RegisterAdd):
    model = Aircraft
    title = gettext_lazy("New aircraft")
    form_class = forms.AircraftForm


class AircraftChange(RegisterChange):
    model = Aircraft
    form_class = forms.AircraftForm
