"""Statements: what an airline owes for a period, charged once, numbered and frozen; corrected by credit and rebill."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from customs.queries import declaration_numbers_of
from documents.operations import documents
from documents.operations.acts import BY_SUPERVISORS, act
from documents.operations.documents import NotAsRequired, Refusals, WrongState
from documents.operations.numbers import give_number
from fuel.billing.charges.operations import (
    TICKET_RELATIONS,
    charge_of,
    lock_airline,
    standing_charges,
    waiting_beside_uplifts,
    waiting_for_match,
)
from fuel.billing.statement_reading import content_of, frozen_head
from fuel.billing.statement_seal import seal_of
from fuel.models import (
    CHARGED,
    Charge,
    ChargeKind,
    Defuel,
    DefuelState,
    DeliveryTicket,
    FuelPayment,
    Statement,
    StatementLine,
    StatementPayment,
    StatementState,
    TicketState,
)
from fuel.operations.price_terms import Terms, terms_of_charge
from fuel.operations.prices import NoPrice, Pricing
from registry.errors import Conflict, FieldError
from registry.history import update_all_as
from registry.models import Airline, Role, Site, User
from registry.rules import require_role
from registry.wording import local_time_text

BILLABLE = (TicketState.MATCHED, TicketState.DECLARED)
ROWS_AT_ONCE = 2000


class NothingToBill(Conflict):
    """No uplift, credit or payment waits for a statement."""

    code = "nothing-to-bill"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a statement: tickets and defuels that are not charged, and charges that stand on none yet."""

    tickets: list[DeliveryTicket]
    defuels: list[Defuel]
    charges: list[Charge]


def waiting_for_statement(*, site: Site, airline: Airline, through_date: date) -> Waiting:
    """What a statement through a day would take up, also what came late for earlier days; a constant number of queries.

    Tickets and defuels are locked as they stand until the transaction ends: none is made void or cleared meanwhile.
    """
    end = end_of(site, through_date)
    waiting: Any = DeliveryTicket.objects.filter(
        site=site, airline=airline, state__in=BILLABLE, delivered_at__lt=end
    ).exclude(charges__kind__in=CHARGED)
    # Fetched apart, twenty thousand tickets share one airline; joined, each would bring its own.
    locked = waiting.select_for_update(of=("self",)).prefetch_related(*TICKET_RELATIONS).order_by("pk")
    tickets = sorted(locked, key=lambda ticket: (ticket.delivered_at, ticket.pk))
    came_back: Any = Defuel.objects.filter(
        Q(ticket__charges__kind__in=CHARGED) | Q(ticket__in=[ticket.pk for ticket in tickets]),
        site=site,
        ticket__airline=airline,
        defuelled_at__lt=end,
        charges__isnull=True,
    )
    # Of a ticket that was credited whole, nothing is charged that a defuel could take off.
    came_back = came_back.exclude(ticket__state=TicketState.CREDITED).exclude(state=DefuelState.VOID).values("pk")
    defuels: Any = (
        Defuel.objects.filter(pk__in=came_back)
        .select_for_update(of=("self",))
        .select_related("ticket")
        .prefetch_related(*(f"ticket__{name}" for name in TICKET_RELATIONS))
        .order_by("pk")
    )
    charges: Any = waiting_beside_uplifts(site=site, end=end).filter(airline=airline)
    return Waiting(
        tickets,
        sorted(defuels, key=lambda defuel: (defuel.defuelled_at, defuel.pk)),
        list(charges.select_related("contract__index").order_by("pk")),
    )


