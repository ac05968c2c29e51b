"""Gauges as JSON. Dips in mm, volumes in m³, masses in kg."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from documents.api.answers import DOCUMENT_FIELDS, DocumentSerializer
from documents.api.codes import DocumentCodes
from documents.api.kinds import ActsOfKind
from documents.api.requests import Figure, RequestSerializer
from fuel.api.named_tanks import tanks_at
from fuel.models import DensityInstrument, Gauge, GaugePurpose
from registry.api.fields import Moment
from registry.models import User


class GaugeRowSerializer(DocumentSerializer):
    """A gauge as a list has it: without what may be done to it."""

    tank = serializers.CharField(source="tank.code", read_only=True)
    strapping_table = serializers.IntegerField(source="strapping_table_id", read_only=True, help_text=_("Its id."))

    class Meta:
        model = Gauge
        fields: tuple[str, ...] = (
            *(name for name in DOCUMENT_FIELDS if name != "state"),
            *("tank", "purpose", "gauged_at", "dip_mm", "water_mm", "tank_celsius"),
            *("density_reading", "sample_celsius", "instrument", "strapping_table"),
            *("total_observed_m3", "free_water_m3", "gross_observed_m3", "density_at_base", "vcf"),
            *("gross_standard_m3", "mass_kg", "standard", "vcf_decimals", "base", "mass_in", "is_void"),
        )


class GaugeSerializer(GaugeRowSerializer):
    acts = ActsOfKind()

    class Meta(GaugeRowSerializer.Meta):
        fields = (*GaugeRowSerializer.Meta.fields, "acts")


class GaugeRequest(RequestSerializer):
    """A tank as it was gauged: dip, water cut, temperature and sample."""

    site = serializers.CharField(help_text=_("Code of the site."))
    tank = serializers.CharField(help_text=_("Code of the tank at the site."))
    purpose = serializers.ChoiceField(choices=GaugePurpose.choices, required=False)
    gauged_at = Moment(required=False, help_text=_("Left out, it is now."))
    dip_mm = Figure(help_text=_("Of the surface."))
    water_mm = Figure(required=False, help_text=_("Of the water below the fuel; 0 when left out."))
    tank_celsius = Figure()
    density_reading = Figure(help_text=_("Of the sample, kg/m³, as it was read."))
    sample_celsius = Figure()
    instrument = serializers.ChoiceField(choices=DensityInstrument.choices, required=False)
    remark = serializers.CharField(required=False, allow_blank=True, max_length=400)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = {"gauged_at": at, **self.validated_data}
        codes = DocumentCodes(user)
        given["tank"] = codes.one(tanks_at(codes.site(given.pop("site"))), given["tank"], field="tank", by="tank_code")
        codes.raise_if_unknown()
        return given
