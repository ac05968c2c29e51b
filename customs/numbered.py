"""Who enters or puts right the declaration number that a document stands under."""

from typing import Any

from documents.acts import Act
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