def issue_statement(
    *,
    site: Site,
    airline: Airline,
    from_date: date,
    through_date: date,
    actor: User,
    at: datetime,
    request_key: UUID,
    currency: str = "",
    remark: str = "",
) -> Statement:
    """Charge what an airline lifted in a period, and put it on a numbered statement; the same request twice gives one.

    Tickets of earlier days that came late, defuels, credits and rebills that wait are taken up too, and payments that
    stand on no statement yet.

    Args:
        from_date, through_date: days by the clock of the site's zone, both included.
        currency: of the statement (ISO 4217), where charges in several wait; left out, they have to be in one.
    Raises:
        NotAllowed: the actor does not supervise the site.
        NotAsRequired: the period is not over or its days are in the wrong order, or charges in several currencies wait.
        LaterStatement: a statement of later days stands; what came late goes onto the next one.
        NoPrice: naming each ticket whose price lacks something, and what.
        NothingToBill: nothing waits.
        RequestKeyUsed: the key stands for somebody else's document.
    """
    require_role(actor, site, Role.SUPERVISOR)
    require_period(site, from_date, through_date, at)

    def prepare() -> Statement:
        lock_airline(airline)
        waiting = waiting_for_statement(site=site, airline=airline, through_date=through_date)
        priced = _priced(site, waiting, actor, at)
        in_currency = _one_currency([*priced, *waiting.charges], currency.strip().upper())
        new = [charge for charge in priced if charge.currency == in_currency]
        charges = [*new, *(charge for charge in waiting.charges if charge.currency == in_currency)]
        if not charges:
            words = {
                "airline": airline.iata_code,
                "from": local_time_text(from_date),
                "to": local_time_text(through_date),
            }
            raise NothingToBill(_("Nothing of %(airline)s waits for a statement from %(from)s to %(to)s.") % words)
        before = standing_statement(site=site, airline=airline, currency=in_currency)
        _require_no_later(before, through_date)
        Charge.objects.bulk_create(new, batch_size=ROWS_AT_ONCE)
        payments = _payments(site, airline, in_currency, through_date)
        statement = Statement(
            site=site,
            airline=airline,
            currency=in_currency,
            from_date=from_date,
            through_date=through_date,
            opening=before.closing if before is not None else Decimal(0),
            due_date=max(charge.due_date for charge in charges),
            prepared_by=actor,
            prepared_at=at,
            request_key=request_key,
            remark=remark,
        )
        lifted = {charge.ticket_id for charge in new if charge.kind == ChargeKind.UPLIFT}
        _invoice([ticket for ticket in waiting.tickets if ticket.pk in lifted], actor, at)
        _invoice(_corrected_tickets(charges), actor, at)
        return _freeze(statement, charges, payments, actor, at)

    with transaction.atomic():
        return documents.prepared_once(Statement, request_key=request_key, actor=actor, prepare=prepare)


class LaterStatement(Conflict):
    """A statement of later days stands: its opening balance is another's closing."""

    code = "later-statement"


@act(
    Statement,
    "reissue",
    StatementState.ISSUED,
    to=StatementState.SUPERSEDED,
    who=BY_SUPERVISORS,
    with_reason=True,
)
def reissue_statement(*, statement: Statement, actor: User, at: datetime, reason: str) -> Statement:
    """Issue a statement again with a new number: what it charged, and beside it what was corrected since.

    Raises:
        WrongState: a later statement follows; a correction then stands on the next one.
        NothingToBill: nothing of it was corrected.
    """
    lock_airline(statement.airline)
    latest = standing_statement(site=statement.site, airline=statement.airline, currency=statement.currency)
    if latest is None or latest.pk != statement.pk:
        words = {"number": statement.number}
        message = _("%(number)s is superseded, or a later statement follows. The correction stands on the next one.")
        raise WrongState(message % words)
    lines: Any = statement.lines.select_related("charge__contract").order_by("row")
    charges = [line.charge for line in lines]
    known = {charge.pk for charge in charges}
    issued = StatementLine.objects.filter(statement__state=StatementState.ISSUED, charge__airline=statement.airline)
    elsewhere = set(issued.values_list("charge", flat=True))
    corrected = [one for one in _corrections_of(known, statement.currency) if one.pk not in elsewhere]
    if not corrected:
        raise NothingToBill(_("Nothing of %(number)s was corrected.") % {"number": statement.number})
    _invoice(_corrected_tickets(corrected), actor, at)
    documents.keep(statement, actor=actor, at=at, reason=reason)
    payments = [taken.payment for taken in statement.payments_taken.select_related("payment")]
    again = Statement(
        site=statement.site,
        airline=statement.airline,
        currency=statement.currency,
        from_date=statement.from_date,
        through_date=statement.through_date,
        supersedes=statement,
        opening=statement.opening,
        due_date=statement.due_date,
        prepared_by=actor,
        prepared_at=at,
        remark=reason,
    )
    return _freeze(again, [*charges, *corrected], payments, actor, at)


