"""The warehouse's part of the inbox: documents and reversals that wait, and what each comes to in a line."""

from typing import Any

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonded.about import value_and_payable
from bonded.acceptance import ZERO, AcceptancePreview, preview_admissions, preview_withdrawals
from bonded.models import (
    Admission,
    AdmissionLine,
    Reversal,
    Withdrawal,
    WithdrawalLine,
)
from bonded.queries import awaiting_decision, decisions_waiting
from bonded.views.steps import STEPS
from documents.inbox import FROM_INBOX, Inbox, Pile, Waiting, register_inbox
from documents.officers import Decider
from registry.models import User
from registry.wording import money_text, quantity_text

# What waits was asked for those who may decide it, so nobody is asked again document by document.
DECISIONS: dict[type[Any], tuple[str, ...]] = {
    Admission: ("accept", "return"),
    Withdrawal: ("accept", "return"),
    Reversal: ("approve", "refuse"),
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
            url=document.get_absolute_url(),
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
        at=document.submitted_at,
        about=about,
        reason=document.remark,
        steps=STEPS.offered(names, kind_url=document.kind, document=document, query=FROM_INBOX),
    )


def _about(documents: list[Any]) -> dict[Any, str]:
    """What each document comes to, in words, with one query for each kind."""
    found: dict[Any, str] = {}
    lines = (
        (Admission, AdmissionLine, "admission", "source", ("net_mass_kg", "kg")),
        (Withdrawal, WithdrawalLine, "withdrawal", "purpose", None),
    )
    for model, line_model, parent, word, measure in lines:
        mine = {one.pk: one for one in documents if isinstance(one, model)}
        if not mine:
            continue
        total = {"total": Sum(measure[0])} if measure else {}
        rows = line_model._default_manager.filter(**{f"{parent}__in": mine}).order_by().values(parent)
        for row in rows.annotate(number=Count("pk"), **total):
            document = mine[row[parent]]
            words = [getattr(document, f"get_{word}_display")(), str(document.owner), _lines(row["number"])]
            if measure:
                words.append(quantity_text(row["total"], measure[1]))
            found[model, document.pk] = " · ".join(words)
    previews = (
        (Admission, preview_admissions, _suspending),
        (Withdrawal, preview_withdrawals, _making_payable),
    )
    for model, preview_all, meaning in previews:
        of_kind = [one for one in documents if isinstance(one, model)]
        for pk, preview in preview_all(of_kind, at=timezone.now()).items() if of_kind else ():
            found[model, pk] = " · ".join([found.get((model, pk), ""), *meaning(preview)])
    return found


def _making_payable(preview: AcceptancePreview) -> list[str]:
    """What accepting a withdrawal would make payable, or else cease to suspend; or why it would be refused."""
    if preview.refused:
        return [preview.refused]
    if any(pick.tax_cny is not None for pick in preview.lines):
        return [value_and_payable(preview.customs_value_cny, preview.tax_cny)]
    booked = sum((pick.released_value_cny for pick in preview.lines), ZERO)
    words = {"value": money_text(booked, "CNY"), "tax": money_text(preview.released_tax_cny, "CNY")}
    return [_("booked value %(value)s, suspended duty and tax %(tax)s, nothing payable") % words]


def _suspending(preview: AcceptancePreview) -> list[str]:
    """What accepting an admission would suspend, or why it would be refused."""
    if preview.refused:
        return [preview.refused]
    words = {
        "value": money_text(preview.customs_value_cny, "CNY"),
        "tax": money_text(preview.tax_cny, "CNY"),
    }
    told = [_("customs value %(value)s, duty and tax %(tax)s") % words]
    if preview.guarantee is not None:
        free = money_text(preview.guarantee.free_after_cny, "CNY")
        told.append(_("%(free)s of the guarantee free afterwards") % {"free": free})
    return told


def _lines(number: int) -> str:
    return ngettext("%(number)s line", "%(number)s lines", number) % {"number": number}
