"""Pages of withdrawals."""

from dataclasses import fields
from typing import Any

from django.db import models
from django.db.models import Count
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from bonded import filters, tables
from bonded.acceptance import AcceptancePreview, preview_withdrawal
from bonded.acceptance_tables import WithdrawalPreviewTable
from bonded.forms.withdrawals import WithdrawalForm, WithdrawalLines
from bonded.models import Withdrawal, WithdrawalPick
from bonded.operations import discharge, withdrawals
from bonded.operations.withdrawals import WithdrawalLineInput
from bonded.payable import with_payable
from bonded.views.acceptance import FIXED, AcceptPage
from bonded.views.documents import ChangePage, DocumentAct, DocumentDetail, DocumentList, DraftPage
from bonded.views.payments import PAYMENT_FACTS, PayPage
from customs.declaration_number_pages import NumberAct
from documents.form_fields import figures
from registry.wording import money_text, quantity_text

LINE_FIELDS = {field.name for field in fields(WithdrawalLineInput)}


class WithdrawalPage:
    model = Withdrawal
    kind_url = "withdrawal"
    list_label = gettext_lazy("Withdrawals")


class WithdrawalList(WithdrawalPage, DocumentList):
    title = gettext_lazy("Withdrawals")
    add_label = gettext_lazy("New withdrawal")
    filterset_class = filters.WithdrawalFilter
    table_class = tables.WithdrawalTable

    def queryset(self) -> models.QuerySet[Any]:
        rows = super().queryset().select_related("site", "owner", "book", "prepared_by")
        return with_payable(rows.annotate(line_count=Count("lines")))


class WithdrawalDetail(WithdrawalPage, DocumentDetail):
    fact_names = (
        "site",
        "book",
        "owner",
        "purpose",
        "destination",
        "declaration_number",
        "certificate_number",
        "vehicle",
        "prepared_by",
        "prepared_at",
        "accepted_by",
        "accepted_at",
        "picked_by",
        "picked_at",
        "passed_at",
        *PAYMENT_FACTS,
        "released_by",
        "released_at",
        "discharged_at",
        "remark",
    )

    def queryset(self) -> models.QuerySet[Any]:
        people = ("prepared_by", "accepted_by", "picked_by", "payment_recorded_by", "released_by")
        return super().queryset().select_related("site__zone", "book", "owner", *people)

    @cached_property
    def picks(self) -> list[Any]:
        picks = WithdrawalPick.objects.filter(line__withdrawal=self.object)
        return list(picks.select_related("line__item__unit", "lot", "place").order_by("line__row", "pk"))

    @cached_property
    def lines(self) -> list[Any]:
        """The lines with what is booked for them and payable on them, once they are picked."""
        lines = list(self.object.lines.select_related("item__unit", "lot"))
        for line in lines:
            picks = [pick for pick in self.picks if pick.line_id == line.pk]
            taxes = [pick.tax_cny for pick in picks if pick.tax_cny is not None]
            line.released_value_cny = sum(pick.released_value_cny for pick in picks) if picks else None
            line.released_tax_cny = sum(pick.released_tax_cny for pick in picks) if picks else None
            line.payable_cny = sum(taxes) if taxes else None
        return lines

    def figures(self) -> list[dict[str, Any]]:
        if not self.picks:
            return []
        net_mass_kg = sum(pick.net_mass_kg for pick in self.picks)
        released_cny = sum(line.released_tax_cny for line in self.lines if line.released_tax_cny)
        payable_cny = sum(line.payable_cny for line in self.lines if line.payable_cny)
        return [
            {"label": pgettext("how many", "Lines"), "value": quantity_text(len(self.lines))},
            {"label": _("Net mass"), "value": quantity_text(net_mass_kg), "unit": "kg"},
            {"label": _("Suspended, released"), "value": money_text(released_cny), "unit": "CNY"},
            {"label": _("Payable duty and tax"), "value": money_text(payable_cny), "unit": "CNY"},
        ]

    def tables(self) -> list[Any]:
        shown: list[Any] = [(_("Lines"), tables.WithdrawalLineTable(self.lines))]
        if self.picks:
            shown.append((_("Picks"), tables.PickTable(self.picks)))
        return shown


class WithdrawalForms(WithdrawalPage):
    form_class = WithdrawalForm
    lines_class = WithdrawalLines

    def submit(self, document: Withdrawal) -> Withdrawal:
        return withdrawals.submit_withdrawal(withdrawal=document, actor=self.user, at=self.now)  # type: ignore[attr-defined]


