"""The airline's dashboard over the API: uplift and saving by month and route, what is owed, and what waits."""

from typing import Any, cast

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from fuel.billing.airline_account import airline_account, airlines_of
from ledger.queries import first_days_of_months
from registry.models import User
from registry.parameters import refuse_unknown
from registry.wording import CUSTOMS_TIME

MONTHS = 12


def _cny() -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=18, decimal_places=2)


class LiftedSerializer(serializers.Serializer[Any]):
    """What was charged; mass in kg, amounts in CNY. Credits and what came back are taken off."""

    uplifts = serializers.IntegerField()
    mass_kg = serializers.DecimalField(max_digits=18, decimal_places=3)
    amount_cny = _cny()
    duty_paid_cny = _cny()
    saving_cny = _cny()
    saving_duty_cny = _cny()
    saving_consumption_tax_cny = _cny()
    saving_vat_cny = _cny()
    saving_price_cny = _cny()


class MonthLiftedSerializer(LiftedSerializer):
    month = serializers.CharField(source="name", help_text="2026-06")

    def to_representation(self, instance: Any) -> Any:
        return {"month": instance.name, **LiftedSerializer(instance.lifted).data}


class RouteLiftedSerializer(LiftedSerializer):
    airport = serializers.CharField()
    destination = serializers.CharField()

    def to_representation(self, instance: Any) -> Any:
        route = {"airport": instance.airport, "destination": instance.destination}
        return {**route, **LiftedSerializer(instance.lifted).data}


class OwedSerializer(serializers.Serializer[Any]):
    currency = serializers.CharField()
    amount = serializers.DecimalField(max_digits=18, decimal_places=2)
    due_date = serializers.DateField()


class AirlineAccountSerializer(serializers.Serializer[Any]):
    airlines = serializers.ListField(child=serializers.CharField(), help_text="IATA designators.")
    this_year = LiftedSerializer()
    months = MonthLiftedSerializer(many=True)
    routes = RouteLiftedSerializer(many=True)
    owed = OwedSerializer(many=True)
    not_charged = serializers.IntegerField()
    not_charged_kg = serializers.DecimalField(max_digits=18, decimal_places=3)
    disputes_waiting = serializers.IntegerField()
    disputes_answered = serializers.IntegerField()


class AirlineAccountView(APIView):
    """Tell how the caller's airline stands: uplift and saving of twelve months, what is owed, and what waits."""

    @extend_schema(responses=AirlineAccountSerializer, operation_id="airline_account")
    def get(self, request: Request) -> Response:
        refuse_unknown(request.query_params, ())
        airlines = airlines_of(cast("User", request.user))
        if not airlines:
            raise exceptions.PermissionDenied(_("You belong to no airline."))
        today = timezone.now().astimezone(CUSTOMS_TIME).date()
        account = airline_account(airlines=airlines, first_days=first_days_of_months(today, MONTHS))
        fields: Any = AirlineAccountSerializer().fields
        names = [name for name in fields if name != "airlines"]
        told = {name: getattr(account, name) for name in names}
        return Response(AirlineAccountSerializer({"airlines": [one.iata_code for one in airlines], **told}).data)
