"""The list of what is exceptional of tickets: what waits for an explanation, and what was explained by whom."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fuel.filters import TicketExceptionFilter
from fuel.models import TicketException
from fuel.ticket_tables import TicketExceptionTable
from registry.navigation import STAFF
from registry.pages import Link, ListPage


class TicketExceptionList(ListPage):
    model = TicketException
    title = gettext_lazy("Exceptions of tickets")
    subtitle = gettext_lazy(
        "What is implausible of a delivery, or does not fit with meter, flight or contract. Open ones are explained"
        " when the ticket is matched."
    )
    filterset_class = TicketExceptionFilter
    table_class = TicketExceptionTable
    readers = STAFF
    tiebreak = "-pk"

    def queryset(self) -> models.QuerySet[Any]:
        related = ("ticket__site", "ticket__airline", "explained_by")
        rows: Any = super().queryset()
        found: models.QuerySet[Any] = rows.of_delivered().select_related(*related).order_by("-noted_at", "-pk")
        return found

    def links(self) -> list[Link]:
        missing = f"{reverse('fuel:flight_list')}?has_ticket=false"
        return [Link(_("Flights without a ticket"), missing, icon="plane")]
