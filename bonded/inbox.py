"""The warehouse's part of the inbox: documents and reversals that wait, and what each comes to in a line."""

from typing import Any

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonded.about import value_and_payable
from bonded.models import (
    Reversal,
    StockCount,
    StockVariance,
    SuspenseResolution,
    SuspenseWay,
)
from bonded.operations.suspense import assess_short
from bonded.payable import TAX_CNY
from bonded.queries import awaiting_decision, decisions_waiting
from bonded.suspense import suspense_positions
from bonded.views.steps import STEPS
from documents.inbox import FROM_INBOX, Inbox, Pile, Waiting, register_inbox
from documents.officers import Decider
from registry.models import User
from registry.wording import quantity_text

# What waits was asked for those who may decide it, so nobody is asked again document by document.
DECISIONS: dict[type[Any], tuple[str, ...]] = {
    StockCount: ("approve",),
    Reversal: ("approve", "refuse"),
    SuspenseResolution: ("approve", "refuse"),
}


def piles(who: Decider) -> list[Pile]:
    """How many documents of each kind wait for the user, and where they are listed."""
    return [
        Pile(waiting.step.label, waiting.number, _list_of(waiting.step), waiting.step.icon)
        for waiting in decisions_waiting(who)
    ]


def oldest(user: User, most: int) -> list[Waiting]:
    """The documents and reversals that have waited longest for the user."""
    documents = awaiting_decision(user=user, most=most)
    about = _about(documents)
    return [_waiting(document, about.get((type(document), document.pk), "")) for document in documents]


def register_decisions() -> None:
    register_inbox(Inbox(counts=piles, oldest=oldest))


def _list_of(step: Any) -> str:
    if step.kind == "reversal":
        return reverse("documents:approvals")
    return reverse(f"bonded:{step.kind}_list") + f"?state={step.state}"


def _waiting(document: Any, about: str) -> Waiting:
    names = DECISIONS[type(document)]
    if isinstance(document, Reversal):
        return Waiting(
            what=_("Reversal"),
            number=document.document_number,
            url=reverse(f"bonded:{document.document_kind}_detail", args=[document.document_id]),
            site=document.site.code,
            who=str(document.requested_by),
            at=document.requested_at,
            about=_("Everything that it posted is posted back."),
            reason=document.reason,
            steps=STEPS.offered(names, kind_url="reversal", document=document, query=FROM_INBOX),
        )
    return Waiting(
        what=document._meta.verbose_name,
        number=document.number,
        url=document.get_absolute_url(),
        site=document.site.code,
        who=str(document.prepared_by),
        at=document.prepared_at,
        about=about,
        reason=getattr(document, "reason", "") or document.remark,
        steps=STEPS.offered(names, kind_url=document.kind, document=document, query=FROM_INBOX),
    )


def _about(documents: list[Any]) -> dict[Any, str]:
    """What each document comes to, in words, with one query for each kind."""
    resolutions = _about_resolutions([one for one in documents if isinstance(one, SuspenseResolution)])
    return resolutions | _about_counts([one.pk for one in documents if isinstance(one, StockCount)])


def _about_resolutions(resolutions: list[SuspenseResolution]) -> dict[Any, str]:
    """What is to become of how much, and what becomes payable where short goods are taxed."""
    found: dict[Any, str] = {}
    taxed = [one for one in resolutions if one.way == SuspenseWay.TAXED]
    sites = {one.site_id: one.site for one in taxed}
    positions = suspense_positions(sites=sites.values(), lot_ids=[one.lot_id for one in taxed]) if taxed else []  # type: ignore[attr-defined]
    short = {(one.site.pk, one.lot.pk): one for one in positions if one.is_short}
    for one in resolutions:
        lot: Any = one.lot
        words = [one.get_way_display(), lot.item.code, quantity_text(one.quantity, str(lot.item.unit))]
        position = short.get((one.site_id, lot.pk))
        if one.way == SuspenseWay.TAXED and position is not None:
            assess_short(one, position)
            words.append(value_and_payable(one.customs_value_cny, one.tax_cny))
        found[SuspenseResolution, one.pk] = " · ".join(map(str, words))
    return found


def _about_counts(pks: list[int]) -> dict[Any, str]:
    """How many differences, and what becomes payable on what is missing."""
    if not pks:
        return {}
    variances = StockVariance.objects.filter(line__stock_count__in=pks).order_by().values("line__stock_count")
    sums = variances.annotate(number=Count("pk"), value=Sum("customs_value_cny"), tax=Sum(TAX_CNY))
    found = {(StockCount, pk): _("Nothing differs.") for pk in pks}
    for row in sums:
        number = row["number"]
        words = [ngettext("%(number)s difference", "%(number)s differences", number) % {"number": number}]
        if row["tax"] is not None:
            words.append(value_and_payable(row["value"], row["tax"]))
        found[StockCount, row["line__stock_count"]] = " · ".join(words)
    return found
