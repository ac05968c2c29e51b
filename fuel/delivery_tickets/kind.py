"""Delivery tickets: fuel delivered into one aircraft, signed for, matched, declared and charged."""

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.kinds import Answers, Entry, Kind, Offer, Waits
from documents.offers import offer_change, offer_void
from fuel.defuels.operations import record_defuel
from fuel.delivery_tickets import pages, shapes
from fuel.delivery_tickets.bridge import BRIDGE
from fuel.delivery_tickets.form import ReclassifyForm, TicketForm, TicketMatchForm
from fuel.delivery_tickets.operations import matching, reclassification, replacements, tickets
from fuel.delivery_tickets.resource import TicketResource
from fuel.filters import AirlineChoiceFilter
from fuel.models import DeliveryTicket, TicketException, TicketState
from fuel.models.tickets import DUTY_STATUSES
from registry.columns import CodeColumn, LocalTimeColumn, QuantityColumn, StatusColumn
from registry.filters import CodeChoiceFilter, CodeFilter
from registry.models import Airport
from registry.navigation import READERS_OF_TICKETS
from registry.pages import Text
from registry.wording import money_text


def signed(ticket: DeliveryTicket) -> Text:
    return _("%(number)s is signed; its fuel has left the tank.") % {"number": ticket.number}


def cleared(ticket: Any) -> Text:
    words = {"number": ticket.number, "tax": money_text(ticket.reclassification.tax_cny, "CNY")}
    return _("The fuel of %(number)s was cleared for the domestic market; %(tax)s are payable.") % words


def taken_back(defuel: Any) -> Text:
    return _("%(number)s was recorded; its fuel is held until quality decides on it.") % {"number": defuel.number}


