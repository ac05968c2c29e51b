"""A wrong ticket gives way to a corrected one, whatever became of it since: one act, or none of it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from customs.declarations.operations import require_not_declared
from documents.operations import documents
from documents.operations.acts import BY_SUPERVISORS, act
from documents.operations.documents import NotAsRequired, RequestKeyUsed, WrongState
from documents.operations.numbers import give_number
from fuel.billing.charges.operations import credit_replaced, lock_airline, standing_charges
from fuel.billing.disputes.operations import settle_disputes_of
from fuel.delivery_tickets.model import LIFTED
from fuel.delivery_tickets.operations.entry import WRITTEN, TicketDetails
from fuel.delivery_tickets.operations.exceptions import neighbours_of, refresh_exceptions, require_explained
from fuel.delivery_tickets.operations.tickets import (
    Picture,
    attach,
    fill_ticket,
    note_delivered,
    put_back,
    require_complete,
    require_signatory,
    ticket_number_refused,
)
from fuel.models import DeliveryTicket, TicketState
from fuel.operations.tank_stock import lock_tanks
from fuel.operations.uplifts import post_uplifts
from registry.errors import FieldError
from registry.models import User


def replace_ticket(
    *,
    ticket: DeliveryTicket,
    details: TicketDetails,
    reason: str,
    evidence: str,
    actor: User,
    at: datetime,
    request_key: UUID,
    pictures: Sequence[Picture] = (),
) -> DeliveryTicket:
    """Make a signed ticket void and write a corrected one in its place; the same request twice gives one.

    The fuel of the wrong ticket is back in its tank and that of the corrected one is drawn: at the time of delivery, or
    now where those days are settled. What stands of the wrong one's charge is credited at its own prices, and the
    corrected one is charged by its own day; both wait for the next statement, and for somebody else to match it. A
    dispute about it is settled. The wrong ticket keeps its signature and photos.

    Args:
        details: everything that the corrected ticket says.
        reason: what is wrong; whoever disputed it reads this.
        evidence: what shows that the corrected figures are right.
        pictures: of that evidence.
    Raises:
        NotAllowed, OwnWork: the actor does not supervise the site, or entered or signed the ticket.
        NotAsRequired: there is no reason or no evidence, nothing is corrected, or naming each figure at fault.
        ExceptionsUnexplained: naming everything implausible of the corrected ticket that nobody explained.
        TicketNumberTaken: the vendor has another ticket with this number.
        WrongState: it is not signed, or void, or declared, or fuel of it was taken back or cleared for the domestic
            market, or its tank is out of use.
        NotEnoughStock: less than that was released in the tank.
        NoPrice: the corrected ticket cannot be priced.
        PeriodClosed, NegativeInThePast: the delivery cannot be posted to its time.
        RequestKeyUsed: the key stands for another document.
    """

    def prepare() -> DeliveryTicket:
        return give_way(
            ticket=ticket,
            details=details,
            reason=reason,
            evidence=evidence,
            actor=actor,
            at=at,
            request_key=request_key,
            pictures=pictures,
        )

    with transaction.atomic(), ticket_number_refused(details):
        made = documents.prepared_once(DeliveryTicket, request_key=request_key, actor=actor, prepare=prepare)
    if made.replaces_id != ticket.pk:
        raise RequestKeyUsed(_("Another request came with the same key. Send yours again with a key of its own."))
    return made


@act(
    DeliveryTicket,
    "replace",
    # Of a void one the act tells what replaced it.
    *(*LIFTED, TicketState.VOID),
    who=BY_SUPERVISORS,
    not_by=("prepared_by", "signed_by"),
    with_reason=True,
    is_due=lambda ticket: ticket.state != TicketState.VOID,
    # As statements do: the airline first.
    lock_first=lambda ticket: lock_airline(ticket.airline),
)
def give_way(
    *,
    ticket: DeliveryTicket,
    details: TicketDetails,
    reason: str,
    evidence: str,
    actor: User,
    at: datetime,
    request_key: UUID,
    pictures: Sequence[Picture],
) -> DeliveryTicket:
    """Make a signed ticket void and write a corrected one in its place, which is told."""
    _require_standing(ticket)
    ticket.state = TicketState.VOID
    corrected = DeliveryTicket(
        site=ticket.site,
        prepared_by=actor,
        prepared_at=at,
        request_key=request_key,
        replaces=ticket,
        evidence=_require_evidence(evidence),
    )
    _write(corrected, ticket, details, at)
    charge = standing_charges([ticket.pk]).get(ticket.pk)
    settle_disputes_of(ticket=ticket, actor=actor, at=at, reason=reason)
    lock_tanks([ticket.tank, corrected.tank])
    back_at = put_back(ticket=ticket, actor=actor, at=at, reason=reason)
    documents.keep(ticket, actor=actor, at=at, reason=reason)
    require_explained([corrected], {id(corrected): details.explanations}, rows={})
    give_number(document=corrected, at=at)
    documents.keep(corrected, actor=actor, at=at, reason=reason)
    attach(ticket=corrected, pictures=pictures, actor=actor, at=at)
    post_uplifts(tickets=[corrected], actor=actor, moment=at if back_at == at else None)
    note_delivered([corrected], {corrected.pk: details.explanations}, actor, at)
    refresh_exceptions(neighbours_of([ticket]), at=at)
    if charge is not None:
        credit_replaced(charge=charge, corrected=corrected, reason=reason, actor=actor, at=at)
    return corrected


def _require_standing(wrong: DeliveryTicket) -> None:
    if hasattr(wrong, "replaced_by"):
        words = {"number": wrong.number, "corrected": wrong.replaced_by.number}
        raise WrongState(_("%(number)s was replaced already, by %(corrected)s.") % words)
    if wrong.state == TicketState.VOID:
        words = {"number": wrong.number, "state": wrong.get_state_display()}
        raise WrongState(_("%(number)s is in the state “%(state)s” and is not changed any more.") % words)
    require_not_declared(wrong)


def _require_evidence(evidence: str) -> str:
    if not evidence.strip():
        message = _("Say what shows that the corrected figures are right.")
        raise NotAsRequired(message, errors=[FieldError(message, field="evidence")])
    return evidence.strip()


def _write(corrected: DeliveryTicket, wrong: DeliveryTicket, details: TicketDetails, at: datetime) -> None:
    """What the corrected ticket says; it was fuelled by whom the wrong one was, who therefore does not match it."""
    fill_ticket(corrected, details, at)
    require_complete(corrected)
    require_signatory(corrected)
    if all(getattr(corrected, name) == getattr(wrong, name) for name in WRITTEN):
        message = _("The corrected ticket says the same as %(number)s. Correct what is wrong.")
        raise NotAsRequired(message % {"number": wrong.number})
    corrected.state = TicketState.SIGNED
    corrected.signed_by, corrected.signed_at = wrong.signed_by, at
