"""Who may do what to which document, and when: what pages offer and refuse. The operations ask again for themselves."""

from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce

from bonded.models import (
    WAYS_OF_CUSTOMS,
    Admission,
    AdmissionState,
    Reversal,
    ReversalState,
    StockCount,
    StockCountState,
    SuspenseResolution,
    SuspenseState,
    Withdrawal,
    WithdrawalPurpose,
    WithdrawalState,
)
from bonded.payable import payable_cny
from customs.numbered import is_kept_from_number, number_act
from documents.acts import Act, Rules, decision, may_post, step
from documents.operations.documents import DECIDERS, POSTERS
from registry.models import Role, Site, User
from registry.rules import has_role

__all__ = ["RULES", "acts_on", "decides_at", "may_act", "may_post"]

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
STOCK_COUNT_ACTS = (
    step("counts", StockCountState.OPEN),
    step("recounts", StockCountState.COUNTED),
    Act("approve", frozenset({StockCountState.RECOUNTED}), SUPERVISOR, by_another=True),
    Act(
        "void",
        frozenset({StockCountState.OPEN, StockCountState.COUNTED, StockCountState.RECOUNTED}),
        tuple(sorted({*POSTERS, *DECIDERS})),
    ),
    step("pay", StockCountState.APPROVED),
    step("reverse", StockCountState.APPROVED),
)
REVERSAL_ACTS = (
    Act("approve", frozenset({ReversalState.REQUESTED}), DECIDERS, by_another=True),
    Act("refuse", frozenset({ReversalState.REQUESTED}), DECIDERS, by_another=True),
)
SUSPENSE_ACTS = (
    decision("approve", SuspenseState.SUBMITTED),
    decision("refuse", SuspenseState.SUBMITTED),
    step("pay", SuspenseState.APPROVED),
    step("reverse", SuspenseState.APPROVED),
)

ACTS_OF: dict[type[Any], tuple[Act, ...]] = {
    Admission: ADMISSION_ACTS,
    Withdrawal: WITHDRAWAL_ACTS,
    StockCount: STOCK_COUNT_ACTS,
    Reversal: REVERSAL_ACTS,
    SuspenseResolution: SUSPENSE_ACTS,
}


def roles_deciding_reversal_of(document_kind: str) -> tuple[Role, ...]:
    """Who lets a document of this kind be reversed."""
    return CUSTOMS if document_kind in DECIDED_BY_CUSTOMS else SUPERVISOR


def roles_deciding_on(resolution: SuspenseResolution) -> tuple[Role, ...]:
    """Who lets goods in suspense end in this way: customs where it changes what customs accepted."""
    return CUSTOMS if resolution.way in WAYS_OF_CUSTOMS else DECIDERS


def shows_shortage(stock_count: StockCount) -> bool:
    """Whether less was counted of anything than the ledger has: in the second count where there was one."""
    counted = Coalesce("recounted_quantity", "counted_quantity")
    return stock_count.lines.filter(expected_quantity__gt=counted).exists()


def _is_done(document: Any, name: str) -> bool:
    """Also what is not due yet: a domestic sale is paid, then released, then passes the gate."""
    if isinstance(document, Withdrawal):
        return _is_not_due(document, name)
    return name == "pay" and not payable_cny(document)


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
    """Nobody counts the same goods twice, approves what they counted, or puts their own declaration number right."""
    if is_kept_from_number(user, document, act):
        return True
    if act.name == "pay":
        return bool(document.payment_recorded_by_id == user.pk)
    if isinstance(document, Reversal):
        return not has_role(user, document.site, *roles_deciding_reversal_of(document.document_kind))
    if isinstance(document, SuspenseResolution) and act.name in {"approve", "refuse"}:
        return not has_role(user, document.site, *roles_deciding_on(document))
    if isinstance(document, StockCount) and act.name == "void":
        return _is_kept_from_giving_up(user, document)
    if not isinstance(document, StockCount) or act.name not in {"recounts", "approve"}:
        return False
    first = Q(counted_by=user)
    return document.lines.filter(first if act.name == "recounts" else first | Q(recounted_by=user)).exists()


def _is_kept_from_giving_up(user: User, stock_count: StockCount) -> bool:
    if not shows_shortage(stock_count):
        return not has_role(user, stock_count.site, *POSTERS)
    counted = stock_count.lines.filter(Q(counted_by=user) | Q(recounted_by=user))
    is_first = stock_count.prepared_by_id == user.pk or counted.exists()
    return is_first or not has_role(user, stock_count.site, *DECIDERS)


def _first_person(document: Any) -> Any:
    return document.requested_by_id if isinstance(document, Reversal) else document.prepared_by_id


RULES = Rules(ACTS_OF, is_done=_is_done, is_kept_away=_is_kept_away, first_person=_first_person)
acts_on = RULES.acts_on
may_act = RULES.may_act


def decides_at(user: User, site: Site) -> bool:
    """Whether the user decides on documents of the site."""
    return has_role(user, site, *DECIDERS)