class WithdrawalAdd(WithdrawalForms, DraftPage):
    model = None  # type: ignore[assignment]
    title = gettext_lazy("New withdrawal")

    def save(self, form: Any, rows: list[dict[str, Any]]) -> Withdrawal:
        given = form.cleaned_data
        return withdrawals.prepare_withdrawal(
            site=given["book"].site,
            lines=line_inputs(rows),
            actor=self.user,
            at=self.now,
            request_key=self.request_key,
            **given,
        )


class WithdrawalChange(WithdrawalForms, ChangePage):
    def initial(self) -> dict[str, Any]:
        one = self.object
        names = (
            "book",
            "purpose",
            "destination",
            "declaration_number",
            "certificate_number",
            "vehicle",
            "remark",
        )
        return {**{name: getattr(one, name) for name in names}, "owner": one.owner.code}

    def lines_kwargs(self) -> dict[str, Any]:
        lines = self.object.lines.select_related("item", "lot").order_by("row")
        return {
            **super().lines_kwargs(),
            "initial": [
                {
                    "item": line.item.code,
                    **figures(line, "quantity"),
                    "identification": line.identification,
                    "lot": line.lot.number if line.lot else "",
                }
                for line in lines
            ],
        }

    def save(self, form: Any, rows: list[dict[str, Any]]) -> Withdrawal:
        return withdrawals.amend_withdrawal(
            withdrawal=self.object, lines=line_inputs(rows), actor=self.user, at=self.now, **form.cleaned_data
        )


class WithdrawalSubmit(WithdrawalPage, DocumentAct):
    act_name = "submit"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Withdrawal:
        return withdrawals.submit_withdrawal(withdrawal=self.object, actor=self.user, at=self.now)


class WithdrawalAccept(AcceptPage, WithdrawalPage, DocumentAct):
    preview_tables = ((FIXED, WithdrawalPreviewTable),)

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("book")

    def reckon(self) -> AcceptancePreview:
        return preview_withdrawal(self.object, at=self.now)

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Withdrawal:
        return discharge.accept_withdrawal(withdrawal=self.object, actor=self.user, at=self.now, **form.cleaned_data)


class WithdrawalReturn(WithdrawalPage, DocumentAct):
    act_name = "return"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Withdrawal:
        return withdrawals.return_withdrawal(
            withdrawal=self.object, actor=self.user, at=self.now, reason=form.cleaned_data["reason"]
        )


class WithdrawalConfirmPicking(WithdrawalPage, DocumentAct):
    act_name = "pick"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Withdrawal:
        return withdrawals.confirm_picking(withdrawal=self.object, actor=self.user, at=self.now)


class WithdrawalPassGate(WithdrawalPage, DocumentAct):
    act_name = "pass"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Withdrawal:
        return discharge.pass_gate(
            withdrawal=self.object,
            actor=self.user,
            at=self.now,
            passed_at=form.cleaned_data["passed_at"] or self.now,
            vehicle=form.cleaned_data["vehicle"],
        )


class WithdrawalPay(PayPage, WithdrawalPage, DocumentAct):
    """The payment of a domestic sale's duty and tax."""


class WithdrawalRelease(WithdrawalPage, DocumentAct):
    act_name = "release"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Withdrawal:
        return discharge.release_withdrawal(withdrawal=self.object, actor=self.user, at=self.now)


class WithdrawalClose(WithdrawalPage, DocumentAct):
    act_name = "close"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Withdrawal:
        return withdrawals.close_withdrawal(withdrawal=self.object, actor=self.user, at=self.now)


class WithdrawalNumber(NumberAct, WithdrawalPage, DocumentAct):
    """The declaration number: entered once customs gave it, put right by somebody else."""


class WithdrawalVoid(WithdrawalPage, DocumentAct):
    act_name = "void"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Withdrawal:
        return withdrawals.void_withdrawal(
            withdrawal=self.object, actor=self.user, at=self.now, reason=form.cleaned_data["reason"]
        )


def line_inputs(rows: list[dict[str, Any]]) -> list[WithdrawalLineInput]:
    """The rows of the form as the operation takes them."""
    return [WithdrawalLineInput(**{name: row[name] for name in LINE_FIELDS}) for row in rows]
