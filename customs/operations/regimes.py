"""Regimes: changing what customs demands of the sites under one of them."""

from datetime import datetime

from django.db import transaction

from customs.models import Regime
from customs.rules import require_may_change_regimes
from registry.models import User
from registry.operations.register import enter_in_register


@transaction.atomic
def change_regime(
    *, regime: Regime, actor: User | None, at: datetime, reason: str = "", seen_history_id: int | None = None
) -> Regime:
    """Save a regime with new figures; they hold for what is accepted from now on.

    Args:
        regime: the row with its new figures, not yet saved; tolerances are fractions (0.03 is 3 %).
        actor: an administrator of the zone's operator; None for the system.
    Raises:
        NotAllowed: the actor does not administer the whole zone.
        NotFitForRegister, ChangedMeanwhile: as for every row of the register.
    """
    require_may_change_regimes(actor)
    return enter_in_register(row=regime, actor=actor, at=at, reason=reason, seen_history_id=seen_history_id)
