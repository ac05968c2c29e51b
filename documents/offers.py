"""How the acts are offered that most kinds of document have."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from documents.kinds import Offer

Told = Any


def offer_change(operation: Any, **more: Any) -> Offer:
    """Saying a document anew; the API does it by PUT and PATCH."""
    return Offer(operation=operation, label=gettext_lazy("Change"), icon="pencil", asked=None, **more)


def offer_return(operation: Any, **more: Any) -> Offer:
    """Giving a document back to whoever prepared it."""
    question = gettext_lazy("Say what is to be corrected; who prepared it reads this.")
    return Offer(
        operation=operation, label=gettext_lazy("Return"), icon="arrow-back-up", **{"question": question, **more}
    )


def offer_take_back(operation: Any, **more: Any) -> Offer:
    """Taking back what one submitted, as long as nobody has decided."""
    question = gettext_lazy("Nobody has decided on it yet. It can be changed then, and submitted again.")
    usual = {"icon": "arrow-left", "question": question}
    return Offer(operation=operation, label=pgettext_lazy("a submission", "Take back"), **{**usual, **more})


def offer_void(operation: Any, **more: Any) -> Offer:
    """Giving a document up before it posted anything."""
    question = gettext_lazy("It is given up for good; its number stays, marked void.")
    usual = {"icon": "ban", "tone": "outline-danger", "question": question}
    return Offer(operation=operation, label=gettext_lazy("Make void"), **{**usual, **more})


def offer_reversal(operation: Any, **more: Any) -> Offer:
    """Posting back what a document posted."""
    question = gettext_lazy("Everything that it posted is posted back at once. Say why.")
    usual = {"icon": "history", "tone": "outline-danger", "question": question, "told": _reversed}
    return Offer(operation=operation, label=gettext_lazy("Reverse"), **{**usual, **more})


def _reversed(outcome: Any) -> str:
    return _("%(number)s was reversed.") % {"number": outcome.number}
