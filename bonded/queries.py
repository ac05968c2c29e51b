"""Reads of the warehouse that more than one page needs: its kinds of document, and work that waits."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from bonded.models import (
    Reversal,
    Withdrawal,
    WithdrawalState,
)
from bonded.payable import payable_models, unpaid
from documents.kinds import kinds
from registry.models import Role, User
from registry.rules import POSTERS, sites_where

DOCUMENTS: dict[str, Any] = {name: model for name, model in kinds().items() if model._meta.app_label == "bonded"}


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


def recent_reversals(*, user: User, most: int) -> list[Reversal]:
    """The reversals last asked for at the user's sites."""
    rows: Any = Reversal.objects.visible_to(user)
    return list(rows.select_related("site", "requested_by", "decided_by").order_by("-pk")[:most])
