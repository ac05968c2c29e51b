"""Reads of the warehouse that more than one page needs: work that waits."""

from dataclasses import dataclass

from django.utils.functional import Promise

from bonded.models import Withdrawal, WithdrawalState
from bonded.payable import payable_models, unpaid
from registry.models import Role, User
from registry.rules import POSTERS, sites_where


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many documents of a kind wait for a payment."""

    kind: str
    label: str | Promise
    number: int


def payments_waiting(*, user: User) -> list[Waiting]:
    """On what duty and tax are payable at the user's sites and not paid, by kind of document; zeros too."""
    sites = sites_where(user, *POSTERS)
    return [
        Waiting(model.kind, model.unpaid_label, unpaid(model._default_manager.filter(site__in=sites)).count())
        for model in payable_models()
    ]


def releases_waiting(*, user: User) -> int:
    """How many withdrawals customs has not released yet that the user may release."""
    return (
        Withdrawal.objects.filter(
            site__in=sites_where(user, Role.SUPERVISOR, Role.CUSTOMS_OFFICER),
            released_at__isnull=True,
            state__in=[WithdrawalState.ACCEPTED, WithdrawalState.PICKED, WithdrawalState.PASSED],
        )
        .exclude(prepared_by=user)
        .count()
    )
