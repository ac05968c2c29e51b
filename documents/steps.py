"""The acts as they are offered on a document's page and in an inbox: word, icon, question and what is filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse

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


@dataclass(frozen=True, slots=True)
class Steps:
    """How an app offers its acts: by the act's name, or by "<kind> <name>" where a kind says it in its own words."""

    namespace: str
    steps: Mapping[str, Step]

    def step_of(self, kind_url: str, name: str) -> Step:
        """How an act on this kind of document is offered."""
        return self.steps.get(f"{kind_url} {name}") or self.steps[name]

    def offered(self, names: Iterable[str], *, kind_url: str, document: Any, query: str = "") -> list[OfferedStep]:
        """The steps with their addresses; only the first is drawn as the next step.

        Args:
            document: read by `with_version`.
        """
        found: list[OfferedStep] = []
        for name in names:
            step = self.step_of(kind_url, name)
            url = reverse(f"{self.namespace}:{kind_url}_{name}", args=[document.pk]) + query
            form = step.form_class(auto_id=f"{kind_url}_{document.pk}_{name}_%s")
            tone = step.tone if not found or step.tone != "primary" else ""
            found.append(OfferedStep(name, step, url, tone, form, document.version_in_view))
        return found
