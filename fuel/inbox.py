"""Fuel's part of the inbox: consignments, reconciliations and defuels that wait; signed tickets are only counted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.inbox import FROM_INBOX, Inbox, Pile, Text, Waiting, register_inbox
from documents.officers import Decider, decider
from fuel.models import (
    ConsignmentState,
    Defuel,
    DefuelState,
    DeliveryTicket,
    FuelConsignment,
    ReconciliationState,
    TankMovement,
    TankMovementState,
    TankReconciliation,
    TicketException,
    TicketState,
)
from fuel.queries import for_customs, outstanding_losses, undecided_over_deliveries
from fuel.views.steps import STEPS
from ledger.postings import CustomsStatus
from registry.counting import count_each
from registry.models import User
from registry.versions import with_version
from registry.wording import quantity_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision on fuel documents: who has to take it on which, since when they wait, and what may be answered.

    Args:
        find: the rows that wait for somebody, for nobody who did the step before.
        since: the field that says since when.
        answers: the acts, what lets the document go on first.
        about: what a row comes to, in words.
    """

    label: Text
    icon: str
    kind_url: str
    list_query: str
    find: Callable[[Decider], Any]
    since: str
    answers: Callable[[Any], tuple[str, ...]]
    about: Callable[[Any], list[str]]


def consignments_to_accept(who: Decider) -> Any:
    """Bonded consignments whose declaration customs has to accept."""
    rows = FuelConsignment.objects.filter(state=ConsignmentState.ADVISED, customs_status=CustomsStatus.BONDED)
    return rows.filter(site__in=who.for_customs_at).exclude(prepared_by=who.user)


def consignments_to_release(who: Decider) -> Any:
    """Consignments that lie in their tanks until quality releases them."""
    rows = FuelConsignment.objects.filter(state__in=[ConsignmentState.GAUGED, ConsignmentState.HELD])
    return rows.filter(_decided_by(who)).exclude(received_by=who.user)


def losses_to_approve(who: Decider) -> Any:
    """Released consignments of which more is missing than is tolerated, and not written off."""
    lost_kg = F("document_mass_kg") - F("received_mass_kg")
    beyond = FuelConsignment.objects.annotate(
        lost_percent_kg=lost_kg * 100, tolerated_percent_kg=F("document_mass_kg") * F("loss_tolerance_percent")
    ).filter(state=ConsignmentState.RELEASED, transport_loss=None, lost_percent_kg__gt=F("tolerated_percent_kg"))
    found = list(beyond.filter(_decided_by(who)).exclude(received_by=who.user))
    return FuelConsignment.objects.filter(pk__in=list(outstanding_losses(found)))


def over_deliveries_to_decide(who: Decider) -> Any:
    """Bonded consignments of which more came than was declared, not admitted and not taken out."""
    rows = undecided_over_deliveries().filter(site__in=who.for_customs_at)
    return rows.exclude(Q(prepared_by=who.user) | Q(received_by=who.user))


def reconciliations_to_approve(who: Decider) -> Any:
    """Reconciliations of tanks that are within tolerance, or explained; out of it bonded fuel is for customs."""
    rows = TankReconciliation.objects.filter(state__in=[ReconciliationState.DRAWN, ReconciliationState.EXPLAINED])
    theirs = Q(site__in=who.for_customs_at) & for_customs() | Q(site__in=who.supervises) & ~for_customs()
    return rows.filter(theirs).exclude(Q(prepared_by=who.user) | Q(explained_by=who.user))


def tank_movements_to_approve(who: Decider) -> Any:
    """Drains and samples above the site's limits, and slops that are to be destroyed."""
    return _at_sites_of(who, TankMovement.objects.filter(state=TankMovementState.ASKED)).exclude(prepared_by=who.user)


def defuels_to_decide(who: Decider) -> Any:
    """Fuel that came back and is held in its tank."""
    return _at_sites_of(who, Defuel.objects.filter(state=DefuelState.HELD)).exclude(prepared_by=who.user)


def tickets_to_match(who: Decider) -> Any:
    """Signed tickets that somebody other than the fueller has to match."""
    rows = _at_sites_of(who, DeliveryTicket.objects.filter(state=TicketState.SIGNED))
    return rows.exclude(Q(prepared_by=who.user) | Q(signed_by=who.user))


