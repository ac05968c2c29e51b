"""Who may do what to which document, and when: what pages offer and refuse. The operations ask again for themselves."""

from typing import Any

from bonded.models import (
    Admission,
    AdmissionState,
    Reversal,
    ReversalState,
    Withdrawal,
    WithdrawalPurpose,
    WithdrawalState,
)
from customs.numbered import is_kept_from_number, number_act
from documents.acts import Act, Rules, decision, step
from documents.operations.documents import DECIDERS
from registry.models import Role, User
from registry.rules import has_role

SUPERVISOR = (Role.SUPERVISOR,)
CUSTOMS = (Role.CUSTOMS_OFFICER,)
# What customs accepted or released, only customs lets be undone.
DECIDED_BY_CUSTOMS = frozenset({Admission.kind, Withdrawal.kind})

ADMISSION_ACTS = (
    decision("accept", AdmissionState.SUBMITTED),
    decision("return", AdmissionState.SUBMITTED),
    step("submit", AdmissionState.DRAFT, AdmissionState.RETURNED),
    step("change", AdmissionState.DRAFT, AdmissionState.RETURNED),
    step("arrive", AdmissionState.ACCEPTED),
    step("count", AdmissionState.ARRIVED),
    decision("close", AdmissionState.COUNTED),
    step("void", AdmissionState.DRAFT, AdmissionState.RETURNED, AdmissionState.SUBMITTED),
    step("reverse", AdmissionState.ACCEPTED, AdmissionState.ARRIVED, AdmissionState.COUNTED, AdmissionState.CLOSED),
    number_act(AdmissionState.ACCEPTED, AdmissionState.ARRIVED, AdmissionState.COUNTED, AdmissionState.CLOSED),
)
WITHDRAWAL_ACTS = (
    decision("accept", WithdrawalState.SUBMITTED),
    decision("return", WithdrawalState.SUBMITTED),
    step("submit", WithdrawalState.DRAFT, WithdrawalState.RETURNED),
    step("change", WithdrawalState.DRAFT, WithdrawalState.RETURNED),
    step("pick", WithdrawalState.ACCEPTED),
    step("pass", WithdrawalState.PICKED),
    decision("release", WithdrawalState.ACCEPTED, WithdrawalState.PICKED, WithdrawalState.PASSED),
    step("pay", WithdrawalState.ACCEPTED, WithdrawalState.PICKED, WithdrawalState.PASSED),
    decision("close", WithdrawalState.DISCHARGED),
    step("void", WithdrawalState.DRAFT, WithdrawalState.RETURNED, WithdrawalState.SUBMITTED),
    step(
        "reverse",
        WithdrawalState.ACCEPTED,
        WithdrawalState.PICKED,
        WithdrawalState.PASSED,
        WithdrawalState.DISCHARGED,
        WithdrawalState.CLOSED,
    ),
    number_act(
        WithdrawalState.ACCEPTED,
        WithdrawalState.PICKED,
        WithdrawalState.PASSED,
        WithdrawalState.DISCHARGED,
        WithdrawalState.CLOSED,
    ),
)
REVERSAL_ACTS = (
    Act("approve", frozenset({ReversalState.REQUESTED}), DECIDERS, by_another=True),
    Act("refuse", frozenset({ReversalState.REQUESTED}), DECIDERS, by_another=True),
)
ACTS_OF: dict[type[Any], tuple[Act, ...]] = {
    Admission: ADMISSION_ACTS,
    Withdrawal: WITHDRAWAL_ACTS,
    Reversal: REVERSAL_ACTS,
}


def roles_deciding_reversal_of(document_kind: str) -> tuple[Role, ...]:
    """Who lets a document of this kind be reversed."""
    return CUSTOMS if document_kind in DECIDED_BY_CUSTOMS else SUPERVISOR


def _is_done(document: Any, name: str) -> bool:
    """Also what is not due yet: a domestic sale is paid, then released, then passes the gate."""
    return isinstance(document, Withdrawal) and _is_not_due(document, name)


def _is_not_due(withdrawal: Withdrawal, name: str) -> bool:
    is_sale = withdrawal.purpose == WithdrawalPurpose.DOMESTIC_SALE
    is_paid = withdrawal.payment_recorded_at is not None
    match name:
        case "pay":
            return not is_sale or withdrawal.released_at is not None
        case "release":
            return withdrawal.released_at is not None or (is_sale and not is_paid)
        case "pass":
            return is_sale and withdrawal.released_at is None
        case _:
            return False


def _is_kept_away(user: User, document: Any, act: Act) -> bool:
    """Nobody puts right their own declaration number or their own payment."""
    if is_kept_from_number(user, document, act):
        return True
    if act.name == "pay":
        return bool(document.payment_recorded_by_id == user.pk)
    if isinstance(document, Reversal):
        return not has_role(user, document.site, *roles_deciding_reversal_of(document.document_kind))
    return False


def _first_person(document: Any) -> Any:
    return document.requested_by_id if isinstance(document, Reversal) else document.prepared_by_id


RULES = Rules(ACTS_OF, is_done=_is_done, is_kept_away=_is_kept_away, first_person=_first_person)
may_act = RULES.may_act
