"""The payment of the duty and tax that a document made payable: on a sale, on short goods, on a count's shortage.

A domestic sale is paid before customs releases it, and leaves released; what is missing is paid once that is decided.
"""

from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bonded.models import Withdrawal, WithdrawalPurpose
from bonded.models.payments import TaxPaid
from bonded.payable import payable_cny, payable_models
from documents.operations import documents
from documents.operations.acts import Operation, act
from documents.operations.documents import NotAsRequired, OwnWork, Refusals, WrongState
from registry.errors import FieldError
from registry.identity import folded_key
from registry.models import Site, User
from registry.wording import local_time_text, money_text

# However the documents differ, in this they are alike.
Payable = Any


@transaction.atomic
def record_payment(
    *,
    document: Payable,
    amount_cny: Decimal,
    paid_on: date,
    reference: str,
    actor: User,
    at: datetime,
    reason: str = "",
) -> Payable:
    """Record that the duty and tax that a document made payable were paid; customs releases a sale on this.

    Recorded again, it is a correction: by another person, who says why; of a sale, before its release.

    Args:
        document: a withdrawal, a stock count with a shortage, or a settlement of short goods.
        amount_cny: exactly what is payable, in CNY.
        paid_on: the day of the payment, from the decision on that made it payable.
        reference: of the bank or the tax receipt; it stands on one document of the site, however it is written.
    Raises:
        NotAllowed: the actor posts no documents at the site.
        OwnWork: the actor recorded the payment that is to be corrected.
        NotAsRequired: another amount than is payable, a day to come or too early, no or a used reference.
        WrongState: nothing is payable, or it is not decided, was released, or reversed.
    """
    document = documents.locked(document)
    documents.require_poster(actor, document.site)
    owed_cny = payable_cny(document)
    is_released = getattr(document, "released_at", None) is not None
    if document.state not in document.payable_in or is_released or not owed_cny:
        words = {"number": document.number, "state": document.get_state_display()}
        raise WrongState(_("On %(number)s, in the state “%(state)s”, no duty and tax are waiting to be paid.") % words)
    if document.payment_recorded_by_id is not None:
        if document.payment_recorded_by_id == actor.pk:
            raise OwnWork(_("You recorded the payment yourself. Somebody else has to correct it."))
        reason = documents.require_reason(reason)
    reference = reference.strip()
    # The site's row is what payments of two kinds of document at once wait for.
    Site.objects.select_for_update(no_key=True, of=("self",)).get(pk=document.site_id)
    _require_right(document, owed_cny, amount_cny, paid_on, reference, at)
    document.payment_cny, document.payment_date = amount_cny, paid_on
    document.payment_reference, document.payment_key = reference, folded_key(reference)
    document.payment_recorded_by, document.payment_recorded_at = actor, at
    try:
        with transaction.atomic():
            documents.keep(document, actor=actor, at=at, reason=reason)
    except IntegrityError as error:
        raise _used(document, reference) from error
    return document


def payment_of(model: type[Payable]) -> Operation[..., Payable]:
    """The act by which the payment of duty and tax on documents of a kind is recorded."""

    @act(
        model,
        "pay",
        *model.payable_in,
        is_due=lambda document: bool(payable_cny(document)),
        is_kept_away=lambda user, document: document.payment_recorded_by_id == user.pk,
        keeps=False,
    )
    @wraps(record_payment)
    def pay(*, document: Payable, **given: Any) -> Payable:
        return record_payment(document=document, **given)

    return pay


def require_paid(withdrawal: Withdrawal) -> None:
    """Raise NotAsRequired while duty and tax are payable and no payment of them is recorded.

    Source: Customs Law of the PRC (2021), article 29.
    """
    owed_cny = payable_cny(withdrawal)
    if owed_cny and withdrawal.payment_cny != owed_cny:
        words = {"number": withdrawal.number, "owed": money_text(owed_cny, "CNY")}
        message = _("%(owed)s of duty and tax on %(number)s are payable, and no payment of them is recorded.") % words
        raise NotAsRequired(message, errors=[FieldError(message, field="payment_cny", figure=owed_cny)])


def require_may_leave(withdrawal: Withdrawal) -> None:
    """Raise WrongState while customs has not released a domestic sale, NotAsRequired while it is not paid.

    Source: Customs Law of the PRC (2021), articles 29 and 37.
    """
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
    document: Payable, owed_cny: Decimal, amount_cny: Decimal, paid_on: date, reference: str, at: datetime
) -> None:
    refusals = Refusals()
    if amount_cny != owed_cny:
        words = {"paid": money_text(amount_cny, "CNY"), "owed": money_text(owed_cny, "CNY")}
        refusals.add(
            _("%(paid)s were written, but %(owed)s are payable. The whole is paid at once.") % words,
            "amount_cny",
            figure=amount_cny,
        )
    today = documents.customs_date(document, at)
    first = documents.customs_date(document, getattr(document, document.payable_since))
    if not first <= paid_on <= today:
        words = {"day": local_time_text(paid_on), "first": local_time_text(first), "today": local_time_text(today)}
        refusals.add(
            _("%(day)s does not lie between %(first)s, when it became payable, and today, %(today)s.") % words,
            "paid_on",
            figure=paid_on.isoformat(),
        )
    longest: Any = TaxPaid._meta.get_field("payment_reference").max_length
    if not folded_key(reference):
        refusals.add(_("Write the reference of the payment."), "reference")
    elif len(reference) > longest or len(folded_key(reference)) > longest:
        words = {"longest": longest}
        refusals.add(_("At most %(longest)s characters are kept.") % words, "reference", figure=reference[:longest])
    refusals.raise_if_any()
    if _other_with(document, folded_key(reference)) is not None:
        raise _used(document, reference)


def _used(document: Payable, reference: str) -> NotAsRequired:
    other = _other_with(document, folded_key(reference))
    words = {"reference": reference, "other": other.number if other else ""}
    message = _("The payment %(reference)s stands on %(other)s already.") % words
    return NotAsRequired(message, errors=[FieldError(message, field="reference", figure=reference)])


def _other_with(document: Payable, key: str) -> Payable | None:
    """Another document of the site, of whatever kind, on which the payment stands."""
    for model in payable_models():
        rows = model._default_manager.filter(site=document.site_id, payment_key=key)
        if model is type(document):
            rows = rows.exclude(pk=document.pk)
        # What is undone lets go of its payment.
        other = rows.exclude(state__in=["reversed", "void"]).first()
        if other is not None:
            return other
    return None