KIND = Kind(
    model=DeliveryTicket,
    path="tickets",
    title=gettext_lazy("Delivery tickets"),
    section="fuel",
    place=210,
    icon="gas-station",
    shortcut="d",
    readers=READERS_OF_TICKETS,
    entry=Entry(
        operation=tickets.record_ticket,
        title=gettext_lazy("New ticket"),
        form=TicketForm,
        asked=shapes.TicketRequest,
    ),
    offers=(
        Offer(
            operation=tickets.sign_ticket,
            label=gettext_lazy("Have it signed"),
            icon="signature",
            tone="primary",
            asked=shapes.SignRequest,
            told=signed,
            page=pages.TicketSign,
            waits=(
                Waits(label=gettext_lazy("Delivery tickets to finish"), icon="pencil", states=(TicketState.DRAFT,)),
                Waits(
                    label=gettext_lazy("Delivery tickets to have signed"),
                    icon="gas-station",
                    states=(TicketState.METERED,),
                ),
            ),
        ),
        offer_change(tickets.amend_ticket),
        Offer(
            operation=matching.match_ticket,
            label=gettext_lazy("Match"),
            icon="checks",
            tone="primary",
            question=gettext_lazy(
                "The ticket fits with meter, flight and airline. Whatever does not fit is to be explained."
            ),
            form=TicketMatchForm,
            asked=shapes.MatchRequest,
            page=pages.TicketAct,
            # They come by the hundred and are mostly matched together.
            waits=(
                Waits(
                    label=gettext_lazy("Signed delivery tickets to match"),
                    icon="gas-station",
                    elsewhere="fuel:delivery_ticket_list",
                ),
                Waits(
                    label=gettext_lazy("Exceptions of tickets to explain"),
                    icon="alert-triangle",
                    elsewhere="fuel:ticket_exception_list",
                    query="state=open",
                    counted=lambda waiting: TicketException.objects.open().filter(ticket__in=waiting),
                ),
            ),
        ),
        Offer(
            operation=record_defuel,
            label=gettext_lazy("Defuel"),
            icon="arrow-back-up",
            asked=None,
            told=taken_back,
            page=pages.TicketDefuel,
        ),
        Offer(
            operation=reclassification.reclassify_ticket,
            label=gettext_lazy("Flight turned domestic"),
            icon="plane-arrival",
            question=gettext_lazy(
                "What is still out is cleared for the domestic market, with duty and tax at the rates of today."
            ),
            form=ReclassifyForm,
            asked=shapes.ReclassifyRequest,
            told=cleared,
            page=pages.TicketAct,
        ),
        Offer(
            operation=replacements.give_way,
            label=gettext_lazy("Replace by a corrected one"),
            icon="arrows-exchange",
            asked=None,
            page=pages.TicketReplace,
        ),
        offer_void(tickets.void_ticket, page=pages.TicketAct),
    ),
    columns={
        "state": StatusColumn(verbose_name=gettext_lazy("State")),
        "ticket_number": CodeColumn(verbose_name=gettext_lazy("Ticket")),
        "airline": CodeColumn(accessor="airline__iata_code", verbose_name=gettext_lazy("Airline")),
        "flight_number": CodeColumn(verbose_name=gettext_lazy("Flight")),
        "flight_date": tables.DateColumn(verbose_name=gettext_lazy("Flight date")),
        "registration": CodeColumn(verbose_name=gettext_lazy("Registration")),
        "destination": CodeColumn(accessor="destination__iata_code", verbose_name=gettext_lazy("Destination")),
        "customs_status": tables.Column(verbose_name=gettext_lazy("Duty status")),
        "litres_observed": QuantityColumn(verbose_name=gettext_lazy("Litres observed")),
        "celsius": QuantityColumn(verbose_name=gettext_lazy("°C")),
        "mass_kg": QuantityColumn(verbose_name=gettext_lazy("Mass (kg)")),
        "tank": CodeColumn(accessor="tank__place__code", verbose_name=gettext_lazy("Tank")),
        "delivered_at": LocalTimeColumn(verbose_name=gettext_lazy("Fuelling ended")),
    },
    sequence=(
        *("number", "state", "ticket_number", "airline", "flight_number", "flight_date", "registration", "destination"),
        *("customs_status", "litres_observed", "celsius", "mass_kg", "tank", "delivered_at", "site", "..."),
    ),
    empty_text=gettext_lazy("No ticket matches what you asked for."),
    searched=("number", "ticket_number", "flight_number", "registration"),
    filters={
        "state": filters.MultipleChoiceFilter(choices=TicketState.choices, label=gettext_lazy("State")),
        "customs_status": filters.ChoiceFilter(choices=DUTY_STATUSES, label=gettext_lazy("Duty status")),
        "airline": AirlineChoiceFilter(),
        "destination": CodeChoiceFilter(
            queryset=Airport.objects.order_by("iata_code"), code="iata_code", label=gettext_lazy("Destination")
        ),
        "flown_from": filters.DateFilter(
            "flight_date", lookup_expr="gte", label=gettext_lazy("Flights from"), widget=forms.DateInput
        ),
        "flown_to": filters.DateFilter(
            "flight_date", lookup_expr="lte", label=gettext_lazy("Flights to"), widget=forms.DateInput
        ),
        "ticket_number": CodeFilter("ticket_number", label=gettext_lazy("Ticket number")),
        "flight_number": CodeFilter("flight_number", label=gettext_lazy("Flight")),
        "registration": CodeFilter("registration", label=gettext_lazy("Registration")),
        "tank": CodeFilter("tank__place__code", label=gettext_lazy("Code of the tank")),
    },
    folded=("ticket_number", "flight_number", "registration", "tank"),
    related=("site", "airline", "destination", "tank__place", "prepared_by"),
    detail_related=(
        *pages.RELATED,
        *("signed_by", "matched_by", "prepared_by", "relief_rule__airport", "reclassification"),
        *("replaces", "replaced_by"),
    ),
    facts=(
        *("vendor", "ticket_number", "airline", "flight_number", "flight_date", "flight_type", "registration"),
        *("aircraft_type", "airport", "destination", "stand", "customs_status", "relief_rule"),
        *("meter", "meter_start", "meter_end", "meter_factor", "requested_litres", "celsius", "density_at_base"),
        *("vcf", "standard", "base", "mass_in", "started_at", "delivered_at", "signatory", "remark"),
    ),
    unfinished=("delivered_at", (TicketState.DRAFT, TicketState.METERED)),
    bridge=BRIDGE,
    answers=Answers(
        whole=shapes.TicketSerializer,
        row=shapes.TicketRowSerializer,
        doc="Fuel delivered into aircraft. An airline reads its own tickets as they were signed, and no others.",
        related=(
            *("site", "prepared_by", "vendor", "airline", "airport", "destination"),
            *("tank__place", "meter", "reclassification", "replaces", "replaced_by"),
        ),
        lines=("draws__lot", "exceptions__explained_by"),
        base=TicketResource,
    ),
    pages={
        "list": pages.TicketList,
        "detail": pages.TicketDetail,
        "add": pages.TicketAdd,
        "change": pages.TicketChange,
    },
)
