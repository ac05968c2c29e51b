"""An act on a document is declared once, on its operation: who may do it, in which state, and what it leads to.

`act` makes the operation keep what it declares. Pages, API, inbox and start page read the same declaration.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.officers import decides_for_customs, require_customs
from documents.operations.documents import OwnWork, WrongState, keep, locked, require_reason
from documents.operations.notices import tell_of_decision
from registry.errors import NotAllowed
from registry.models import Role, User
from registry.rules import DECIDERS, POSTERS, acts_for, require_role, roles_at
from registry.versions import version_of

Given = ParamSpec("Given")
Outcome = TypeVar("Outcome")
Brought = TypeVar("Brought", covariant=True)
POSTED_AT_ONCE = "posted"


@dataclass(frozen=True, slots=True)
class Who:
    """Who may act: whoever has one of the roles at the document's site, or there decides for customs.

    Args:
        for_customs: only the site's customs officers; where it has none, a supervisor who enters their word.
        organisation_of: the id of the organisation in which the role is held, where it is not held at the site.
        refusal: what is then told to everybody else.
    """

    roles: tuple[Role, ...]
    for_customs: bool = False
    organisation_of: Callable[[Any], int] | None = None
    refusal: Callable[[Any], str] = lambda _document: _("Your roles do not allow this.")

    def may(self, user: User, document: Any, *, held: frozenset[str] | None = None) -> bool:
        """Whether this user is one of them.

        Args:
            held: the roles that the user has at the document's site, when they are known already.
        """
        if self.organisation_of is not None:
            return any(acts_for(user, self.organisation_of(document), role) for role in self.roles)
        if not (roles_at(user, document.site) if held is None else held) & set(self.roles):
            return False
        return not self.for_customs or decides_for_customs(user, document.site)

    def require(self, actor: User, document: Any) -> bool:
        """Whether the actor enters what customs has decided, being no customs officer.

        Raises:
            NotAllowed: the actor is none of them.
        """
        if self.for_customs:
            return require_customs(actor, document.site)
        if self.organisation_of is None:
            require_role(actor, document.site, *self.roles)
        elif not self.may(actor, document):
            raise NotAllowed(self.refusal(document))
        return False


BY_POSTERS = Who(POSTERS)
BY_DECIDERS = Who(DECIDERS)
BY_SUPERVISORS = Who((Role.SUPERVISOR,))
BY_CUSTOMS = Who(DECIDERS, for_customs=True)
BY_OFFICERS = Who((Role.CUSTOMS_OFFICER,))
BY_ALL_WHO_ACT = Who(tuple(sorted({*POSTERS, *DECIDERS})))

WhoOf = Who | Callable[[Any], Who]

# What is told to somebody who did the step before, by the column that names them.
DID_IT_BEFORE = {
    "prepared_by": gettext_lazy("You prepared %(number)s yourself. Somebody else has to decide on it."),
    "requested_by": gettext_lazy("You asked for this yourself. Somebody else has to decide on it."),
    "received_by": gettext_lazy("You measured %(number)s yourself. Somebody else has to decide on it."),
    "signed_by": gettext_lazy("You signed %(number)s yourself. Somebody else has to decide on it."),
    "explained_by": gettext_lazy("You explained or approved %(number)s yourself. Somebody else has to decide on it."),
    "approved_by": gettext_lazy("You explained or approved %(number)s yourself. Somebody else has to decide on it."),
    "payment_recorded_by": gettext_lazy("You recorded the payment of %(number)s yourself."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act on one kind of document.

    Args:
        name: as pages, addresses and permissions call it.
        model: the kind of document.
        argument: what the operation calls the document.
        states: those in which it can be done.
        leads_to: the state that follows; empty where the document keeps its state or the operation says which.
        who: may do it; or tells who may, by the document.
        not_by: columns that name who did an earlier step, and therefore not this one; with what is told, where it is
            not as in DID_IT_BEFORE.
        with_reason: whether somebody has to say why.
        is_due: whether it applies to this document at all, beyond its state.
        is_kept_away: whether somebody may not do it for a reason that the operation tells.
        tells: columns of those who hear what was decided; left out, whoever may not do it because of an earlier step,
            and of what needs a reason, who prepared the document.
    """

    name: str
    model: type[models.Model]
    argument: str
    states: frozenset[str]
    leads_to: str = ""
    who: WhoOf = BY_POSTERS
    not_by: tuple[str, ...] | Mapping[str, Any] = ()
    with_reason: bool = False
    is_due: Callable[[Any], bool] = lambda _document: True
    is_kept_away: Callable[[User, Any], bool] = lambda _user, _document: False
    tells: tuple[str, ...] | None = None

    def people_told(self, document: Any) -> list[int | None]:
        """The ids of those who hear what was decided."""
        columns = self.tells
        if columns is None:
            columns = tuple(self.not_by) or (("prepared_by",) if self.with_reason else ())
        return [getattr(document, f"{column}_id") for column in columns]

    def who_for(self, document: Any) -> Who:
        """Who may do it to this document."""
        return self.who if isinstance(self.who, Who) else self.who(document)

    def is_possible(self, document: Any) -> bool:
        """Whether it can be done to the document as it stands, by whomever."""
        # A document without states is posted as soon as it is entered.
        return getattr(document, "state", POSTED_AT_ONCE) in self.states and self.is_due(document)

    def may(self, user: User, document: Any, *, held: frozenset[str] | None = None) -> bool:
        """Whether the act is for this user, whatever the state; the operation then says what is wrong."""
        if any(getattr(document, f"{column}_id") == user.pk for column in self.not_by):
            return False
        return self.who_for(document).may(user, document, held=held) and not self.is_kept_away(user, document)

    def require_allowed(self, actor: User, document: Any) -> bool:
        """Whether the actor enters what customs has decided.

        Raises:
            NotAllowed: the act is for others.
            OwnWork: the actor did an earlier step.
        """
        for_customs = self.who_for(document).require(actor, document)
        told = self.not_by if isinstance(self.not_by, Mapping) else DID_IT_BEFORE
        for column in self.not_by:
            if getattr(document, f"{column}_id") == actor.pk:
                raise OwnWork(told[column] % {"number": document})
        return for_customs

    def move_on(self, document: Any) -> None:
        """Take the document to the state that follows.

        Raises:
            WrongState: naming the state it is in.
        """
        if getattr(document, "is_reversed", False):
            raise WrongState(_("%(number)s was reversed already.") % {"number": document})
        if getattr(document, "state", POSTED_AT_ONCE) not in self.states:
            words = {"number": document, "state": document.get_state_display()}
            message = _(
                "%(number)s is in the state “%(state)s”, in which this cannot be done. Open it again to see why."
            )
            raise WrongState(message % words)
        if self.leads_to:
            document.state = self.leads_to


