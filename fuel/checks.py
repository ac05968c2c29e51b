"""What the fuel documents of a site must have come to before a period is closed."""

from datetime import date
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from customs.models import DeclaredDocument, last_day_due
from documents.checklist import OpenItem, register_check
from documents.unfinished import unfinished_of
from fuel.delivery_tickets.operations.declared import FIT_TO_DECLARE
from fuel.models import (
    DeliveryTicket,
    TicketState,
)
from fuel.queries import undecided_over_deliveries
from ledger.postings import CustomsStatus
from ledger.queries import day_after
from registry.models import Site
from registry.wording import quantity_text


def uplifts_not_declared(site: Site, through_date: date) -> list[OpenItem]:
    """Airlines whose bonded uplifts ought to have been declared by then and stand on no declaration."""
    until = day_after(day=last_day_due(through_date), site_id=site.pk)
    standing = DeclaredDocument.objects.filter(document_kind=DeliveryTicket.kind, is_standing=True)
    undeclared: Any = DeliveryTicket.objects.filter(
        site=site,
        customs_status=CustomsStatus.BONDED,
        state__in=[TicketState.SIGNED, *FIT_TO_DECLARE],
        delivered_at__lt=until,
    ).exclude(pk__in=standing.values("document_id"))
    named = ("airline", "airline__iata_code")
    rows = undeclared.order_by(*named).values_list(*named).annotate(number=Count("pk"), since=Min("delivered_at"))
    tickets = reverse("fuel:delivery_ticket_list")
    return [
        OpenItem(
            label=ngettext(
                "%(airline)s: %(number)s uplift is not declared",
                "%(airline)s: %(number)s uplifts are not declared",
                number,
            )
            % {"airline": iata_code, "number": number},
            url=f"{tickets}?airline={airline}&customs_status=bonded",
            at=since,
        )
        for airline, iata_code, number, since in rows
    ]


def undecided_fuel_over_its_document(site: Site, through_date: date) -> list[OpenItem]:
    """Fuel in the tanks that nobody has declared: neither admitted nor taken out again."""
    until = day_after(day=through_date, site_id=site.pk)
    found = undecided_over_deliveries().filter(site=site, received_at__lt=until).order_by("pk")
    return [
        OpenItem(
            label=_("%(mass)s over the document")
            % {"mass": quantity_text(one.received_mass_kg - one.document_mass_kg, "kg")},
            document_number=one.number,
            url=one.get_absolute_url(),
            at=one.received_at,
        )
        for one in found
    ]


def register_checks() -> None:
    register_check(gettext_lazy("Fuel documents not finished"), unfinished_of("fuel"))
    register_check(gettext_lazy("Uplifts not declared in time"), uplifts_not_declared)
    register_check(gettext_lazy("Over-deliveries not admitted"), undecided_fuel_over_its_document)
