"""Which acts there are on documents, who may do them and when: the shape that every app's rules are written in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from documents.officers import decides_for_customs
from documents.operations.documents import DECIDERS, POSTERS
from registry.models import Role, User
from registry.rules import roles_at


@dataclass(frozen=True, slots=True)
class Act:
    """An act on a document: in which states, by which roles, and whether by another than who prepared it.

    What customs decides is for the site's customs officers; where it has none, a supervisor enters it for them.
    """

    name: str
    states: frozenset[str]
    roles: tuple[Role, ...] = POSTERS
    by_another: bool = False
    for_customs: bool = False


def decision(name: str, *states: str) -> Act:
    """An act by which somebody else decides on a document."""
    return Act(name, frozenset(states), DECIDERS, by_another=True)


def customs_decision(name: str, *states: str) -> Act:
    """An act by which customs decides on a document that somebody else prepared."""
    return Act(name, frozenset(states), DECIDERS, by_another=True, for_customs=True)


def step(name: str, *states: str) -> Act:
    """An act by which whoever posts carries a document on."""
    return Act(name, frozenset(states))


def _never(*_asked: Any) -> bool:
    return False


def _who_prepared(document: Any) -> Any:
    return document.prepared_by_id


def _roles_at_its_site(user: User, document: Any) -> frozenset[str]:
    return roles_at(user, document.site)


@dataclass(frozen=True, slots=True)
class Rules:
    """The acts of an app's documents, the next step of each first; operations ask again for themselves.

    Args:
        acts_of: the acts on each model.
        is_done: whether an act was done already though the state would allow it.
        is_kept_away: whether somebody may not do it for another reason than having prepared the document.
        first_person: the id of who prepared the document or asked for it.
        roles_on: the roles by which somebody acts on a document; those at its site, unless an app knows more.
    """

    acts_of: Mapping[type[Any], tuple[Act, ...]]
    is_done: Callable[[Any, str], bool] = _never
    is_kept_away: Callable[[User, Any, Act], bool] = _never
    first_person: Callable[[Any], Any] = _who_prepared
    roles_on: Callable[[User, Any], frozenset[str]] = _roles_at_its_site

    def acts_on(self, user: User, document: Any, *, held: frozenset[str] | None = None) -> list[str]:
        """What the user may do to the document as it stands now, the next step first.

        Args:
            held: the user's roles on the document, when they are known already.
        """
        held = self.roles_on(user, document) if held is None else held
        return [
            act.name for act in self._acts_in(document) if held & set(act.roles) and self._is_for(user, document, act)
        ]

    def may_act(self, user: User, document: Any, name: str) -> bool:
        """Whether the act is for this user at all, whatever the state; the operation then says what is wrong."""
        act = next(act for act in self.acts_of[type(document)] if act.name == name)
        return bool(self.roles_on(user, document) & set(act.roles)) and self._is_for(user, document, act)

    def for_customs(self, document: Any) -> set[str]:
        """The acts on the document that are customs' to decide."""
        return {act.name for act in self.acts_of[type(document)] if act.for_customs}

    def _acts_in(self, document: Any) -> Iterator[Act]:
        # A document without states is posted as soon as it is entered.
        state = document.state if hasattr(document, "state") else "posted"
        for act in self.acts_of[type(document)]:
            if state in act.states and not self.is_done(document, act.name):
                yield act

    def _is_for(self, user: User, document: Any, act: Act) -> bool:
        if self.is_kept_away(user, document, act):
            return False
        if act.for_customs and not decides_for_customs(user, document.site):
            return False
        return not act.by_another or bool(self.first_person(document) != user.pk)


def may_post(user: User) -> bool:
    """Whether the user posts documents anywhere."""
    return user.memberships.filter(role__in=POSTERS).exists()