def standing_statement(*, site: Site, airline: Airline, currency: str) -> Statement | None:
    """The last statement that is not superseded: its closing balance is the next one's opening."""
    rows: Any = Statement.objects.filter(site=site, airline=airline, currency=currency, state=StatementState.ISSUED)
    found: Statement | None = rows.order_by("-through_date", "-pk").first()
    return found


def end_of(site: Site, through_date: date) -> datetime:
    """When a day is over by the clock of the site's zone."""
    return datetime.combine(through_date + timedelta(days=1), time(), ZoneInfo(site.zone.time_zone))


def require_period(site: Site, from_date: date, through_date: date, at: datetime) -> None:
    """Raise NotAsRequired unless the days are in order and the last of them is over."""
    refusals = Refusals()
    if from_date > through_date:
        refusals.add(_("The period ends before it begins."), "through_date", None, through_date)
    elif end_of(site, through_date) > at:
        words = {"day": local_time_text(through_date)}
        refusals.add(_("%(day)s is not over yet.") % words, "through_date", None, through_date)
    refusals.raise_if_any()


def _require_no_later(before: Statement | None, through_date: date) -> None:
    if before is not None and through_date < before.through_date:
        words = {"number": before.number, "day": local_time_text(before.through_date)}
        message = _("%(number)s goes through %(day)s already. What came late stands on the next statement.") % words
        raise LaterStatement(message, errors=[FieldError(message, "through_date", None, str(through_date))])


def _priced(site: Site, waiting: Waiting, actor: User, at: datetime) -> list[Charge]:
    """A charge for each ticket and defuel that waits, not saved yet."""
    tickets = {ticket.pk: ticket for ticket in (*waiting.tickets, *(one.ticket for one in waiting.defuels))}
    pricing = Pricing(site, list(tickets.values()), waiting.defuels, at=at)
    # What comes back of a ticket that was charged before is priced as it was charged.
    charged = standing_charges(one.ticket_id for one in waiting.defuels)
    terms: dict[int, Terms] = {ticket: terms_of_charge(charge) for ticket, charge in charged.items()}
    references = declaration_numbers_of(document_kind=DeliveryTicket.kind, document_ids=tickets)
    refusals = Refusals()
    charges = []
    told: set[str] = set()
    for ticket, defuel in [
        *((ticket, None) for ticket in waiting.tickets),
        *((one.ticket, one) for one in waiting.defuels),
    ]:
        try:
            priced = pricing.price(ticket, defuel=defuel, terms=terms.get(ticket.pk))
            terms[ticket.pk] = priced.terms
            reference = references.get(ticket.pk, "")
            charges.append(charge_of(ticket, defuel, priced, actor, at, customs_reference=reference))
        except NotAsRequired as refused:
            # Said once: a missing quote is missing for every ticket of its period.
            refusals.errors += [error for error in refused.errors if str(error.message) not in told]
            told |= {str(error.message) for error in refused.errors}
    if refusals.errors:
        raise NoPrice(refusals.errors[0].message, errors=refusals.errors)
    return charges