def _decided_by(who: Decider) -> Q:
    """Consignments on which somebody decides: bonded ones for customs, duty-paid ones at their sites."""
    is_bonded = Q(customs_status=CustomsStatus.BONDED)
    return Q(site__in=who.for_customs_at) & is_bonded | Q(site__in=who.decides_at) & ~is_bonded


def _at_sites_of(who: Decider, rows: Any) -> Any:
    return rows.filter(site__in=who.decides_at)


def _about_consignment(consignment: FuelConsignment) -> list[str]:
    words = [str(consignment.get_transport_display()), str(consignment.supplier)]
    declared, received = consignment.document_mass_kg, consignment.received_mass_kg
    words.append(_("%(mass)s by document") % {"mass": quantity_text(declared, "kg")})
    if received is not None:
        words.append(_("%(mass)s received") % {"mass": quantity_text(received, "kg")})
        if received < declared:
            percent = round((declared - received) * 100 / declared, 3)
            missing = {"mass": quantity_text(declared - received, "kg"), "percent": quantity_text(percent, "%")}
            words.append(_("%(mass)s missing, %(percent)s of the document") % missing)
        elif received > declared:
            words.append(_("%(mass)s over") % {"mass": quantity_text(received - declared, "kg")})
    return words


def _about_reconciliation(reconciliation: TankReconciliation) -> list[str]:
    """With both measures, first the one that is out of tolerance: a little of the stock may be much of the issues."""
    rule = reconciliation.rule
    of_issues = (
        _("%(percent)s of issues, tolerated %(tolerance)s"),
        _("%(percent)s of issues, out of tolerance: %(tolerance)s"),
        reconciliation.percent_of_issues,
        rule.tolerance_percent_of_issues,
    )
    of_throughput = (
        _("%(percent)s of opening and receipts, tolerated %(tolerance)s"),
        _("%(percent)s of opening and receipts, out of tolerance: %(tolerance)s"),
        reconciliation.percent_of_throughput,
        rule.tolerance_percent_of_throughput,
    )
    measures = [one for one in (of_issues, of_throughput) if one[2] is not None]
    measures.sort(key=lambda one: abs(one[2]) <= one[3])
    return [
        _("Tank %(tank)s") % {"tank": reconciliation.tank.code},
        _("Gain or loss: %(mass)s") % {"mass": quantity_text(reconciliation.gain_loss_kg, "kg")},
        *(
            (beyond if abs(percent) > tolerance else within)
            % {"percent": quantity_text(percent, "%"), "tolerance": quantity_text(tolerance, "%")}
            for within, beyond, percent, tolerance in measures
        ),
    ]


def _about_defuel(defuel: Defuel) -> list[str]:
    return [
        _("Ticket %(ticket)s") % {"ticket": defuel.ticket.number},
        _("Tank %(tank)s") % {"tank": defuel.tank.code},
        quantity_text(defuel.mass_kg, "kg"),
    ]


def _about_movement(movement: TankMovement) -> list[str]:
    words = [
        str(movement.get_movement_display()),
        _("Tank %(tank)s") % {"tank": movement.from_tank.code},
        str(movement.get_customs_status_display()),
        quantity_text(movement.mass_kg, "kg"),
    ]
    if movement.certificate_number:
        words.append(_("Certificate %(number)s") % {"number": movement.certificate_number})
    return words


