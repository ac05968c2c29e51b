"""Charges as JSON: with every figure behind them, and how they are credited and made again."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from documents.api.codes import DocumentCodes
from documents.api.requests import Figure, RequestSerializer
from fuel.api.contract_shapes import SITE
from fuel.billing.charges.operations import Right
from fuel.billing.statements.shapes import figure, money
from fuel.models import Charge
from registry.api.fields import coded
from registry.models import User


class ChargeSerializer(serializers.ModelSerializer[Charge]):
    """An amount that an airline owes or gets back; quantities and amounts of what it gets back are below zero."""

    site = coded()
    airline = coded("iata_code")
    contract = coded("number")
    ticket = coded("number")
    manual = coded("number")
    defuel = coded("number")
    airport = coded("iata_code")
    destination = coded("iata_code")
    statements = serializers.SerializerMethodField(help_text=_("Numbers of the statements that it stands on."))
    total_amount = money(read_only=True)
    saving_cny = money(read_only=True)

    class Meta:
        model = Charge
        fields = (
            "id",
            "site",
            "airline",
            "contract",
            "kind",
            "ticket",
            "manual",
            "defuel",
            "corrects",
            "reason",
            "flight_number",
            "flight_date",
            "registration",
            "aircraft_type",
            "airport",
            "destination",
            "delivered_at",
            "customs_status",
            "litres_observed",
            "celsius",
            "density_at_base",
            "base",
            "litres_at_base",
            "mass_kg",
            "us_gallons_observed",
            "price_basis",
            "quotes",
            "index_price",
            "index_unit",
            "differential",
            "differential_unit",
            "barrels_per_tonne",
            "into_plane_fee_per_tonne",
            "unit_price",
            "currency",
            "exchange_rate_cny_per_unit",
            "net_amount",
            "vat_rate",
            "vat_amount",
            "total_amount",
            "amount_cny",
            "duty_paid_cny_per_tonne",
            "duty_paid_has_fee",
            "duty_paid_from_date",
            "duty_paid_source",
            "duty_paid_cny",
            "saving_duty_cny",
            "saving_consumption_tax_cny",
            "saving_vat_cny",
            "saving_price_cny",
            "saving_cny",
            "due_date",
            "charged_at",
            "statements",
        )
        read_only_fields = fields

    def get_statements(self, charge: Charge) -> list[str]:
        return sorted(line.statement.number for line in charge.lines.all())


class MisquotedSerializer(serializers.Serializer[Any]):
    """A charge that was reckoned from another price of a quote, and what it would come to now."""

    charge = serializers.IntegerField(source="charge.pk", help_text=_("The id under /charges/."))
    site = serializers.CharField(source="charge.site.code")
    airline = serializers.CharField(source="charge.airline.iata_code")
    ticket = serializers.CharField(source="charge.ticket.number")
    quoted = figure(4, help_text=_("The price that it was calculated from."))
    unit_price = money(source="charge.unit_price")
    unit_price_now = money(allow_null=True)
    net_amount = money(source="charge.net_amount")
    net_amount_now = money(allow_null=True)
    difference = money(allow_null=True)
    currency = serializers.CharField(source="charge.currency")


class RebillRequest(RequestSerializer):
    """At which site the charges are credited and made again, and why."""

    site = serializers.CharField(help_text=SITE)
    reason = serializers.CharField(max_length=400)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        codes = DocumentCodes(user)
        given["site"] = codes.site(given["site"])
        codes.raise_if_unknown()
        return given


class CreditRequest(RequestSerializer):
    """Why a charge is taken back: whole, or, where it is said what is right, down to that."""

    reason = serializers.CharField(max_length=400)
    is_rebilled = serializers.BooleanField(
        required=False,
        default=True,
        help_text=_("Of a charge that is credited whole: charge the ticket again as it stands now."),
    )
    right_litres_observed = Figure(
        required=False, allow_null=True, help_text=_("What is too much is credited at the price of the charge.")
    )
    right_net_amount = Figure(
        required=False, allow_null=True, help_text=_("Instead: without VAT, in the currency of the charge.")
    )

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        told = given.pop("right_litres_observed", None), given.pop("right_net_amount", None)
        given["right"] = None if told == (None, None) else Right(litres_observed=told[0], net_amount=told[1])
        return given
