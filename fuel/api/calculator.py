"""The calculator over the API: the same figures and steps as on the page."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.api.requests import Figure, RequestSerializer
from fuel.calculator import calculate, told
from fuel.models import BaseTemperature, DensityInstrument, MassIn, MeasurementStandard


class CalculationRequest(RequestSerializer):
    """A volume as it was observed, with its density at the base temperature or as a sample was read."""

    standard = serializers.ChoiceField(choices=MeasurementStandard.choices, default=MeasurementStandard.API_1980)
    vcf_decimals = serializers.ChoiceField(choices=[4, 5], default=4)
    base = serializers.ChoiceField(choices=BaseTemperature.choices, default=BaseTemperature.CELSIUS_15)
    mass_in = serializers.ChoiceField(choices=MassIn.choices, default=MassIn.VACUUM)
    litres_observed = Figure()
    celsius = Figure()
    gauge_pressure_kpa = Figure(required=False)
    density_at_base = Figure(required=False, allow_null=True)
    density_reading = Figure(required=False, allow_null=True)
    sample_celsius = Figure(required=False, allow_null=True)
    instrument = serializers.ChoiceField(choices=DensityInstrument.choices, default=DensityInstrument.GLASS_HYDROMETER)


class StepSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    symbol = serializers.CharField()
    formula = serializers.CharField()
    value = serializers.CharField()
    standard = serializers.CharField()


class CalculationSerializer(serializers.Serializer[Any]):
    density_at_base = serializers.CharField()
    vcf = serializers.CharField()
    litres_at_base = serializers.CharField()
    us_gallons_at_base = serializers.CharField()
    mass_kg = serializers.CharField()
    steps = StepSerializer(many=True)


class CalculationView(APIView):
    """Reckon litres at base, US gallons and mass of a volume, with every step. Nothing is kept."""

    @extend_schema(request=CalculationRequest, responses=CalculationSerializer, operation_id="fuel_calculate")
    def post(self, request: Request) -> Response:
        asked = CalculationRequest(data=request.data)
        asked.is_valid(raise_exception=True)
        calculated = calculate(**asked.validated_data)
        names = ("density_at_base", "vcf", "litres_at_base", "us_gallons_at_base", "mass_kg")
        figures = {name: getattr(calculated.measured, name) for name in names}
        return Response(CalculationSerializer({**figures, "steps": [told(step) for step in calculated.steps]}).data)