def _corrections_of(charges: set[int], currency: str) -> list[Charge]:
    """What corrects charges, and what corrects that, and so on."""
    found: dict[int, Charge] = {}
    asked = charges
    while asked:
        rows: Any = Charge.objects.filter(corrects__in=asked, currency=currency).exclude(pk__in=charges)
        rows = rows.exclude(corrects__in=waiting_for_match())
        made = {one.pk: one for one in rows.exclude(pk__in=found).select_related("contract")}
        found |= made
        asked = set(made)
    return [found[pk] for pk in sorted(found)]


def _one_currency(charges: Sequence[Charge], asked: str) -> str:
    """The currency that is asked for, or else the only one of the charges."""
    currencies = sorted({charge.currency for charge in charges})
    if asked or len(currencies) < 2:
        return asked or "".join(currencies)
    words = {"currencies": ", ".join(currencies)}
    message = _("Charges in %(currencies)s wait. Say which of them this statement is in, and issue the other after it.")
    message %= words
    raise NotAsRequired(message, errors=[FieldError(message, "currency", None, words["currencies"])])


def _payments(site: Site, airline: Airline, currency: str, through_date: date) -> list[FuelPayment]:
    taken = StatementPayment.objects.filter(statement__state=StatementState.ISSUED)
    return list(
        FuelPayment.objects.filter(site=site, airline=airline, currency=currency, received_date__lte=through_date)
        .exclude(pk__in=taken.values("payment"))
        .order_by("received_date", "pk")
    )


def _corrected_tickets(charges: Iterable[Charge]) -> list[DeliveryTicket]:
    """The tickets that were charged when they replaced a wrong one, and are invoiced with these charges."""
    of = [one.ticket_id for one in charges if one.kind == ChargeKind.REBILL and one.ticket_id is not None]
    rows: Any = DeliveryTicket.objects.select_for_update(of=("self",)).filter(pk__in=of, state__in=BILLABLE)
    return list(rows.order_by("pk")) if of else []


def _invoice(tickets: Sequence[DeliveryTicket], actor: User, at: datetime) -> None:
    for ticket in tickets:
        ticket.state = TicketState.INVOICED
    for first in range(0, len(tickets), ROWS_AT_ONCE):
        update_all_as(tickets[first : first + ROWS_AT_ONCE], fields=["state"], actor=actor, at=at)


def _freeze(
    statement: Statement, charges: Iterable[Charge], payments: Sequence[FuelPayment], actor: User, at: datetime
) -> Statement:
    printed = sorted(charges, key=_printed_place)
    statement.charges_total = sum((charge.total_amount for charge in printed), Decimal(0))
    statement.payments_total = sum((payment.amount for payment in payments), Decimal(0))
    statement.closing = statement.opening + statement.charges_total - statement.payments_total
    statement.amount_cny = sum((charge.amount_cny for charge in printed), Decimal(0))
    statement.duty_paid_cny = sum((charge.duty_paid_cny for charge in printed), Decimal(0))
    statement.mass_kg = sum((charge.mass_kg for charge in printed), Decimal(0))
    give_number(document=statement, at=at)
    # Its history begins with the seal, which is reckoned from the rows as the database keeps them.
    unwritten: Any = statement
    unwritten.save_without_historical_record()
    StatementLine.objects.bulk_create(
        (StatementLine(statement=statement, row=row, charge=charge) for row, charge in enumerate(printed, start=1)),
        batch_size=ROWS_AT_ONCE,
    )
    StatementPayment.objects.bulk_create(StatementPayment(statement=statement, payment=payment) for payment in payments)
    kept: Statement = Statement.objects.get(pk=statement.pk)
    kept.frozen = frozen_head(kept)
    kept.sha256 = seal_of(content_of(kept))
    documents.keep(kept, actor=actor, at=at)
    return kept


def _printed_place(charge: Charge) -> tuple[Any, ...]:
    """By delivery; a credit and a rebill stand right below the charge that they correct."""
    root = charge.corrects_id or charge.pk
    return charge.delivered_at, charge.ticket_id or 0, root, charge.pk
