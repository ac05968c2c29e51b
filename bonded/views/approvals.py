"""The inbox of everything that waits for this user's decision."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bonded.models import Admission, AdmissionLine, Reversal, StockCount, StockVariance, Withdrawal, WithdrawalLine
from bonded.queries import awaiting_decision
from bonded.rules import acts_on
from bonded.views.steps import STEPS
from customs.document_steps import OfferedStep
from registry.navigation import DECIDERS
from registry.pages import Page, Text
from registry.rules import roles_at
from registry.wording import quantity_text

MOST_SHOWN = 100
DECISIONS = ("accept", "approve", "return", "refuse")
QUERY = "?from=approvals"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for this user's decision; `about` says in a line what it comes to."""

    what: Text
    number: str
    url: str
    site: str
    who: str
    at: datetime
    about: str
    reason: str
    steps: list[OfferedStep]


class Approvals(Page):
    """What waits for this user's decision, oldest first, each decided with one key."""

    readers = DECIDERS
    title = gettext_lazy("Approvals")
    template_name = "bonded/approvals.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        documents = awaiting_decision(user=self.user, most=MOST_SHOWN)
        about = _about(documents)
        held = {site: roles_at(self.user, site) for site in {one.site for one in documents}}
        waiting = [waiting for one in documents if (waiting := self._waiting(one, about, held[one.site])).steps]
        return self.show(self.context(waiting=waiting, most=MOST_SHOWN))

    def _waiting(self, document: Any, about: dict[Any, str], held: frozenset[str]) -> Waiting:
        names = [name for name in acts_on(self.user, document, held=held) if name in DECISIONS]
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
                steps=STEPS.offered(names, kind_url="reversal", document=document, query=QUERY),
            )
        return Waiting(
            what=document._meta.verbose_name,
            number=document.number,
            url=document.get_absolute_url(),
            site=document.site.code,
            who=str(document.prepared_by),
            at=getattr(document, "submitted_at", None) or document.prepared_at,
            about=about.get((type(document), document.pk), ""),
            reason=document.remark,
            steps=STEPS.offered(names, kind_url=document.kind, document=document, query=QUERY),
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
    counts = [one.pk for one in documents if isinstance(one, StockCount)]
    if counts:
        differing = dict.fromkeys(counts, 0)
        variances = StockVariance.objects.filter(line__stock_count__in=counts).order_by()
        differing |= dict(variances.values_list("line__stock_count").annotate(number=Count("pk")))
        for pk, number in differing.items():
            words = ngettext("%(number)s difference", "%(number)s differences", number) % {"number": number}
            found[StockCount, pk] = words if number else _("Nothing differs.")
    return found


def _lines(number: int) -> str:
    return ngettext("%(number)s line", "%(number)s lines", number) % {"number": number}
