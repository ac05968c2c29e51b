"""What requests and answers about flights say."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy
from rest_framework import serializers

from documents.api.codes import DocumentCodes
from documents.api.requests import Figure, RequestSerializer
from fuel.delivery_tickets.operations.matching import FlightToRecord
from fuel.models import (
    FlightRecord,
)
from registry.api.fields import coded
from registry.models import Airline, Airport, User


class FlightSerializer(serializers.ModelSerializer[FlightRecord]):
    site = coded("code")
    airline = coded("iata_code")
    destination = coded("iata_code")

    class Meta:
        model = FlightRecord
        fields = (
            "id",
            "site",
            "airline",
            "flight_number",
            "flight_date",
            "registration",
            "destination",
            "litres_reported",
            "source",
        )


class FlightFields(RequestSerializer):
    """A departure as the schedule or the airline tells it."""

    airline = serializers.CharField(help_text=gettext_lazy("IATA designator."))
    flight_number = serializers.CharField(max_length=10)
    flight_date = serializers.DateField()
    registration = serializers.CharField(max_length=10)
    destination = serializers.CharField(help_text=gettext_lazy("IATA code."))
    litres_reported = Figure(required=False, allow_null=True)
    source = serializers.CharField(required=False, allow_blank=True, max_length=120)  # type: ignore[assignment]


class FlightRequest(FlightFields):
    """A departure; told again, the later word replaces the earlier."""

    site = serializers.CharField(help_text=gettext_lazy("Code of the site."))

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        codes = DocumentCodes(user)
        given["site"] = codes.site(given["site"])
        airlines = Airline.objects.visible_to(user).select_related("organisation")
        given["airline"] = codes.one(airlines, given["airline"], field="airline", by="iata_code")
        airports = Airport.objects.all()
        given["destination"] = codes.one(airports, given["destination"], field="destination", by="iata_code")
        codes.raise_if_unknown()
        return given


class FlightsRequest(RequestSerializer):
    """Departures of one site, at most 1,000: all are recorded, or none."""

    site = serializers.CharField(help_text=gettext_lazy("Code of the site."))
    flights = FlightFields(many=True, max_length=1000, allow_empty=False)  # type: ignore[call-arg]

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        codes = DocumentCodes(user)
        site = codes.site(self.validated_data["site"])
        rows = self.validated_data["flights"]
        airlines = Airline.objects.visible_to(user).select_related("organisation")
        found = {
            name: codes.each(known, [row[name] for row in rows], field=name, by="iata_code")
            for name, known in (("airline", airlines), ("destination", Airport.objects.all()))
        }
        codes.raise_if_unknown()
        flights = [
            FlightToRecord(**{**row, **{name: known[number] for name, known in found.items()}})
            for number, row in enumerate(rows)
        ]
        return {"site": site, "flights": flights}


class RecordedFlightsSerializer(serializers.Serializer[Any]):
    """How many departures were new, were told otherwise before, and were known as they are."""

    new = serializers.IntegerField()
    changed = serializers.IntegerField()
    known = serializers.IntegerField()
