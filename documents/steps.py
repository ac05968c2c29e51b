"""The acts as they are offered on a document's page and in an inbox: word, icon, question and what is filled in."""

from dataclasses import dataclass
from typing import Any

from django import forms

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
    """A step that somebody may take now; `form` has ids of its own, for a page with several.

    version: of the document that is in view, sent along with the act.
    """

    name: str
    step: Step
    url: str
    tone: str
    form: Any
    version: int
