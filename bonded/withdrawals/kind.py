"""Withdrawals: goods of one account book that leave a bonded warehouse."""

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from bonded.about import number_of_lines, value_and_payable
from bonded.acceptance import ZERO, AcceptancePreview, preview_withdrawals
from bonded.api.serializers.payments import PaymentRequest
from bonded.columns import PaidColumn
from bonded.filters import with_line
from bonded.forms.payments import PaymentForm
from bonded.models import Withdrawal, WithdrawalLine, WithdrawalPick, WithdrawalPurpose, WithdrawalState
from bonded.offers import offer_acceptance, offer_closing, offer_submission
from bonded.paid_filter import paid_filter
from bonded.views.documents import GoodsChange, GoodsDraft
from bonded.views.payments import PAYMENT_FACTS, PaymentOfKind
from bonded.withdrawals.api import WithdrawalResource
from bonded.withdrawals.bridge import BRIDGE
from bonded.withdrawals.form import GateForm, WithdrawalForm, WithdrawalLines
from bonded.withdrawals.operations import discharge, withdrawals
from bonded.withdrawals.pages import WithdrawalAccept, WithdrawalDetail, WithdrawalList
from bonded.withdrawals.shapes import PassRequest, WithdrawalRequest, WithdrawalRowSerializer, WithdrawalSerializer
from customs.declaration_number_pages import number_offer
from documents.kinds import Answers, Entry, Kind, Offer, Waits
from documents.offers import offer_change, offer_return, offer_take_back, offer_void
from documents.reversals.asking import offer_reversal_request
from registry.columns import CodeColumn, MoneyColumn, QuantityColumn, StatusColumn
from registry.filters import CodeFilter
from registry.wording import money_text

PEOPLE = ("prepared_by", "accepted_by", "picked_by", "payment_recorded_by", "released_by")


def about(found: list[Any]) -> dict[int, list[str]]:
    """What each would take, and what becomes payable."""
    rows = WithdrawalLine.objects.filter(withdrawal__in=found).order_by().values("withdrawal")
    lines = dict(rows.annotate(number=Count("pk")).values_list("withdrawal", "number"))
    previews = preview_withdrawals(found, at=timezone.now())
    return {
        one.pk: [
            one.get_purpose_display(),
            str(one.owner),
            number_of_lines(lines[one.pk]),
            _making_payable(previews[one.pk]),
        ]
        for one in found
    }


def _making_payable(preview: AcceptancePreview) -> str:
    """What accepting it would make payable, or else cease to suspend; or why it would be refused."""
    if preview.refused:
        return preview.refused
    if any(pick.tax_cny is not None for pick in preview.lines):
        return value_and_payable(preview.customs_value_cny, preview.tax_cny)
    booked = sum((pick.released_value_cny for pick in preview.lines), ZERO)
    words = {"value": money_text(booked, "CNY"), "tax": money_text(preview.released_tax_cny, "CNY")}
    return _("booked value %(value)s, suspended duty and tax %(tax)s, nothing payable") % words


