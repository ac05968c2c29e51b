"""What requests and answers about indices, quotes, duty-paid prices and relief rules say; rows are named by code."""

from typing import Any

from rest_framework import serializers

from documents.api.requests import Figure, RequestSerializer
from fuel.models import DutyPaidPrice, IndexQuote, PriceIndex, ReliefRule
from registry.api.fields import Day
from registry.api.serializers import RegisterSerializer
from registry.models import Airport

KEPT_IN_REGISTER = ("reason", "seen_history_id")


def airport_by_code(**more: Any) -> serializers.SlugRelatedField[Any]:
    return serializers.SlugRelatedField(
        slug_field="iata_code", queryset=Airport.objects.all(), help_text="IATA code.", **more
    )


class PriceIndexSerializer(RegisterSerializer):
    class Meta:
        model = PriceIndex
        fields = ("id", "code", "name", "currency", "unit", *KEPT_IN_REGISTER)


class IndexQuoteSerializer(RegisterSerializer):
    """An index on a day, per its own unit and in its own currency."""

    index = serializers.SlugRelatedField(slug_field="code", queryset=PriceIndex.objects.all(), help_text="Its code.")
    currency = serializers.CharField(source="index.currency", read_only=True)
    unit = serializers.CharField(source="index.unit", read_only=True, help_text="bbl or t.")
    quoted_date = Day()

    class Meta:
        model = IndexQuote
        fields = ("id", "index", "quoted_date", "price", "currency", "unit", "source", *KEPT_IN_REGISTER)


class DutyPaidPriceSerializer(RegisterSerializer):
    airport = airport_by_code()
    valid_from_date = Day()

    class Meta:
        model = DutyPaidPrice
        fields = (
            *("id", "airport", "valid_from_date", "price_cny_per_tonne", "has_into_plane_fee", "source"),
            *KEPT_IN_REGISTER,
        )


class ReliefRuleSerializer(RegisterSerializer):
    """A rule without an airport holds at every one that has none of its own."""

    airport = airport_by_code(required=False, allow_null=True)
    valid_from_date = Day()

    class Meta:
        model = ReliefRule
        fields = (
            "id",
            "valid_from_date",
            "nationality",
            "flight_type",
            "airport",
            "relieves_duty",
            "relieves_consumption_tax",
            "relieves_vat",
            "legal_basis",
            *KEPT_IN_REGISTER,
        )


class QuoteRequest(RequestSerializer):
    index = serializers.CharField(help_text="Code of the price index.")
    quoted_date = Day()
    price = Figure()
    source = serializers.CharField(required=False, allow_blank=True, max_length=120)  # type: ignore[assignment]


class QuotesRequest(RequestSerializer):
    """Quotes, at most 5,000: all are taken in, or none. On trial, only what they would do is told."""

    quotes = QuoteRequest(many=True, max_length=5000)  # type: ignore[call-arg]
    is_trial = serializers.BooleanField(required=False, default=False)

    def rows(self) -> list[dict[str, str]]:
        """As a file would tell them."""
        return [{name: str(figure) for name, figure in row.items()} for row in self.validated_data["quotes"]]


class PublishedSerializer(serializers.Serializer[Any]):
    """How many quotes were new, corrected another price, and were known already."""

    added = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()
