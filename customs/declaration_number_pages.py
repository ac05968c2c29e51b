"""Entering and putting right a declaration number: the same act for every kind of document that stands under one."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customs.api.asked import NumberAsked
from customs.forms import DeclarationNumberForm
from customs.numbered import numbering
from customs.operations.declaration_numbers import correct_declaration_number
from documents.kind_pages import KindAct
from documents.kinds import Offer
from documents.models import Document
from documents.steps import Step
from registry.models import User
from registry.pages import Text

NUMBER_STEP = Step(
    gettext_lazy("Declaration number"),
    "pencil",
    "",
    gettext_lazy("Enter the number that customs gave. A wrong one is put right by somebody else, who says why."),
    DeclarationNumberForm,
)


class NumberAct:
    """The page of the act, before the app's own kind of act page."""

    act_name = "number"
    object: Any
    user: User
    now: Any

    def initial(self) -> dict[str, Any]:
        return {"declaration_number": self.object.declaration_number}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Any:
        return correct_declaration_number(document=self.object, actor=self.user, at=self.now, **form.cleaned_data)

    def success_message(self, outcome: Any) -> Text:
        return _numbered(outcome)


class NumberPage(KindAct):
    """The page of the act, which begins with the number that the document has."""

    def initial(self) -> dict[str, Any]:
        return {"declaration_number": self.object.declaration_number}


def number_offer(model: type[Document], *states: str) -> Offer:
    """The act as a kind of document offers it, in the states in which it stands under a number."""
    return Offer(
        operation=numbering(model, *states),
        label=NUMBER_STEP.label,
        icon=NUMBER_STEP.icon,
        question=NUMBER_STEP.question,
        form=NUMBER_STEP.form_class,
        asked=NumberAsked,
        told=_numbered,
        page=NumberPage,
    )


def _numbered(document: Any) -> Text:
    words = {"number": document.number, "declaration": document.declaration_number}
    return _("%(number)s stands under the declaration number %(declaration)s.") % words
