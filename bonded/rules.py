"""Who may do what to which document, and when: what pages offer and refuse. The operations ask again for themselves."""

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
from customs.acts import Act, Rules, decision, may_post, step
from customs.declaration_number_pages import is_kept_from_number, number_act
from customs.operations.documents import DECIDERS
from registry.models import Role, Site, User
from registry.rules import has_role

__all__ = ["RULES", "acts_on", "decides_at", "may_act", "may_post"]

SUPERVISOR = (Role.SUPERVISOR,)

ADMISSION_ACTS = (
    decision("accept", AdmissionState.SUBMITTED),
    decision("return", AdmissionState.SUBMITTED),
    step("submit", AdmissionState.DRAFT, AdmissionState.RETURNED),
    step("change", AdmissionState.DRAFT, AdmissionState.RETURNED),
    step("arrive", AdmissionState.ACCEPTED),
    step("count", AdmissionState.ARRIVED),
    decision("close", AdmissionState.COUNTED),
    number_act(AdmissionState.ACCEPTED, AdmissionState.ARRIVED, AdmissionState.COUNTED, AdmissionState.CLOSED),
    step("void", AdmissionState.DRAFT, AdmissionState.RETURNED, AdmissionState.SUBMITTED),
    step("reverse", AdmissionState.ACCEPTED, AdmissionState.ARRIVED, AdmissionState.COUNTED, AdmissionState.CLOSED),
)
WITHDRAWAL_ACTS = (
    decision("accept", WithdrawalState.SUBMITTED),
    decision("return", WithdrawalState.SUBMITTED),
    step("submit", WithdrawalState.DRAFT, WithdrawalState.RETURNED),
    step("change", WithdrawalState.DRAFT, WithdrawalState.RETURNED),
    step("pick", WithdrawalState.ACCEPTED),
    step("pass", WithdrawalState.PICKED),
    decision("release", WithdrawalState.ACCEPTED, WithdrawalState.PICKED, WithdrawalState.PASSED),
    decision("close", WithdrawalState.DISCHARGED),
    number_act(
        WithdrawalState.ACCEPTED,
        WithdrawalState.PICKED,
        WithdrawalState.PASSED,
        WithdrawalState.DISCHARGED,
        WithdrawalState.CLOSED,
    ),
    step(
        "void",
        WithdrawalState.DRAFT,
        WithdrawalState.RETURNED,
        WithdrawalState.SUBMITTED,
        WithdrawalState.ACCEPTED,
        WithdrawalState.PICKED,
    ),
    step("reverse", WithdrawalState.PASSED, WithdrawalState.DISCHARGED, WithdrawalState.CLOSED),
)
STOCK_COUNT_ACTS = (
    step("counts", StockCountState.OPEN),
    step("recounts", StockCountState.COUNTED),
    Act("approve", frozenset({StockCountState.RECOUNTED}), SUPERVISOR, by_another=True),
    step("void", StockCountState.OPEN, StockCountState.COUNTED, StockCountState.RECOUNTED),
    step("reverse", StockCountState.APPROVED),
)
RELOCATION_ACTS = (step("reverse", "posted"),)
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


def _is_done(document: Any, name: str) -> bool:
    if name == "release":
        return document.released_at is not None
    return isinstance(document, Relocation) and document.is_reversed


def _is_kept_away(user: User, document: Any, act: Act) -> bool:
    """Nobody counts the same goods twice, approves what they counted, or puts their own declaration number right."""
    if is_kept_from_number(user, document, act):
        return True
    if not isinstance(document, StockCount) or act.name not in {"recounts", "approve"}:
        return False
    first = Q(counted_by=user)
    return document.lines.filter(first if act.name == "recounts" else first | Q(recounted_by=user)).exists()


def _first_person(document: Any) -> Any:
    return document.requested_by_id if isinstance(document, Reversal) else document.prepared_by_id


RULES = Rules(ACTS_OF, is_done=_is_done, is_kept_away=_is_kept_away, first_person=_first_person)
acts_on = RULES.acts_on
may_act = RULES.may_act


def decides_at(user: User, site: Site) -> bool:
    """Whether the user decides on documents of the site."""
    return has_role(user, site, *DECIDERS)
