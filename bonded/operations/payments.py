"""The payment of the duty and tax on a domestic sale: recorded before customs releases it, and it leaves released."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from bonded.models import Withdrawal, WithdrawalPick, WithdrawalPurpose, WithdrawalState
from customs.operations import documents
from customs.operations.documents import NotAsRequired, OwnWork, Refusals, WrongState
from registry.errors import FieldError
from registry.identity import folded_key
from registry.models import User
from registry.wording import local_time_text, money_text

ZERO = Decimal(0)
# Until the declaration is released.
PAYABLE_IN = frozenset({WithdrawalState.ACCEPTED, WithdrawalState.PICKED, WithdrawalState.PASSED})


def payable_cny(withdrawal: Withdrawal) -> Decimal:
    """The duty and tax that acceptance fixed, in CNY; zero where the purpose owes none."""
    picks = WithdrawalPick.objects.filter(line__withdrawal=withdrawal)
    found = picks.aggregate(total=Sum(F("duty_cny") + F("consumption_tax_cny") + F("vat_cny")))
    return found["total"] or ZERO


@transaction.atomic
def record_payment(
    *,
    withdrawal: Withdrawal,
    amount_cny: Decimal,
    paid_on: date,
    reference: str,
    actor: User,
    at: datetime,
    reason: str = "",
) -> Withdrawal:
    """Record that the duty and tax on a domestic sale were paid; customs releases it on this.

    Recorded again before the release, it is a correction: by another person, who says why.

    Args:
        amount_cny: exactly what is payable, in CNY.
        paid_on: the day of the payment, from acceptance on.
        reference: of the bank or the tax receipt; it stands on one withdrawal of the site, however it is written.
    Raises:
        NotAllowed: the actor posts no documents at the site.
        OwnWork: the actor recorded the payment that is to be corrected.
        NotAsRequired: another amount than is payable, a day to come or before acceptance, no or a used reference.
        WrongState: nothing is payable, or it is not accepted, or was released.
    """
    withdrawal = documents.locked(withdrawal)
    documents.require_poster(actor, withdrawal.site)
    owed_cny = payable_cny(withdrawal)
    if withdrawal.state not in PAYABLE_IN or withdrawal.released_at is not None or not owed_cny:
        words = {"number": withdrawal.number, "state": withdrawal.get_state_display()}
        raise WrongState(_("On %(number)s, in the state “%(state)s”, no duty and tax are waiting to be paid.") % words)
    if withdrawal.payment_recorded_by_id is not None:
        if withdrawal.payment_recorded_by_id == actor.pk:
            raise OwnWork(_("You recorded the payment yourself. Somebody else has to correct it."))
        reason = documents.require_reason(reason)
    _require_right(withdrawal, owed_cny, amount_cny, paid_on, reference.strip(), at)
    withdrawal.payment_cny, withdrawal.payment_date = amount_cny, paid_on
    withdrawal.payment_reference, withdrawal.payment_key = reference.strip(), folded_key(reference)
    withdrawal.payment_recorded_by, withdrawal.payment_recorded_at = actor, at
    try:
        with transaction.atomic():
            documents.keep(withdrawal, actor=actor, at=at, reason=reason)
    except IntegrityError as error:
        other = _other_with(withdrawal)
        words = {"reference": reference.strip(), "other": other.number if other else ""}
        message = _("The payment %(reference)s stands on %(other)s already.") % words
        raise NotAsRequired(
            message, errors=[FieldError(message, field="reference", figure=reference.strip())]
        ) from error
    return withdrawal


def require_paid(withdrawal: Withdrawal) -> None:
    """Raise NotAsRequired while duty and tax are payable and no payment of them is recorded."""
    owed_cny = payable_cny(withdrawal)
    if owed_cny and withdrawal.payment_cny != owed_cny:
        words = {"number": withdrawal.number, "owed": money_text(owed_cny, "CNY")}
        message = _("%(owed)s of duty and tax on %(number)s are payable, and no payment of them is recorded.") % words
        raise NotAsRequired(message, errors=[FieldError(message, field="payment_cny", figure=owed_cny)])


def require_may_leave(withdrawal: Withdrawal) -> None:
    """Raise WrongState while customs has not released a domestic sale, NotAsRequired while it is not paid."""
    if withdrawal.purpose != WithdrawalPurpose.DOMESTIC_SALE:
        return
    if withdrawal.released_at is None:
        words = {"number": withdrawal.number}
        raise WrongState(
            _("%(number)s is a domestic sale that customs has not released. It leaves once it is paid and released.")
            % words
        )
    require_paid(withdrawal)


def _require_right(
    withdrawal: Withdrawal, owed_cny: Decimal, amount_cny: Decimal, paid_on: date, reference: str, at: datetime
) -> None:
    refusals = Refusals()
    if amount_cny != owed_cny:
        words = {"paid": money_text(amount_cny, "CNY"), "owed": money_text(owed_cny, "CNY")}
        refusals.add(
            _("%(paid)s were written, but %(owed)s are payable. The whole is paid at once.") % words,
            "amount_cny",
            figure=amount_cny,
        )
    today = documents.customs_date(withdrawal, at)
    accepted: Any = withdrawal.accepted_at
    first = documents.customs_date(withdrawal, accepted)
    if not first <= paid_on <= today:
        words = {"day": local_time_text(paid_on), "first": local_time_text(first), "today": local_time_text(today)}
        refusals.add(
            _("%(day)s does not lie between the acceptance on %(first)s and today, %(today)s.") % words,
            "paid_on",
            figure=paid_on.isoformat(),
        )
    longest: Any = Withdrawal._meta.get_field("payment_reference").max_length
    if not folded_key(reference):
        refusals.add(_("Write the reference of the payment."), "reference")
    elif len(reference) > longest or len(folded_key(reference)) > longest:
        words = {"longest": longest}
        refusals.add(_("At most %(longest)s characters are kept.") % words, "reference", figure=reference[:longest])
    refusals.raise_if_any()
    other = _other_with(withdrawal, folded_key(reference))
    if other is not None:
        words = {"reference": reference, "other": other.number}
        message = _("The payment %(reference)s stands on %(other)s already.") % words
        raise NotAsRequired(message, errors=[FieldError(message, field="reference", figure=reference)])


def _other_with(withdrawal: Withdrawal, key: str = "") -> Withdrawal | None:
    undone = [WithdrawalState.REVERSED, WithdrawalState.VOID]
    rows: Any = Withdrawal.objects.filter(site=withdrawal.site_id, payment_key=key or withdrawal.payment_key)
    found: Withdrawal | None = rows.exclude(pk=withdrawal.pk).exclude(state__in=undone).first()
    return found
