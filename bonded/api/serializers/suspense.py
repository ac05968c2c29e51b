"""Goods in suspense as JSON. Quantities in the lot's unit, amounts in CNY."""

from typing import Any

from rest_framework import serializers


class SuspensePositionSerializer(serializers.Serializer[Any]):
    """Short goods are in the book and not on the floor; over ones on the floor, in no book and without value."""

    site = serializers.CharField(source="site.code")
    lot = serializers.CharField(source="lot.number")
    item = serializers.CharField(source="lot.item.code")
    unit = serializers.CharField(source="lot.unit_id")
    is_short = serializers.BooleanField()
    quantity = serializers.DecimalField(max_digits=18, decimal_places=5)
    net_mass_kg = serializers.DecimalField(max_digits=18, decimal_places=5)
    customs_value_cny = serializers.DecimalField(max_digits=18, decimal_places=2)
    tax_cny = serializers.DecimalField(max_digits=18, decimal_places=2)
    document = serializers.CharField(source="lot.document_number")
    since = serializers.DateTimeField()
