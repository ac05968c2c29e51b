"""Who enters or puts right the declaration number that a document stands under."""

from typing import Any

from customs.operations.declaration_numbers import correct_declaration_number, stands
from documents.acts import Act
from documents.models import Document
from documents.operations import acts
from documents.operations.acts import BY_ALL_WHO_ACT, BY_DECIDERS, Who
from documents.operations.documents import DECIDERS, POSTERS
from registry.models import User
from registry.rules import has_role


def number_act(*states: str) -> Act:
    """The act in an app's rules, in the states in which the document stands under a number."""
    return Act("number", frozenset(states), tuple(sorted({*POSTERS, *DECIDERS})))


def is_kept_from_number(user: User, document: Any, act: Act) -> bool:
    """Whether a number that is there already is put right by somebody else than this user."""
    if act.name != "number" or not document.declaration_number:
        return False
    return bool(document.prepared_by_id == user.pk) or not has_role(user, document.site, *DECIDERS)


def numbering(model: type[Document], *states: str) -> Any:
    """The act on a kind of document, in the states in which it stands under a number; it refuses by itself."""

    def number(*, document: Any, **given: Any) -> Any:
        """Enter the declaration number that is missing, or put a wrong one right."""
        return correct_declaration_number(document=document, **given)

    operation: Any = number
    operation.act = acts.Act(
        name="number",
        model=model,
        argument="document",
        states=frozenset(states),
        who=_who_numbers,
        is_due=stands,
        is_kept_away=_prepared_numbered,
    )
    return operation


def _who_numbers(document: Any) -> Who:
    return BY_DECIDERS if document.declaration_number else BY_ALL_WHO_ACT


def _prepared_numbered(user: User, document: Any) -> bool:
    return bool(document.declaration_number) and document.prepared_by_id == user.pk
