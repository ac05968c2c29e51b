"""The declarations' part of the inbox: submitted ones to accept or return, accepted ones to release."""

from typing import Any

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy

from customs.declaration_steps import STEPS
from customs.models import Declaration, DeclarationState
from documents.inbox import FROM_INBOX, Inbox, Pile, Waiting, register_inbox
from documents.officers import Decider, decider
from registry.models import User
from registry.versions import with_version
from registry.wording import local_time_text, quantity_text

# By state what is to be decided, the answer that lets it go on first, and since when it waits.
ANSWERS = {
    DeclarationState.SUBMITTED: (("accept", "return"), "submitted_at"),
    DeclarationState.ACCEPTED: (("release",), "accepted_at"),
}
LABELS = {
    DeclarationState.SUBMITTED: gettext_lazy("Declarations to accept or return"),
    DeclarationState.ACCEPTED: gettext_lazy("Declarations to release"),
}


def piles(who: Decider) -> list[Pile]:
    """How many declarations wait for each decision, and where they are listed."""
    counted = dict(_to_decide(who).order_by().values_list("state").annotate(Count("pk")))
    listed = reverse("customs:declaration_list")
    return [
        Pile(label, counted.get(state, 0), f"{listed}?state={state}", "certificate") for state, label in LABELS.items()
    ]


def oldest(user: User, most: int) -> list[Waiting]:
    """The declarations that have waited longest for the user."""
    found: list[Waiting] = []
    who = decider(user)
    for state, (answers, since) in ANSWERS.items():
        rows = _to_decide(who).filter(state=state).select_related("site", "declarant", "prepared_by")
        rows = with_version(rows.annotate(declared=Sum("lines__quantity")))
        found += [_waiting(one, answers, since) for one in rows.order_by(since, "pk")[:most]]
    return found


def register_decisions() -> None:
    register_inbox(Inbox(counts=piles, oldest=oldest))


def _to_decide(who: Decider) -> Any:
    rows = Declaration.objects.filter(site__in=who.for_customs_at, state__in=list(ANSWERS))
    return rows.exclude(prepared_by=who.user)


def _waiting(declaration: Any, answers: tuple[str, ...], since: str) -> Waiting:
    about = [
        declaration.declarant.name,
        f"{local_time_text(declaration.from_date)} – {local_time_text(declaration.through_date)}",
        quantity_text(declaration.declared, "kg"),
    ]
    return Waiting(
        what=declaration._meta.verbose_name,
        number=declaration.number,
        url=declaration.get_absolute_url(),
        site=declaration.site.code,
        who=str(declaration.prepared_by),
        at=getattr(declaration, since),
        about=" · ".join(about),
        reason=declaration.remark,
        steps=STEPS.offered(answers, kind_url="declaration", document=declaration, query=FROM_INBOX),
    )