DECISIONS = (
    Decision(
        label=gettext_lazy("Consignments of fuel to accept"),
        icon="train",
        kind_url="consignment",
        list_query="state=advised&customs_status=bonded",
        find=consignments_to_accept,
        since="prepared_at",
        answers=lambda _row: ("accept", "return"),
        about=_about_consignment,
    ),
    Decision(
        label=gettext_lazy("Consignments of fuel to release"),
        icon="rubber-stamp",
        kind_url="consignment",
        list_query="state=gauged&state=held",
        find=consignments_to_release,
        since="received_at",
        answers=lambda row: ("release", "hold") if row.state == ConsignmentState.GAUGED else ("release",),
        about=_about_consignment,
    ),
    Decision(
        label=gettext_lazy("Transport losses to approve"),
        icon="scale",
        kind_url="consignment",
        list_query="state=released",
        find=losses_to_approve,
        since="released_at",
        answers=lambda _row: ("approve_loss",),
        about=_about_consignment,
    ),
    Decision(
        label=gettext_lazy("Fuel over its document to admit"),
        icon="circle-check",
        kind_url="consignment",
        list_query="state=gauged&state=held&state=released",
        find=over_deliveries_to_decide,
        since="received_at",
        answers=lambda _row: ("admit_over", "take_out_over"),
        about=_about_consignment,
    ),
    Decision(
        label=gettext_lazy("Tank reconciliations to approve"),
        icon="gauge",
        kind_url="reconciliation",
        list_query="state=drawn&state=explained",
        find=reconciliations_to_approve,
        since="prepared_at",
        answers=lambda row: ("approve", "void") if row.state == ReconciliationState.DRAWN else ("approve",),
        about=_about_reconciliation,
    ),
    Decision(
        label=gettext_lazy("Drains, samples and destructions to approve"),
        icon="arrows-transfer-down",
        kind_url="tank_movement",
        list_query="state=asked",
        find=tank_movements_to_approve,
        since="prepared_at",
        answers=lambda _row: ("approve", "return"),
        about=_about_movement,
    ),
    Decision(
        label=gettext_lazy("Defuels to decide"),
        icon="arrow-back-up",
        kind_url="defuel",
        list_query="state=held",
        find=defuels_to_decide,
        since="prepared_at",
        answers=lambda _row: ("release", "slop"),
        about=_about_defuel,
    ),
)
SHOWN_WITH = {
    "consignment": ("supplier",),
    "reconciliation": ("tank__place", "rule"),
    "tank_movement": ("from_tank__place",),
    "defuel": ("ticket", "tank__place"),
}


def piles(who: Decider) -> list[Pile]:
    """How many fuel documents wait for each decision, and where they are listed."""
    # Every page asks for the sum, so all kinds are counted by one statement.
    numbers = count_each([one.find(who) for one in DECISIONS])
    return [
        Pile(one.label, number, _list_url(one.kind_url, one.list_query), one.icon)
        for one, number in zip(DECISIONS, numbers, strict=True)
    ]


def tickets(user: User) -> list[Pile]:
    """Signed tickets come by the hundred and are mostly matched together, so they are counted and not listed."""
    waiting = tickets_to_match(decider(user))
    exceptions = TicketException.objects.open().filter(ticket__in=waiting.order_by())
    label, unexplained = _("Signed delivery tickets to match"), _("Exceptions of tickets to explain")
    return [
        Pile(label, waiting.count(), _list_url("ticket", f"state={TicketState.SIGNED}"), "gas-station"),
        Pile(unexplained, exceptions.count(), _list_url("ticket_exception", "state=open"), "alert-triangle"),
    ]


def oldest(user: User, most: int) -> list[Waiting]:
    """The fuel documents that have waited longest for the user."""
    who = decider(user)
    return [
        _waiting(decision, document)
        for decision in DECISIONS
        for document in with_version(decision.find(who))
        .select_related("site", "prepared_by", *SHOWN_WITH[decision.kind_url])
        .order_by(decision.since, "pk")[:most]
    ]


def register_decisions() -> None:
    register_inbox(Inbox(counts=piles, oldest=oldest, elsewhere=tickets))


def _list_url(kind_url: str, query: str) -> str:
    return f"{reverse(f'fuel:{kind_url}_list')}?{query}"


def _waiting(decision: Decision, document: Any) -> Waiting:
    steps = STEPS.offered(decision.answers(document), kind_url=decision.kind_url, document=document, query=FROM_INBOX)
    return Waiting(
        what=document._meta.verbose_name,
        number=document.number,
        url=document.get_absolute_url(),
        site=document.site.code,
        who=str(document.prepared_by),
        at=getattr(document, decision.since),
        about=" · ".join(decision.about(document)),
        reason=getattr(document, "explanation", "") or document.remark,
        steps=steps,
    )
