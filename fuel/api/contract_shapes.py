"""What requests and answers about fuel contracts and payments say."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from documents.api.answers import person
from documents.api.codes import DocumentCodes
from documents.api.requests import Figure, RequestSerializer, site_of
from fuel.models import Averaging, FuelContract, FuelPayment, PriceIndex, PriceUnit
from registry.api.fields import Day, coded
from registry.models import Airline, Airport, User

SITE = _("Code of the site.")
AIRLINE = _("IATA designator.")


def airline_of(codes: DocumentCodes, code: str) -> Any:
    """The airline of a request, as far as the user may see it."""
    rows = Airline.objects.visible_to(codes.user).select_related("organisation")
    return codes.one(rows, code, field="airline", by="iata_code")


class ContractSerializer(serializers.ModelSerializer[FuelContract]):
    site = coded()
    airline = coded("iata_code")
    airport = coded("iata_code")
    index = coded()
    currency = serializers.CharField(read_only=True, help_text=_("The index's."))

    class Meta:
        model = FuelContract
        fields = (
            "id",
            "number",
            "site",
            "airline",
            "airport",
            "valid_from_date",
            "valid_to_date",
            "index",
            "currency",
            "averaging",
            "publication_lag_days",
            "differential",
            "differential_unit",
            "barrels_per_tonne",
            "into_plane_fee_per_tonne",
            "payment_days",
        )


class ContractRequest(RequestSerializer):
    """A whole contract; of one that is changed, only what changes. It keeps its site."""

    echoed = frozenset(ContractSerializer.Meta.fields)

    number = serializers.CharField(max_length=40)
    site = serializers.CharField(help_text=SITE)
    airline = serializers.CharField(help_text=AIRLINE)
    airport = serializers.CharField(help_text=_("IATA code of the airport of uplift."))
    valid_from_date = Day()
    valid_to_date = Day(required=False, allow_null=True, help_text=_("Left out, it has no end."))
    index = serializers.CharField(help_text=_("Code of the price index."))
    averaging = serializers.ChoiceField(choices=Averaging.choices)
    publication_lag_days = serializers.IntegerField(required=False, min_value=0, max_value=32767)
    differential = Figure(required=False)
    differential_unit = serializers.ChoiceField(choices=PriceUnit.choices, required=False)
    barrels_per_tonne = Figure(required=False)
    into_plane_fee_per_tonne = Figure()
    payment_days = serializers.IntegerField(required=False, min_value=0, max_value=32767)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=400)
    seen_history_id = serializers.IntegerField(
        required=False,
        help_text=_("The latest history entry that the change was made on; a later one refuses the change."),
    )

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        codes = DocumentCodes(user)
        if "site" in given:
            given["site"] = site_of(given["site"], codes, document)
        if "airline" in given:
            given["airline"] = airline_of(codes, given["airline"])
        if "airport" in given:
            given["airport"] = codes.one(Airport.objects.all(), given["airport"], field="airport", by="iata_code")
        if "index" in given:
            given["index"] = codes.one(PriceIndex.objects.all(), given["index"], field="index")
        codes.raise_if_unknown()
        return given


class ContractEndRequest(RequestSerializer):
    """The last day of a contract, and why it ends."""

    valid_to_date = Day()
    reason = serializers.CharField(max_length=400)


class PaymentSerializer(serializers.ModelSerializer[FuelPayment]):
    """Money that came from an airline, with the statements that took it into their balance."""

    site = coded()
    airline = coded("iata_code")
    statements = serializers.SerializerMethodField()

    class Meta:
        model = FuelPayment
        fields: tuple[str, ...] = (
            *("id", "site", "airline", "received_date"),
            *("amount", "currency", "reference", "statements"),
        )

    def get_statements(self, payment: FuelPayment) -> list[str]:
        return [taken.statement.number for taken in payment.statements.all()]


class PaymentOfZoneSerializer(PaymentSerializer):
    """For the zone's people also who recorded it."""

    recorded_by = person()

    class Meta(PaymentSerializer.Meta):
        fields = (*PaymentSerializer.Meta.fields, "recorded_by", "recorded_at")


class PaymentRequest(RequestSerializer):
    """Money that came; below zero takes a wrong one off. The same reference comes once."""

    site = serializers.CharField(help_text=SITE)
    airline = serializers.CharField(help_text=AIRLINE)
    received_date = Day()
    amount = Figure()
    currency = serializers.CharField(help_text="ISO 4217.")
    reference = serializers.CharField(max_length=60, help_text=_("Reference of the bank."))

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        codes = DocumentCodes(user)
        given["site"] = codes.site(given["site"])
        given["airline"] = airline_of(codes, given["airline"])
        codes.raise_if_unknown()
        return given