KIND = Kind(
    model=Withdrawal,
    path="withdrawals",
    title=gettext_lazy("Withdrawals"),
    section="goods",
    place=120,
    icon="package-export",
    shortcut="w",
    entry=Entry(
        operation=withdrawals.prepare_withdrawal,
        title=gettext_lazy("New withdrawal"),
        form=WithdrawalForm,
        lines=WithdrawalLines,
        asked=WithdrawalRequest,
    ),
    offers=(
        offer_acceptance(
            discharge.accept_withdrawal,
            page=WithdrawalAccept,
            waits=Waits(label=gettext_lazy("Withdrawals to accept or return"), icon="package-export"),
        ),
        offer_return(withdrawals.return_withdrawal),
        offer_submission(
            withdrawals.submit_withdrawal,
            Waits(
                label=gettext_lazy("Withdrawals to correct"), icon="arrow-back-up", states=(WithdrawalState.RETURNED,)
            ),
            Waits(
                label=gettext_lazy("Withdrawals to finish and submit"), icon="pencil", states=(WithdrawalState.DRAFT,)
            ),
        ),
        offer_change(withdrawals.amend_withdrawal),
        Offer(
            operation=withdrawals.confirm_picking,
            label=gettext_lazy("Confirm picking"),
            icon="clipboard-check",
            tone="primary",
            question=gettext_lazy("All picks stand ready for the gate."),
            waits=(Waits(label=gettext_lazy("Withdrawals to pick"), icon="checks"),),
        ),
        Offer(
            operation=discharge.pass_gate,
            label=gettext_lazy("Pass the gate"),
            icon="truck-delivery",
            tone="primary",
            question=gettext_lazy("The goods leave the site."),
            form=GateForm,
            asked=PassRequest,
            path="pass-gate",
            waits=(Waits(label=gettext_lazy("Withdrawals to let through the gate"), icon="package-export"),),
        ),
        Offer(
            operation=discharge.release_withdrawal,
            label=gettext_lazy("Release"),
            icon="rubber-stamp",
            tone="primary",
            question=gettext_lazy(
                "Customs releases the declaration; goods that have passed the gate leave the account book."
            ),
        ),
        Offer(
            operation=discharge.pay_withdrawal,
            label=gettext_lazy("Record payment"),
            icon="receipt-tax",
            tone="primary",
            form=PaymentForm,
            asked=PaymentRequest,
            page=PaymentOfKind,
        ),
        offer_closing(withdrawals.close_withdrawal),
        offer_take_back(withdrawals.take_back_withdrawal),
        offer_void(withdrawals.void_withdrawal),
        offer_reversal_request(withdrawals.ask_to_reverse_withdrawal),
        number_offer(Withdrawal, *WithdrawalState),
    ),
    columns={
        "state": StatusColumn(verbose_name=gettext_lazy("State")),
        "purpose": tables.Column(verbose_name=gettext_lazy("Purpose")),
        "owner": tables.Column(accessor="owner__name", verbose_name=gettext_lazy("Goods owner")),
        "book": CodeColumn(accessor="book__number", verbose_name=gettext_lazy("Account book")),
        "line_count": QuantityColumn(verbose_name=pgettext_lazy("how many", "Lines")),
        "payable_cny": MoneyColumn(verbose_name=gettext_lazy("Payable (CNY)")),
        "payment_date": PaidColumn(),
    },
    sequence=(
        *("number", "state", "site", "purpose", "owner", "book", "line_count", "payable_cny", "payment_date"),
        "...",
    ),
    empty_text=gettext_lazy("No withdrawal matches what you asked for."),
    searched=("number", "declaration_number", "vehicle", "owner__name", "owner__code"),
    filters={
        "state": filters.MultipleChoiceFilter(choices=WithdrawalState.choices, label=gettext_lazy("State")),
        "purpose": filters.ChoiceFilter(choices=WithdrawalPurpose.choices, label=gettext_lazy("Purpose")),
        "is_paid": paid_filter(),
        "book": CodeFilter("book__number", label=gettext_lazy("Number of the account book")),
        "owner": CodeFilter("owner__code", label=gettext_lazy("Code of the goods owner")),
        "item": filters.CharFilter(
            method=with_line(WithdrawalLine, "withdrawal", "item__code"), label=gettext_lazy("Item number in a line")
        ),
        "lot": filters.CharFilter(
            method=with_line(WithdrawalPick, "line__withdrawal", "lot__number"),
            label=gettext_lazy("Number of a lot that is taken"),
        ),
    },
    folded=("book", "owner", "item", "lot"),
    related=("site__zone", "owner", "book", "prepared_by"),
    detail_related=("site__zone", "book", "owner", *PEOPLE),
    facts=(
        *("site", "book", "owner", "purpose", "destination", "declaration_number", "certificate_number", "vehicle"),
        *("prepared_by", "prepared_at", "accepted_by", "accepted_at", "picked_by", "picked_at", "passed_at"),
        *(*PAYMENT_FACTS, "released_by", "released_at", "discharged_at", "remark"),
    ),
    about=about,
    unfinished=(
        "prepared_at",
        (
            *(WithdrawalState.DRAFT, WithdrawalState.SUBMITTED, WithdrawalState.RETURNED),
            *(WithdrawalState.ACCEPTED, WithdrawalState.PICKED, WithdrawalState.PASSED),
        ),
    ),
    bridge=BRIDGE,
    answers=Answers(
        whole=WithdrawalSerializer,
        row=WithdrawalRowSerializer,
        doc="Goods that leave a bonded warehouse: drafted, submitted, accepted, picked, passed, discharged, closed.",
        related=("site", "book", "owner", *PEOPLE),
        lines=("lines__item", "lines__lot", "lines__picks__lot", "lines__picks__place"),
        base=WithdrawalResource,
    ),
    pages={"list": WithdrawalList, "add": GoodsDraft, "detail": WithdrawalDetail, "change": GoodsChange},
)
