"""Who may do what to which document, and when: what pages offer and refuse. The operations ask again for themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from bonded.models import (
    Admission,
    AdmissionState,
    Relocation,
    Reversal,
    ReversalState,
    StockCount,
    StockCountState,
    Withdrawal,
    WithdrawalState,
)
from customs.operations.documents import DECIDERS, POSTERS
from registry.models import Role, Site, User
from registry.rules import has_role, roles_at

SUPERVISOR = (Role.SUPERVISOR,)


@dataclass(frozen=True, slots=True)
class Act:
    """An act on a document: in which states, by which roles, and whether by another than who prepared it."""

    name: str
    states: frozenset[str]
    roles: tuple[Role, ...] = POSTERS
    by_another: bool = False


def _decision(name: str, *states: str) -> Act:
    return Act(name, frozenset(states), DECIDERS, by_another=True)


def _step(name: str, *states: str) -> Act:
    return Act(name, frozenset(states))


ADMISSION_ACTS = (
    _decision("accept", AdmissionState.SUBMITTED),
    _decision("return", AdmissionState.SUBMITTED),
    _step("submit", AdmissionState.DRAFT, AdmissionState.RETURNED),
    _step("change", AdmissionState.DRAFT, AdmissionState.RETURNED),
    _step("arrive", AdmissionState.ACCEPTED),
    _step("count", AdmissionState.ARRIVED),
    _decision("close", AdmissionState.COUNTED),
    _step("void", AdmissionState.DRAFT, AdmissionState.RETURNED, AdmissionState.SUBMITTED),
    _step("reverse", AdmissionState.ACCEPTED, AdmissionState.ARRIVED, AdmissionState.COUNTED, AdmissionState.CLOSED),
)
WITHDRAWAL_ACTS = (
    _decision("accept", WithdrawalState.SUBMITTED),
    _decision("return", WithdrawalState.SUBMITTED),
    _step("submit", WithdrawalState.DRAFT, WithdrawalState.RETURNED),
    _step("change", WithdrawalState.DRAFT, WithdrawalState.RETURNED),
    _step("pick", WithdrawalState.ACCEPTED),
    _step("pass", WithdrawalState.PICKED),
    _decision("release", WithdrawalState.ACCEPTED, WithdrawalState.PICKED, WithdrawalState.PASSED),
    _decision("close", WithdrawalState.DISCHARGED),
    _step(
        "void",
        WithdrawalState.DRAFT,
        WithdrawalState.RETURNED,
        WithdrawalState.SUBMITTED,
        WithdrawalState.ACCEPTED,
        WithdrawalState.PICKED,
    ),
    _step("reverse", WithdrawalState.PASSED, WithdrawalState.DISCHARGED, WithdrawalState.CLOSED),
)
STOCK_COUNT_ACTS = (
    _step("counts", StockCountState.OPEN),
    _step("recounts", StockCountState.COUNTED),
    Act("approve", frozenset({StockCountState.RECOUNTED}), SUPERVISOR, by_another=True),
    _step("void", StockCountState.OPEN, StockCountState.COUNTED, StockCountState.RECOUNTED),
    _step("reverse", StockCountState.APPROVED),
)
RELOCATION_ACTS = (_step("reverse", "posted"),)
REVERSAL_ACTS = (
    Act("approve", frozenset({ReversalState.REQUESTED}), SUPERVISOR, by_another=True),
    Act("refuse", frozenset({ReversalState.REQUESTED}), SUPERVISOR, by_another=True),
)

ACTS_OF: dict[type[Any], tuple[Act, ...]] = {
    Admission: ADMISSION_ACTS,
    Withdrawal: WITHDRAWAL_ACTS,
    StockCount: STOCK_COUNT_ACTS,
    Relocation: RELOCATION_ACTS,
    Reversal: REVERSAL_ACTS,
}


def acts_on(user: User, document: Any, *, held: frozenset[str] | None = None) -> list[str]:
    """What the user may do to the document as it stands now, the next step first.

    Args:
        held: the user's roles at the document's site, when they are known already.
    """
    held = roles_at(user, document.site) if held is None else held
    return [act.name for act in _acts_in(document) if held & set(act.roles) and _is_another(user, document, act)]


def may_act(user: User, document: Any, name: str) -> bool:
    """Whether the act is for this user at all, whatever the document's state; the operation then says what is wrong."""
    act = next(act for act in ACTS_OF[type(document)] if act.name == name)
    return has_role(user, document.site, *act.roles) and _is_another(user, document, act)


def may_post(user: User) -> bool:
    """Whether the user posts documents anywhere."""
    return user.memberships.filter(role__in=POSTERS).exists()


def decides_at(user: User, site: Site) -> bool:
    """Whether the user decides on documents of the site."""
    return has_role(user, site, *DECIDERS)


def _acts_in(document: Any) -> Iterator[Act]:
    state = document.state if hasattr(document, "state") else "posted"
    for act in ACTS_OF[type(document)]:
        if state in act.states and not _is_done(document, act.name):
            yield act


def _is_done(document: Any, name: str) -> bool:
    if name == "release":
        return document.released_at is not None
    return isinstance(document, Relocation) and document.is_reversed


def _is_another(user: User, document: Any, act: Act) -> bool:
    """Whoever prepared, asked for or counted something does not decide on it, and nobody counts twice."""
    if isinstance(document, StockCount) and act.name in {"recounts", "approve"} and _has_counted(user, document, act):
        return False
    if not act.by_another:
        return True
    first = document.requested_by_id if isinstance(document, Reversal) else document.prepared_by_id
    return bool(first != user.pk)


def _has_counted(user: User, stock_count: StockCount, act: Act) -> bool:
    first = Q(counted_by=user)
    return stock_count.lines.filter(first if act.name == "recounts" else first | Q(recounted_by=user)).exists()
