"""Statements as JSON, and what asks for them.

Figures of a statement are those of its files: they are read from the same content, and nothing is reckoned here.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from documents.api.answers import DOCUMENT_FIELDS, DocumentSerializer
from documents.api.codes import DocumentCodes
from documents.api.kinds import ActsOfKind
from documents.api.requests import RequestSerializer
from fuel.api.contract_shapes import AIRLINE, SITE, airline_of
from fuel.billing.statement_files import FORMATS
from fuel.billing.statement_reading import content_of
from fuel.models import ChargeKind, Statement
from fuel.models.tickets import DUTY_STATUSES
from registry.api.fields import Day, coded
from registry.models import User


def figure(places: int, **more: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=24, decimal_places=places, **more)


def money(**more: Any) -> serializers.DecimalField:
    return figure(2, **more)


class SavingSerializer(serializers.Serializer[Any]):
    """What was saved against the duty-paid price; the four parts make up the total."""

    duty_cny = money()
    consumption_tax_cny = money()
    vat_cny = money()
    price_cny = money()
    total_cny = money()


class TotalsSerializer(serializers.Serializer[Any]):
    uplifts = serializers.IntegerField()
    litres_observed = figure(3)
    litres_at_base = figure(3)
    mass_kg = figure(3)
    us_gallons_observed = figure(3)
    net_amount = money()
    vat_amount = money()
    total_amount = money()
    amount_cny = money()
    duty_paid_cny = money()
    saving = SavingSerializer()
    saving_percent = money(allow_null=True)


class AgeingSerializer(serializers.Serializer[Any]):
    """What was owed at the end of the period, by how long it has been due."""

    not_due = money()
    to_30_days = money()
    to_60_days = money()
    to_90_days = money()
    over_90_days = money()


class GroupSerializer(serializers.Serializer[Any]):
    """What the lines of one route, or of one aircraft, come to."""

    name = serializers.CharField()
    uplifts = serializers.IntegerField()
    mass_kg = figure(3)
    total_amount = money()
    saving_cny = money()


class PartySerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    name_zh = serializers.CharField()
    iata_code = serializers.CharField()
    icao_code = serializers.CharField()
    country = serializers.CharField()


class PaymentTakenSerializer(serializers.Serializer[Any]):
    received_date = serializers.DateField()
    reference = serializers.CharField()
    amount = money()


UNIT = _("bbl or t; empty where the uplift is duty-paid.")


class LocalMoment(serializers.DateTimeField):
    """A time as it was on the spot: not turned into the reader's zone."""

    def to_representation(self, value: Any) -> str:
        told: str = value.isoformat()
        return told


class QuoteSerializer(serializers.Serializer[Any]):
    """An index on a day, per its unit."""

    quoted_date = serializers.DateField()
    price = figure(4)


class PriceBasisSerializer(serializers.Serializer[Any]):
    """An average that lines have in common, with its quotes."""

    price_basis = serializers.CharField()
    index_price = figure(4)
    index_unit = serializers.CharField()
    quotes = QuoteSerializer(many=True)


class DutyPaidBasisSerializer(serializers.Serializer[Any]):
    """A duty-paid price that savings are measured against."""

    cny_per_tonne = money()
    has_fee = serializers.BooleanField(allow_null=True)
    from_date = serializers.DateField()
    source = serializers.CharField()  # type: ignore[assignment]


class StatementLineSerializer(serializers.Serializer[Any]):
    """One charge. A credit and a rebill name the statement, and the row, that they correct."""

    charge = serializers.IntegerField(help_text=_("The id under /charges/."))
    row = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=ChargeKind.choices)
    corrects_statement = serializers.CharField()
    corrects_row = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField()
    ticket_number = serializers.CharField()
    document_number = serializers.CharField(help_text=_("Number of the ticket, or of the manual charge, in Bondbook."))
    flight_number = serializers.CharField()
    flight_date = serializers.DateField(allow_null=True)
    registration = serializers.CharField()
    aircraft_type = serializers.CharField()
    origin = serializers.CharField()
    destination = serializers.CharField()
    delivered_at = serializers.DateTimeField(allow_null=True)
    delivered_local = LocalMoment(allow_null=True, help_text=_("At the airport of uplift, with its offset."))
    customs_status = serializers.ChoiceField(choices=DUTY_STATUSES, allow_blank=True)
    litres_observed = figure(3)
    celsius = figure(2, allow_null=True)
    density_at_base = figure(1, allow_null=True)
    litres_at_base = figure(3)
    mass_kg = figure(3)
    us_gallons_observed = figure(3)
    contract_number = serializers.CharField()
    price_basis = serializers.CharField()
    quotes = QuoteSerializer(many=True, help_text=_("Of the average, as they stood when it was charged."))
    index_price = figure(4, allow_null=True, help_text=_("The mean of the quotes, to 0.001."))
    index_unit = serializers.CharField(help_text=UNIT)
    differential = figure(4, allow_null=True)
    differential_unit = serializers.CharField(help_text=UNIT)
    barrels_per_tonne = figure(4, allow_null=True)
    into_plane_fee = money(help_text=_("Per tonne."))
    unit_price = money(help_text=_("Per tonne."))
    net_amount = money()
    vat_rate = figure(6, allow_null=True, help_text=_("As a fraction."))
    vat_amount = money()
    total_amount = money()
    exchange_rate = figure(6)
    amount_cny = money(help_text=_("The total in CNY."))
    duty_paid_cny_per_tonne = money(allow_null=True)
    duty_paid_has_fee = serializers.BooleanField(
        allow_null=True,
        help_text=_("Whether the into-plane fee is in it; else it is added before savings are calculated."),
    )
    duty_paid_from_date = serializers.DateField(allow_null=True)
    duty_paid_source = serializers.CharField()
    duty_paid_cny = money()
    saving = SavingSerializer()
    customs_reference = serializers.CharField()