class Operation(Protocol[Given, Brought]):
    """An operation with the act that it declares."""

    act: Act
    __name__: str
    __doc__: str | None

    def __call__(self, *args: Given.args, **given: Given.kwargs) -> Brought: ...


def act(
    model: type[models.Model],
    name: str,
    *states: str,
    to: str = "",
    related: tuple[str, ...] = (),
    lock_first: Callable[[Any], Any] | None = None,
    keeps: bool = True,
    declares: type[Act] = Act,
    argument: str = "",
    **declared: Any,
) -> Callable[[Callable[Given, Outcome]], Operation[Given, Outcome]]:
    """Declare an operation as an act on a document, and let it keep what it declares.

    In one transaction the document is locked as it stands; actor, second person, reason and state are asked for, in
    this order; it moves on; the operation does the rest, and the document is kept with who did it, when and why. The
    operation may call `keep` itself where what it writes depends on the document's row.

    Args:
        model: the kind of document.
        name: as pages, addresses and permissions call it.
        states: those in which it can be done.
        to: the state that follows, if it is always the same.
        related: what is read with the document, beside its site and zone.
        lock_first: takes the document as the caller knows it and locks what has to be locked before it.
        keeps: whether the document is saved at all; what asks for something about it leaves it as it is.
        declares: a class of `Act` that says more.
        argument: what the operation calls the document, where its first parameter does not tell.
        declared: the rest of `Act`.
    Raises:
        ChangedMeanwhile: the document is no longer what was in view.
        NotAllowed, OwnWork: the act is for others.
        NotAsRequired: a reason is needed and there is none.
        WrongState: the document is in none of the states.
    """

    def declare(operation: Callable[Given, Outcome]) -> Operation[Given, Outcome]:
        called = argument or next(iter(signature(operation).parameters))
        known = declares(name=name, model=model, argument=called, states=frozenset(states), leads_to=to, **declared)

        @wraps(operation)
        def done(*args: Given.args, **given: Given.kwargs) -> Outcome:
            told: dict[str, Any] = dict(given)
            actor, at = told["actor"], told["at"]
            with transaction.atomic():
                if lock_first is not None:
                    lock_first(told[called])
                document = told[called] = locked(told[called], *related)
                for_customs = known.require_allowed(actor, document)
                if known.with_reason:
                    told["reason"] = require_reason(told["reason"])
                people = set(known.people_told(document)) - {None, actor.pk} if keeps else set()
                made_on = version_of(document) if people else None
                before = getattr(document, "state", "")
                known.move_on(document)
                document.is_kept, document.is_acted_for_customs = False, for_customs
                outcome = cast("Any", operation)(**told)
                reason = told.get("reason", "")
                if keeps and not document.is_kept:
                    keep(document, actor=actor, at=at, reason=reason)
                if made_on is not None:
                    now = getattr(document, "state", "")
                    state = now if now != before else ""
                    tell_of_decision(
                        document,
                        act=name,
                        people=people,
                        made_on=made_on,
                        state=state,
                        actor=actor,
                        at=at,
                        reason=reason,
                    )
                return cast("Outcome", outcome)

        found = cast("Operation[Given, Outcome]", done)
        found.act = known
        return found

    return declare


def moving_act(
    model: type[models.Model], argument: str, name: str, *states: str, to: str, about: str, **declared: Any
) -> Operation[..., Any]:
    """An act that does nothing but move the document on.

    Args:
        argument: what it calls the document.
        about: what it does, in a line of English for whoever reads schema or code.
        declared: the rest of `act`.
    """

    def move(**given: Any) -> Any:
        return given[argument]

    move.__name__, move.__doc__ = f"{name}_{argument}", about
    return act(model, name, *states, to=to, argument=argument, **declared)(move)


def take_back_act(model: type[models.Model], argument: str, *states: str, to: str) -> Operation[..., Any]:
    """Taking back what was submitted, as long as nobody has decided on it."""
    about = "Take back what was submitted, as long as nobody has decided on it."
    return moving_act(model, argument, "take_back", *states, to=to, about=about, who=BY_POSTERS)
