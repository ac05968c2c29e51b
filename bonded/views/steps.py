"""The acts as they are offered on a document's page and in the inbox: word, icon, question and what is filled in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bonded.forms.admissions import ArrivalForm
from bonded.forms.fields import ReasonForm
from bonded.forms.withdrawals import GateForm
from registry.pages import Text


@dataclass(frozen=True, slots=True)
class Step:
    """How an act is offered. One with a question is asked over the page; one without has a page of its own."""

    label: Text
    icon: str
    tone: str = ""
    question: Text = ""
    form_class: type[forms.Form] = forms.Form


@dataclass(frozen=True, slots=True)
class OfferedStep:
    """A step that somebody may take now; `form` has ids of its own, for a page with several."""

    name: str
    step: Step
    url: str
    tone: str
    form: Any


STEPS: dict[str, Step] = {
    "change": Step(_("Change"), "pencil"),
    "submit": Step(_("Submit"), "send", "primary", _("It then waits for somebody else to accept it.")),
    "accept": Step(_("Accept"), "check", "primary", _("The rates of today are fixed with it.")),
    "return": Step(
        _("Return"), "arrow-back-up", "", _("Say what is to be corrected; who prepared it reads this."), ReasonForm
    ),
    "arrive": Step(
        _("Record arrival"), "truck-delivery", "primary", _("The goods have come through the gate."), ArrivalForm
    ),
    "count": Step(_("Enter the count"), "clipboard-check", "primary"),
    "counts": Step(_("Enter the first count"), "clipboard-check", "primary"),
    "recounts": Step(_("Enter the second count"), "clipboard-check", "primary"),
    "pick": Step(_("Confirm picking"), "clipboard-check", "primary", _("All picks stand ready for the gate.")),
    "pass": Step(_("Pass the gate"), "truck-delivery", "primary", _("The goods leave the site."), GateForm),
    "release": Step(
        _("Release"),
        "rubber-stamp",
        "primary",
        _("Customs releases the declaration; goods that have passed the gate leave the account book."),
    ),
    "stock_count approve": Step(
        _("Approve"),
        "check",
        "primary",
        _("Shortages leave stock and account book and are taxed; overages go to suspense."),
    ),
    "reversal approve": Step(
        _("Approve"), "check", "primary", _("Everything that the document posted is posted back.")
    ),
    "refuse": Step(
        _("Refuse"), "x", "", _("Everything stays as it is. Say why; who asked for it reads this."), ReasonForm
    ),
    "close": Step(_("Close"), "lock", "primary", _("Nothing more is to be done to it.")),
    "void": Step(
        _("Make void"),
        "ban",
        "outline-danger",
        _("It is given up for good; its number stays, marked void."),
        ReasonForm,
    ),
    "reverse": Step(
        _("Ask for reversal"),
        "history",
        "outline-danger",
        _("A supervisor decides. Everything that the document posted is then posted back."),
        ReasonForm,
    ),
}


def step_of(kind_url: str, name: str) -> Step:
    """How an act on this kind of document is offered."""
    return STEPS.get(f"{kind_url} {name}") or STEPS[name]


def offered(names: Iterable[str], *, kind_url: str, document: Any, query: str = "") -> list[OfferedStep]:
    """The steps with their addresses; only the first is drawn as the next step."""
    found: list[OfferedStep] = []
    for name in names:
        step = step_of(kind_url, name)
        url = reverse(f"bonded:{kind_url}_{name}", args=[document.pk]) + query
        form = step.form_class(auto_id=f"{kind_url}_{document.pk}_{name}_%s")
        tone = step.tone if not found or step.tone != "primary" else ""
        found.append(OfferedStep(name, step, url, tone, form))
    return found
