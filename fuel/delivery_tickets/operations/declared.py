"""How delivery tickets stand on an airline's monthly declaration: what each still has out, by lot."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Sum
from django.utils.translation import gettext_lazy, ngettext

from customs.declared import Relief, Scope, Share, Source, register_source
from customs.models import AccountBook
from documents.operations.documents import NotAsRequired
from fuel.models import DefuelDraw, DefuelState, DeliveryTicket, TicketDraw, TicketState
from fuel.queries import lots_of_book
from ledger.postings import CustomsStatus, Document
from registry.errors import FieldError
from registry.history import update_all_as
from registry.models import Organisation, Site, User

MOST_NAMED = 5
ROWS_AT_ONCE = 2000
# Their fuel has left for abroad, whatever became of the bill.
FIT_TO_DECLARE = (
    *(TicketState.MATCHED, TicketState.DECLARED, TicketState.INVOICED),
    *(TicketState.DISPUTED, TicketState.CREDITED),
)


class NotMatchedYet(NotAsRequired):
    """Tickets of the period are signed but not matched."""

    code = "not-matched-yet"


def shares_of_tickets(scope: Scope) -> list[Share]:
    """What bonded fuel an airline's tickets of some days have out, by ticket and lot; a constant number of queries.

    Raises:
        NotMatchedYet: naming tickets of the days that are signed but not matched; a declaration is to be whole.
    """
    tickets = _bonded(scope.site, scope.from_date, scope.through_date).filter(airline__organisation=scope.declarant)
    _require_matched(tickets)
    known = tickets.filter(state__in=FIT_TO_DECLARE).select_related("destination", "relief_rule")
    by_id = {ticket.pk: ticket for ticket in known.order_by("delivered_at", "pk")}
    in_book = set(lots_of_book(scope.book).values_list("lot", flat=True))
    out = still_out(by_id)
    return [
        Share(
            document=Document(DeliveryTicket.kind, ticket.pk, ticket.number),
            occurred_at=ticket.delivered_at,
            lot_id=lot_id,
            quantity=mass_kg,
            destination=ticket.destination.country,
            relief=_relief_of(ticket),
        )
        for (ticket_id, lot_id), mass_kg in out.items()
        if lot_id in in_book
        for ticket in [by_id[ticket_id]]
    ]


def still_out(ticket_ids: Collection[int]) -> dict[tuple[int, int], Decimal]:
    """By ticket and lot the kilograms of bonded fuel that have not come back, in the order of the drawing."""
    fit = DeliveryTicket.objects.filter(
        pk__in=list(ticket_ids), customs_status=CustomsStatus.BONDED, state__in=FIT_TO_DECLARE
    )
    rows: Any = TicketDraw.objects.filter(ticket__in=fit.values("pk"))
    out: dict[tuple[int, int], Decimal] = {
        (ticket, lot): mass_kg
        for ticket, lot, mass_kg in rows.order_by("ticket", "row").values_list("ticket", "lot", "mass_kg")
    }
    came_back: Any = DefuelDraw.objects.filter(defuel__ticket__in=fit.values("pk")).exclude(
        defuel__state=DefuelState.VOID
    )
    for ticket, lot, mass_kg in came_back.values_list("defuel__ticket", "lot").annotate(kg=Sum("mass_kg")):
        out[ticket, lot] -= mass_kg
    return {key: mass_kg for key, mass_kg in out.items() if mass_kg > 0}


def lock_tickets(ticket_ids: Collection[int]) -> None:
    """Lock tickets in one order; whoever takes fuel back or clears it locks its ticket too."""
    rows: Any = DeliveryTicket.objects.select_for_update(of=("self",)).filter(pk__in=list(ticket_ids))
    list(rows.order_by("pk").values_list("pk"))


def airlines_that_lifted(book: AccountBook, from_date: date, through_date: date) -> list[Organisation]:
    """The airlines that lifted bonded fuel of a book on some days, by code."""
    tickets = _bonded(book.site, from_date, through_date).filter(draws__lot__in=lots_of_book(book))
    airlines = Organisation.objects.filter(airline__in=tickets.order_by().values("airline"))
    return list(airlines.order_by("code"))


def mark_tickets(*, document_ids: Collection[int], is_declared: bool, actor: User, at: datetime) -> None:
    """Let matched tickets be declared, or declared ones matched again; those that are invoiced stay so."""
    matched, declared = TicketState.MATCHED, TicketState.DECLARED
    before, after = (matched, declared) if is_declared else (declared, matched)
    rows: Any = DeliveryTicket.objects.select_for_update(of=("self",))
    tickets = list(rows.filter(pk__in=list(document_ids), state=before).order_by("pk"))
    for ticket in tickets:
        ticket.state = after
    for first in range(0, len(tickets), ROWS_AT_ONCE):
        update_all_as(tickets[first : first + ROWS_AT_ONCE], fields=["state"], actor=actor, at=at)


def register_declared() -> None:
    register_source(
        Source(
            kind=DeliveryTicket.kind,
            label=gettext_lazy("Delivery tickets"),
            shares=shares_of_tickets,
            still_out=still_out,
            lock=lock_tickets,
            declarants=airlines_that_lifted,
            mark=mark_tickets,
            url_of=lambda ticket_id: DeliveryTicket(pk=ticket_id).get_absolute_url(),
        )
    )


def _bonded(site: Site, from_date: date, through_date: date) -> Any:
    clock = ZoneInfo(site.zone.time_zone)
    begin = datetime(from_date.year, from_date.month, from_date.day, tzinfo=clock)
    last = through_date + timedelta(days=1)
    end = datetime(last.year, last.month, last.day, tzinfo=clock)
    return DeliveryTicket.objects.filter(
        site=site,
        customs_status=CustomsStatus.BONDED,
        delivered_at__gte=begin,
        delivered_at__lt=end,
        state__in=[TicketState.SIGNED, *FIT_TO_DECLARE],
    )


def _require_matched(tickets: Any) -> None:
    unmatched: Sequence[str] = list(
        tickets.filter(state=TicketState.SIGNED).order_by("number").values_list("number", flat=True)
    )
    if not unmatched:
        return
    numbers = ", ".join(unmatched[:MOST_NAMED])
    words = {"count": len(unmatched), "numbers": numbers}
    message = ngettext(
        "%(count)s ticket is signed but not matched: %(numbers)s. Match it or make it void first.",
        "%(count)s tickets are signed but not matched, such as %(numbers)s. Match them or make them void first.",
        len(unmatched),
    )
    raise NotMatchedYet(message % words, errors=[FieldError(message % words, figure=numbers)])


def _relief_of(ticket: DeliveryTicket) -> Relief:
    rule = ticket.relief_rule
    if rule is None:
        return Relief(duty=False, consumption_tax=False, vat=False)
    return Relief(duty=rule.relieves_duty, consumption_tax=rule.relieves_consumption_tax, vat=rule.relieves_vat)
