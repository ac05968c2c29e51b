"""Account books, guarantees, regimes and periods as JSON. Quantities and amounts are strings of decimal digits."""

from typing import Any

from django.db import models
from rest_framework import serializers

from customs.models import AccountBook, Guarantee, Regime
from registry.api.fields import Day
from registry.api.serializers import RegisterSerializer
from registry.api.strict import RefusesUnknownFields
from registry.models import Site


class VisibleRelatedField(serializers.PrimaryKeyRelatedField[Any]):
    """Points to a row that the user may see; of any other it says that there is none."""

    def get_queryset(self) -> models.QuerySet[Any] | None:
        rows = super().get_queryset()
        return rows.visible_to(self.context["request"].user) if rows is not None else None  # type: ignore[attr-defined]


class AccountBookSerializer(RegisterSerializer):
    site = VisibleRelatedField(queryset=Site.objects.all())
    guarantee = VisibleRelatedField(queryset=Guarantee.objects.all(), required=False, allow_null=True)
    suspended_tax_cny = serializers.DecimalField(max_digits=18, decimal_places=2, read_only=True)

    class Meta:
        model = AccountBook
        fields = (
            "id",
            "site",
            "number",
            "kind",
            "holder",
            "guarantee",
            "reconciliation_months",
            "opened_date",
            "closed_date",
            "suspended_tax_cny",
            "reason",
            "seen_history_id",
        )
        read_only_fields = ("closed_date",)


class AccountBookCloseSerializer(RefusesUnknownFields, serializers.Serializer[Any]):
    closed_date = Day()
    reason = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")


class BookReadingSerializer(serializers.Serializer[Any]):
    """Quantities in the unit, mass in kilograms, amounts in CNY of what the book holds."""

    item = serializers.IntegerField(source="item.pk")
    item_code = serializers.CharField(source="item.code")
    unit = serializers.CharField(source="unit.code")
    actual_increase = serializers.DecimalField(max_digits=18, decimal_places=5)
    actual_decrease = serializers.DecimalField(max_digits=18, decimal_places=5)
    pre_decrease = serializers.DecimalField(max_digits=18, decimal_places=5)
    available = serializers.DecimalField(max_digits=18, decimal_places=5)
    net_mass_kg = serializers.DecimalField(max_digits=18, decimal_places=5)
    customs_value_cny = serializers.DecimalField(max_digits=18, decimal_places=2)
    duty_cny = serializers.DecimalField(max_digits=18, decimal_places=2)
    consumption_tax_cny = serializers.DecimalField(max_digits=18, decimal_places=2)
    vat_cny = serializers.DecimalField(max_digits=18, decimal_places=2)


class GuaranteeSerializer(RegisterSerializer):
    site = VisibleRelatedField(queryset=Site.objects.all())
    used_cny = serializers.DecimalField(max_digits=18, decimal_places=2, read_only=True)
    free_cny = serializers.DecimalField(max_digits=18, decimal_places=2, read_only=True)

    class Meta:
        model = Guarantee
        fields = (
            "id",
            "site",
            "number",
            "guarantor",
            "limit_cny",
            "used_cny",
            "free_cny",
            "reason",
            "seen_history_id",
        )


class RegimeSerializer(RegisterSerializer):
    """Tolerances are fractions: 0.03 is 3 %."""

    code = serializers.CharField(read_only=True)

    class Meta:
        model = Regime
        fields = (
            "code",
            "storage_limit_months",
            "extension_months",
            "takes_guarantee",
            "weighing_tolerance",
            "loss_tolerance",
            "allows_batch_declaration",
            "lot_identification",
            "declaration_number_form",
            "reason",
            "seen_history_id",
        )


class PeriodSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    site = serializers.IntegerField(source="site_id")
    closed_through_date = Day()
    closed_at = serializers.DateTimeField()
    closed_by = serializers.IntegerField(source="closed_by_id", allow_null=True)
    reason = serializers.CharField(
        allow_blank=True, help_text="The explanation, and below it what was open when the period was closed."
    )


class PeriodCloseSerializer(RefusesUnknownFields, serializers.Serializer[Any]):
    site = VisibleRelatedField(queryset=Site.objects.all())
    through_date = Day(help_text="The last day of the period, in customs time; it must be over.")
    explanation = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=2000,
        default="",
        help_text="Why the period may be closed although something is open.",
    )


class ChecklistQuestionSerializer(serializers.Serializer[Any]):
    site = VisibleRelatedField(queryset=Site.objects.all())
    through_date = Day(help_text="What was open at the end of this day.")


class OpenItemSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]
    document_number = serializers.CharField(allow_blank=True)
    url = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField(allow_null=True)


class CheckResultSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    items = OpenItemSerializer(many=True)
