"""The columns of the lists of prices, contracts, statements and payments."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from documents.tables import WITH_TALL_HEAD
from fuel.billing.statement_runs.operations import NOT_YET_BILLABLE
from fuel.models import DutyPaidPrice, FuelContract, FuelPayment, IndexQuote, PriceIndex, RunOutcome
from registry.columns import CodeColumn, LocalTimeColumn, MoneyColumn, PriceColumn, QuantityColumn
from registry.templatetags.ui import badge
from registry.wording import name_text


class PriceIndexTable(tables.Table):
    code = CodeColumn(linkify=True)
    name = tables.Column()
    currency = CodeColumn()
    unit = tables.Column()

    class Meta:
        model = PriceIndex
        fields = ()
        caption = _("Price indices")
        empty_text = _("No price index matches what you asked for.")


class IndexQuoteTable(tables.Table):
    quoted_date = tables.DateColumn(linkify=True)
    index = CodeColumn(accessor="index__code", verbose_name=_("Price index"))
    price = PriceColumn()
    currency = CodeColumn(accessor="index__currency", verbose_name=_("Currency"))
    source = tables.Column(attrs={"td": {"class": "wrap"}})

    class Meta:
        model = IndexQuote
        fields = ()
        caption = _("Index quotes")
        empty_text = _("No quote matches what you asked for.")


class QuotePreviewTable(tables.Table):
    """What a file of quotes would do, row by row."""

    row = tables.Column(verbose_name=_("Row"), empty_values=())
    index = CodeColumn(accessor="quote__index__code", verbose_name=_("Price index"))
    quoted_date = tables.DateColumn(accessor="quote__quoted_date", verbose_name=_("Quoted"))
    before = PriceColumn(accessor="before__price", verbose_name=_("Price now"))
    price = PriceColumn(accessor="quote__price", verbose_name=_("Price in the file"))
    change = tables.Column(verbose_name=_("Effect"), empty_values=())

    class Meta:
        caption = _("Effect of the rows")
        orderable = False

    def __init__(self, *args: Any, lines: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Where each row stands in the file.
        self.row_number = iter(lines)

    def render_row(self) -> str:
        return str(next(self.row_number))

    def render_change(self, record: Any) -> str:
        if record.is_new:
            return badge("good", _("New"))
        return badge("warning", _("Corrects")) if record.is_changed else badge("quiet", _("Known"))


class DutyPaidPriceTable(tables.Table):
    valid_from_date = tables.DateColumn(linkify=True)
    airport = CodeColumn(accessor="airport__iata_code", verbose_name=_("Airport"))
    price_cny_per_tonne = MoneyColumn()
    has_into_plane_fee = tables.BooleanColumn(yesno="✓,–")
    source = tables.Column(attrs={"td": {"class": "wrap"}})

    class Meta:
        model = DutyPaidPrice
        fields = ()
        caption = _("Duty-paid prices")
        empty_text = _("No duty-paid price matches what you asked for.")


class ContractTable(tables.Table):
    number = CodeColumn(linkify=True)
    airline = CodeColumn(accessor="airline__iata_code", verbose_name=_("Airline"))
    airport = CodeColumn(accessor="airport__iata_code", verbose_name=_("Airport"))
    valid_from_date = tables.DateColumn()
    valid_to_date = tables.DateColumn()
    index = CodeColumn(accessor="index__code", verbose_name=_("Price index"))
    averaging = tables.Column()
    differential = PriceColumn()
    into_plane_fee_per_tonne = MoneyColumn()
    currency = CodeColumn(accessor="index__currency", verbose_name=_("Currency"))

    class Meta:
        model = FuelContract
        fields = ()
        attrs = WITH_TALL_HEAD
        caption = _("Fuel contracts")
        empty_text = _("No contract matches what you asked for.")


class StatementLineTable(tables.Table):
    """The lines of a statement, from StatementContent; figures as every format prints them."""

    row = tables.Column(verbose_name=_("No."))
    # Only a correction has a reason, which may be long.
    kind = tables.Column(
        verbose_name=_("Kind"), attrs={"td": {"class": lambda record: "wrap" if record["reason"] else "text-nowrap"}}
    )
    ticket_number = CodeColumn(verbose_name=_("Ticket"))
    flight_number = CodeColumn(verbose_name=_("Flight"))
    delivered_local = tables.Column(verbose_name=_("Local time"), attrs={"td": {"class": "text-nowrap"}})
    registration = CodeColumn(verbose_name=_("Registration"))
    route = CodeColumn(verbose_name=_("Route"))
    customs_status = tables.Column(verbose_name=_("Duty status"))
    litres_observed = QuantityColumn(places=3, verbose_name=_("Litres observed"))
    celsius = QuantityColumn(places=2, verbose_name=_("°C"))
    density_at_base = QuantityColumn(places=1, verbose_name=_("kg/m³"))
    litres_at_base = QuantityColumn(places=3, verbose_name=_("Litres at base"))
    mass_kg = QuantityColumn(places=3, verbose_name=_("Mass (kg)"))
    us_gallons_observed = QuantityColumn(places=3, verbose_name=_("US gallons observed"))
    price_basis = tables.Column(verbose_name=_("Price basis"), attrs={"td": {"class": "text-nowrap"}})
    index_price = PriceColumn(verbose_name=_("Index"))
    index_unit = tables.Column(verbose_name=_("Index per"), attrs={"td": {"class": "text-nowrap"}})
    differential = PriceColumn(verbose_name=_("Differential"))
    differential_unit = tables.Column(verbose_name=_("Differential per"), attrs={"td": {"class": "text-nowrap"}})
    barrels_per_tonne = PriceColumn(verbose_name=_("Barrels per tonne"))
    into_plane_fee = MoneyColumn(verbose_name=_("Into-plane fee per tonne"))
    unit_price = MoneyColumn(verbose_name=_("Price per tonne"))
    net_amount = MoneyColumn(verbose_name=_("Net"))
    vat_rate = tables.Column(verbose_name=_("VAT rate"), attrs={"td": {"class": "number"}})
    vat_amount = MoneyColumn(verbose_name=_("VAT"))
    total_amount = MoneyColumn(verbose_name=_("Total"))
    exchange_rate = PriceColumn(verbose_name=_("CNY for one"))
    amount_cny = MoneyColumn(verbose_name=_("Total (CNY)"))
    duty_paid_cny_per_tonne = MoneyColumn(verbose_name=_("Duty-paid price (CNY/t)"))
    duty_paid_cny = MoneyColumn(verbose_name=_("At the duty-paid price (CNY)"))
    saving_duty_cny = MoneyColumn(verbose_name=_("Saved: duty"))
    saving_consumption_tax_cny = MoneyColumn(verbose_name=_("Saved: consumption tax"))
    saving_vat_cny = MoneyColumn(verbose_name=_("Saved: VAT"))
    saving_price_cny = MoneyColumn(verbose_name=_("Saved: price"))
    saving_total_cny = MoneyColumn(verbose_name=_("Saved (CNY)"))
    customs_reference = CodeColumn(verbose_name=_("Customs declaration"))
    act = tables.TemplateColumn(
        template_name="fuel/line_act.html", verbose_name=_("Act"), attrs={"td": {"class": "text-nowrap"}}
    )

    class Meta:
        attrs = WITH_TALL_HEAD
        caption = _("Lines")
        orderable = False


class MisquotedTable(tables.Table):
    """Charges that were reckoned from another price of a quote, and what they would come to now."""

    site = CodeColumn(accessor="charge__site__code", verbose_name=_("Site"))
    airline = CodeColumn(accessor="charge__airline__iata_code", verbose_name=_("Airline"))
    ticket = CodeColumn(accessor="charge__ticket__ticket_number", verbose_name=_("Ticket"))
    flight = CodeColumn(accessor="charge__flight_number", verbose_name=_("Flight"))
    flight_date = tables.DateColumn(accessor="charge__flight_date", verbose_name=_("Flight date"))
    quoted = PriceColumn(verbose_name=_("Quote then"))
    unit_price = MoneyColumn(accessor="charge__unit_price", verbose_name=_("Price per tonne then"))
    unit_price_now = MoneyColumn(verbose_name=_("Price per tonne now"))
    net_amount = MoneyColumn(accessor="charge__net_amount", verbose_name=_("Net then"))
    net_amount_now = MoneyColumn(verbose_name=_("Net now"))
    difference = MoneyColumn(verbose_name=_("Difference"))
    currency = CodeColumn(accessor="charge__currency", verbose_name=_("Currency"))

    class Meta:
        attrs = WITH_TALL_HEAD
        caption = _("Charges that it changes")
        orderable = False


class GroupTable(tables.Table):
    """Totals of a statement's lines by what they have in common."""

    name = CodeColumn(verbose_name=_("Route or aircraft"))
    uplifts = QuantityColumn(verbose_name=_("Uplifts"))
    mass_kg = QuantityColumn(places=3, verbose_name=_("Mass (kg)"))
    total_amount = MoneyColumn(verbose_name=_("Total"))
    saving_cny = MoneyColumn(verbose_name=_("Saved (CNY)"))

    class Meta:
        orderable = False


