"""What accepting a declaration would mean, as JSON. Amounts in CNY but for prices, which are in `currency`."""

from typing import Any

from rest_framework import serializers

from bonded.models import AdmissionLine, WithdrawalPick
from customs.api.answers import ASSESSED_FIELDS, AssessedSerializer
from registry.api.fields import coded


class GuaranteeAfterSerializer(serializers.Serializer[Any]):
    number = serializers.CharField()
    limit_cny = serializers.DecimalField(max_digits=18, decimal_places=2)
    used_cny = serializers.DecimalField(max_digits=18, decimal_places=2)
    used_after_cny = serializers.DecimalField(max_digits=18, decimal_places=2)
    free_after_cny = serializers.DecimalField(max_digits=18, decimal_places=2)


class _PreviewSerializer(serializers.Serializer[Any]):
    """Reckoned at the rates of `day`; `refused` says why the acceptance would be refused, and is empty else."""

    day = serializers.DateField()
    customs_value_cny = serializers.DecimalField(max_digits=18, decimal_places=2)
    duty_cny = serializers.DecimalField(max_digits=18, decimal_places=2)
    consumption_tax_cny = serializers.DecimalField(max_digits=18, decimal_places=2)
    vat_cny = serializers.DecimalField(max_digits=18, decimal_places=2)
    tax_cny = serializers.DecimalField(max_digits=18, decimal_places=2)
    guarantee = GuaranteeAfterSerializer(allow_null=True)
    refused = serializers.CharField()


class AdmissionPreviewLineSerializer(AssessedSerializer):
    item = coded()
    hs_code = serializers.CharField(source="item.tariff_code", read_only=True)
    exchange_rate_date = serializers.DateField(read_only=True, allow_null=True)

    class Meta:
        model = AdmissionLine
        fields = (
            *("row", "item", "hs_code", "origin", "quantity", "invoice_value", "currency", "terms", "freight"),
            *("insurance_rate", "exchange_rate_cny_per_unit", "exchange_rate_date"),
            *ASSESSED_FIELDS,
        )


class WithdrawalPreviewLineSerializer(AssessedSerializer):
    row = serializers.IntegerField(source="line.row", read_only=True)
    item = serializers.CharField(source="line.item.code", read_only=True)
    hs_code = serializers.CharField(source="lot.tariff_code", read_only=True)
    lot = coded("number")
    released_tax_cny = serializers.DecimalField(max_digits=18, decimal_places=2, read_only=True)

    class Meta:
        model = WithdrawalPick
        fields = (
            *("row", "item", "hs_code", "lot", "quantity", "released_value_cny", "released_tax_cny"),
            *ASSESSED_FIELDS,
        )


class AdmissionPreviewSerializer(_PreviewSerializer):
    lines = AdmissionPreviewLineSerializer(many=True)


class WithdrawalPreviewSerializer(_PreviewSerializer):
    released_tax_cny = serializers.DecimalField(max_digits=18, decimal_places=2)
    lines = WithdrawalPreviewLineSerializer(many=True)
