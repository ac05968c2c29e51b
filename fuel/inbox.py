"""Fuel's part of the inbox: charges by hand and disputes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.inbox import FROM_INBOX, Inbox, Pile, Text, Waiting, register_inbox
from documents.officers import Decider, decider
from fuel.models import (
    Dispute,
    DisputeState,
    ManualCharge,
    ManualChargeState,
)
from fuel.views.steps import STEPS
from registry.counting import count_each
from registry.models import Role, User
from registry.versions import with_version
from registry.wording import local_time_text, money_text


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


def disputes_to_decide(who: Decider) -> Any:
    """What airlines dispute and the supplier has not answered."""
    return Dispute.objects.filter(site__in=who.supervises, state=DisputeState.OPEN).exclude(prepared_by=who.user)


def manual_charges_to_approve(who: Decider) -> Any:
    """What somebody else would charge by hand."""
    return ManualCharge.objects.filter(site__in=who.supervises, state=ManualChargeState.ASKED).exclude(
        prepared_by=who.user
    )


def _at_sites_of(who: Decider, rows: Any) -> Any:
    return rows.filter(site__in=who.decides_at)


def _about_dispute(dispute: Dispute) -> list[str]:
    charge = dispute.charge
    return [
        dispute.airline.iata_code,
        str(dispute.get_ground_display()),
        _("Ticket %(ticket)s") % {"ticket": charge.told_number} if charge.ticket else charge.price_basis,
        _("%(amount)s charged") % {"amount": money_text(charge.total_amount, charge.currency)},
        *(
            [_("%(amount)s claimed to be right") % {"amount": money_text(dispute.claimed_amount, charge.currency)}]
            if dispute.claimed_amount is not None
            else []
        ),
    ]


def _about_manual_charge(charge: ManualCharge) -> list[str]:
    period = {"from": local_time_text(charge.from_date), "to": local_time_text(charge.through_date)}
    return [
        charge.contract.airline.iata_code,
        charge.description,
        _("%(from)s to %(to)s") % period,
        _("%(amount)s with VAT") % {"amount": money_text(charge.total_amount, charge.currency)},
        charge.reason,
    ]


DECISIONS = (
    Decision(
        label=gettext_lazy("Manual charges to approve"),
        icon="coins",
        kind_url="manual_charge",
        list_query="state=asked",
        find=manual_charges_to_approve,
        since="prepared_at",
        answers=lambda _row: ("approve", "return"),
        about=_about_manual_charge,
    ),
    Decision(
        label=gettext_lazy("Disputes to answer"),
        icon="help-circle",
        kind_url="dispute",
        list_query="state=open",
        find=disputes_to_decide,
        since="prepared_at",
        answers=lambda _row: ("credit", "refuse"),
        about=_about_dispute,
    ),
)
SHOWN_WITH = {
    "dispute": ("airline", "charge__ticket", "charge__manual"),
    "manual_charge": ("contract__airline",),
}


def piles(who: Decider) -> list[Pile]:
    """How many fuel documents wait for each decision, and where they are listed."""
    # Every page asks for the sum, so all kinds are counted by one statement.
    numbers = count_each([one.find(who) for one in DECISIONS])
    return [
        Pile(one.label, number, _list_url(one.kind_url, one.list_query), one.icon)
        for one, number in zip(DECISIONS, numbers, strict=True)
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


def disputes_to_read(user: User) -> int:
    """How many disputes of the user's airlines the supplier has answered."""
    own = user.memberships.filter(role=Role.AIRLINE).values("organisation")
    return Dispute.objects.filter(airline__organisation__in=own, state=DisputeState.ANSWERED).count()


def register_decisions() -> None:
    register_inbox(Inbox(counts=piles, oldest=oldest))


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
        reason=document.remark,
        steps=steps,
    )
