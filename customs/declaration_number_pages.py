"""Entering and putting right a declaration number: the same act for every kind of document that stands under one."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customs.api.requests import NumberRequest
from customs.forms import DeclarationNumberForm
from customs.operations.declaration_numbers import number_act
from documents.kind_pages import KindAct
from documents.kinds import Offer
from documents.models import Document
from registry.pages import Text


class NumberPage(KindAct):
    """The page of the act, which begins with the number that the document has."""

    def initial(self) -> dict[str, Any]:
        return {"declaration_number": self.object.declaration_number}


def number_offer(model: type[Document], *states: str) -> Offer:
    """The act as a kind of document offers it, in the states in which it stands under a number."""
    return Offer(
        operation=number_act(model, *states),
        label=gettext_lazy("Declaration number"),
        icon="pencil",
        question=gettext_lazy(
            "Enter the number that customs gave. A wrong one is put right by somebody else, who says why."
        ),
        form=DeclarationNumberForm,
        asked=NumberRequest,
        told=_numbered,
        page=NumberPage,
    )


def _numbered(document: Any) -> Text:
    words = {"number": document.number, "declaration": document.declaration_number}
    return _("%(number)s stands under the declaration number %(declaration)s.") % words
