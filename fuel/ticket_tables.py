"""The columns of the lists of tickets and flights."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _
from django_tables2 import A

from documents.tables import WITH_TALL_HEAD
from fuel.models import ReliefRule, TicketException
from registry.columns import CodeColumn, LocalTimeColumn, QuantityColumn, YesColumn


class FlightTable(tables.Table):
    flight_number = CodeColumn(verbose_name=_("Flight"))
    flight_date = tables.DateColumn(verbose_name=_("Flight date"))
    airline = CodeColumn(accessor="airline__iata_code", verbose_name=_("Airline"))
    registration = CodeColumn(verbose_name=_("Registration"))
    destination = CodeColumn(accessor="destination__iata_code", verbose_name=_("Destination"))
    litres_reported = QuantityColumn(verbose_name=_("Litres by the airline"))
    source = tables.Column(verbose_name=_("Source"))

    class Meta:
        caption = _("Flight records")
        empty_text = _("No flight matches what you asked for.")
        attrs = WITH_TALL_HEAD


class ReliefRuleTable(tables.Table):
    valid_from_date = tables.DateColumn(linkify=True, verbose_name=_("Valid from"))
    nationality = tables.Column()
    flight_type = tables.Column()
    airport = CodeColumn(accessor="airport__iata_code", verbose_name=_("Airport"))
    relieves_duty = YesColumn(verbose_name=_("Duty"))
    relieves_consumption_tax = YesColumn(verbose_name=_("Consumption tax"))
    relieves_vat = YesColumn(verbose_name=_("VAT"))
    legal_basis = tables.Column(attrs={"td": {"class": "wrap"}})

    class Meta:
        model = ReliefRule
        fields = ()
        caption = _("Relief rules")
        empty_text = _("No relief rule matches what you asked for.")


class ExceptionTable(tables.Table):
    """What of a ticket is implausible or does not fit, and what explains it."""

    kind = tables.Column(verbose_name=_("Exception"))
    message = tables.Column(verbose_name=_("What does not fit"), orderable=False, attrs={"td": {"class": "wrap"}})
    explanation = tables.Column(attrs={"td": {"class": "wrap"}})
    explained_by = tables.Column(accessor="explained_by__name", verbose_name=_("Explained by"))
    explained_at = LocalTimeColumn(verbose_name=_("Explained"))

    class Meta:
        model = TicketException
        fields = ()
        attrs = WITH_TALL_HEAD
        caption = _("Exceptions")
        orderable = False


class TicketExceptionTable(ExceptionTable):
    """The same of many tickets, with how long it has waited."""

    ticket = CodeColumn(accessor="ticket__number", linkify=("fuel:delivery_ticket_detail", [A("ticket_id")]))
    ticket_number = CodeColumn(accessor="ticket__ticket_number", verbose_name=_("Ticket number"))
    site = CodeColumn(accessor="ticket__site__code", verbose_name=_("Site"))
    airline = CodeColumn(accessor="ticket__airline__iata_code", verbose_name=_("Airline"))
    flight_number = CodeColumn(accessor="ticket__flight_number", verbose_name=_("Flight"))
    flight_date = tables.DateColumn(accessor="ticket__flight_date", verbose_name=_("Flight date"))
    noted_at = LocalTimeColumn(verbose_name=_("Since"))
    days = QuantityColumn(accessor="days_open", verbose_name=_("Days open"), orderable=False)
    ended_at = LocalTimeColumn(verbose_name=_("Resolved since"))

    class Meta(ExceptionTable.Meta):
        sequence = (
            *("kind", "ticket", "flight_number", "flight_date", "message", "noted_at", "days", "explanation"),
            *("explained_by", "explained_at", "ended_at", "ticket_number", "airline", "site"),
        )
        orderable = True
        empty_text = _("No exception matches what you asked for.")
