"""What every answer about assessed goods has in common."""

from typing import Any

from rest_framework import serializers

ASSESSED_FIELDS = (
    "customs_value_cny",
    "duty_cny",
    "consumption_tax_cny",
    "vat_cny",
    "tax_cny",
    "duty_rate",
    "vat_rate",
    "consumption_tax_rate",
    "consumption_tax_cny_per_unit",
)


class AssessedSerializer(serializers.ModelSerializer[Any]):
    """Customs value, duty and taxes in CNY with the rates they were reckoned at; null until assessed."""

    tax_cny = serializers.DecimalField(max_digits=18, decimal_places=2, read_only=True, allow_null=True)