class FuelStatementRowSerializer(DocumentSerializer):
    airline = coded("iata_code")
    supersedes = coded("number")
    superseded_by = serializers.CharField(source="superseded_by.number", read_only=True, allow_null=True)
    saving_cny = money(read_only=True)

    class Meta:
        model = Statement
        fields: tuple[str, ...] = (
            *DOCUMENT_FIELDS,
            "airline",
            "currency",
            "from_date",
            "through_date",
            "due_date",
            "supersedes",
            "superseded_by",
            "opening",
            "charges_total",
            "payments_total",
            "closing",
            "mass_kg",
            "amount_cny",
            "duty_paid_cny",
            "saving_cny",
            "sha256",
        )


class FuelStatementSerializer(FuelStatementRowSerializer):
    """A statement as it was issued; its lines are read page by page at their own address."""

    seller = PartySerializer(source="content.seller", read_only=True)
    billed_to = PartySerializer(source="content.airline", read_only=True)
    contract_number = serializers.CharField(source="content.contract_number", read_only=True)
    base_celsius = serializers.CharField(source="content.base_celsius", read_only=True)
    totals = TotalsSerializer(source="content.totals", read_only=True)
    ageing = AgeingSerializer(source="content.ageing", read_only=True)
    by_route = GroupSerializer(source="content.by_route", many=True, read_only=True)
    by_aircraft = GroupSerializer(source="content.by_aircraft", many=True, read_only=True)
    payments = PaymentTakenSerializer(source="content.payments", many=True, read_only=True)
    price_bases = PriceBasisSerializer(source="content.price_bases", many=True, read_only=True)
    duty_paid_bases = DutyPaidBasisSerializer(source="content.duty_paid_bases", many=True, read_only=True)
    customs_references = serializers.ListField(
        source="content.customs_references", child=serializers.CharField(), read_only=True
    )
    files = serializers.SerializerMethodField(help_text=_("How the addresses under files/ end."))
    acts = ActsOfKind()

    class Meta(FuelStatementRowSerializer.Meta):
        fields = (
            *FuelStatementRowSerializer.Meta.fields,
            "seller",
            "billed_to",
            "contract_number",
            "base_celsius",
            "totals",
            "ageing",
            "by_route",
            "by_aircraft",
            "payments",
            "price_bases",
            "duty_paid_bases",
            "customs_references",
            "files",
            "acts",
        )

    def get_files(self, _statement: Statement) -> list[str]:
        return list(FORMATS)

    def to_representation(self, instance: Any) -> Any:
        instance.content = content_of(instance)
        return super().to_representation(instance)


class PeriodRequest(RequestSerializer):
    """Days by the clock of the site's zone, both included; the last of them is over."""

    site = serializers.CharField(help_text=SITE)
    from_date = Day()
    through_date = Day()
    remark = serializers.CharField(required=False, allow_blank=True, max_length=400)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        codes = DocumentCodes(user)
        given["site"] = codes.site(given["site"])
        if "airline" in given:
            given["airline"] = airline_of(codes, given["airline"])
        codes.raise_if_unknown()
        return given


class StatementRequest(PeriodRequest):
    """A period of one airline, which is charged and frozen at once."""

    airline = serializers.CharField(help_text=AIRLINE)
    currency = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=3,
        help_text=_("ISO 4217; where charges in several wait, each has a statement of its own."),
    )