class RouteTable(GroupTable):
    class Meta(GroupTable.Meta):
        caption = _("By route")


class AircraftGroupTable(GroupTable):
    class Meta(GroupTable.Meta):
        caption = _("By aircraft")


OPEN_TICKETS = [str(state) for state in NOT_YET_BILLABLE]
TONE_OF_OUTCOME = {
    RunOutcome.WAITING: "quiet",
    RunOutcome.ISSUED: "good",
    RunOutcome.NOTHING: "quiet",
    RunOutcome.REFUSED: "warning",
    RunOutcome.FAILED: "bad",
}


class StatementRunLineTable(tables.Table):
    """What came of each airline of a run."""

    airline = CodeColumn(accessor="airline__iata_code", verbose_name=_("Airline"))
    name = tables.Column(accessor="airline__organisation", verbose_name=_("Name"))
    outcome = tables.Column(verbose_name=_("Outcome"))
    statement = tables.TemplateColumn(
        template_name="fuel/run_line.html", verbose_name=_("Statement, or why there is none"), orderable=False
    )
    unmatched_tickets = QuantityColumn(verbose_name=_("Tickets not matched yet"))
    settled_at = LocalTimeColumn(verbose_name=_("At"))

    class Meta:
        attrs = WITH_TALL_HEAD
        caption = _("Airlines")
        orderable = False

    def render_name(self, value: Any) -> str:
        return name_text(value)

    def render_unmatched_tickets(self, record: Any) -> str:
        """How many, and the way to them; nothing where there is none."""
        if not record.unmatched_tickets:
            return ""
        asked = urlencode({"airline": record.airline_id, "state": OPEN_TICKETS}, doseq=True)
        url = f"{reverse('fuel:delivery_ticket_list')}?{asked}"
        return format_html('<a href="{}">{}</a>', url, record.unmatched_tickets)

    def render_outcome(self, record: Any) -> str:
        is_left = record.outcome == RunOutcome.WAITING and not record.run.is_under_way
        return badge(TONE_OF_OUTCOME[record.outcome], _("Not begun") if is_left else record.get_outcome_display())


class PaymentTable(tables.Table):
    received_date = tables.DateColumn()
    airline = CodeColumn(accessor="airline__iata_code", verbose_name=_("Airline"))
    amount = MoneyColumn()
    currency = CodeColumn()
    reference = CodeColumn()
    recorded_by = tables.Column(accessor="recorded_by__name")
    recorded_at = LocalTimeColumn()

    class Meta:
        model = FuelPayment
        fields = ()
        caption = _("Payments")
        empty_text = _("No payment matches what you asked for.")
