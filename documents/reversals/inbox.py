"""Requests for reversal in the inbox of whoever decides on that kind of document."""

from collections import defaultdict
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from documents.inbox import FROM_INBOX, Heap, Inbox, Waiting, register_inbox
from documents.kinds import url_of
from documents.models import Reversal, ReversalState
from documents.officers import Decider
from documents.operations.acts import Who
from documents.reversals.offers import REVERSALS
from documents.reversals.operations import reversal_acts
from documents.reversals.pages import ANSWERS
from documents.waiting import sites_of
from registry.versions import with_version


def reversals_to_decide(who: Decider) -> QuerySet[Any]:
    """Those that this user may decide on."""
    decided_by: defaultdict[Who, list[str]] = defaultdict(list)
    for name, act in reversal_acts().items():
        decided_by[act.decided_by].append(name)
    mine = Q(pk__in=())
    for deciders, names in decided_by.items():
        mine |= Q(document_kind__in=names, site__in=sites_of(deciders, who))
    return Reversal.objects.filter(mine, ~Q(requested_by=who.user), state=ReversalState.REQUESTED)


def heaps(who: Decider) -> list[Heap]:
    """Those that wait; they are decided in the inbox itself."""
    return [Heap(_("Reversals to decide"), reversals_to_decide(who), reverse("documents:approvals"), "history")]


def oldest(who: Decider, most: int) -> list[Waiting]:
    """Those that have waited longest for the user."""
    rows = with_version(reversals_to_decide(who).select_related("site", "requested_by"))
    return [_waiting(one) for one in rows.order_by("requested_at", "pk")[:most]]


def register_decisions() -> None:
    register_inbox(Inbox(heaps=heaps, oldest=oldest))


def _waiting(asked: Any) -> Waiting:
    return Waiting(
        what=_("Reversal"),
        number=asked.document_number,
        url=url_of(kind=asked.document_kind, document_id=asked.document_id),
        site=asked.site.code,
        who=str(asked.requested_by),
        at=asked.requested_at,
        about=_("Everything that it posted is posted back."),
        reason=asked.reason,
        steps=REVERSALS.offered(ANSWERS, asked, query=FROM_INBOX),
    )
