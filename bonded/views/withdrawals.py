"""Pages of withdrawals."""

from dataclasses import fields
from typing import Any

from django.db import models
from django.db.models import Count, F, OuterRef, Subquery, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonded import filters, tables
from bonded.forms.fields import ReasonForm
from bonded.forms.withdrawals import GateForm, WithdrawalForm, WithdrawalLines
from bonded.models import Withdrawal, WithdrawalPick
from bonded.operations import discharge, withdrawals
from bonded.operations.withdrawals import WithdrawalLineInput
from bonded.views.documents import DocumentAct, DocumentDetail, DocumentList, DocumentQuestion, NewDocument

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
        payable = (
            WithdrawalPick.objects.filter(line__withdrawal=OuterRef("pk"))
            .order_by()
            .values("line__withdrawal")
            .annotate(total=Sum(F("duty_cny") + F("consumption_tax_cny") + F("vat_cny")))
            .values("total")
        )
        return (
            super()
            .queryset()
            .select_related("site", "owner", "book", "prepared_by")
            .annotate(line_count=Count("lines"), tax_cny=Subquery(payable))
        )


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
        "released_by",
        "released_at",
        "discharged_at",
        "remark",
    )

    def queryset(self) -> models.QuerySet[Any]:
        people = ("prepared_by", "accepted_by", "picked_by", "released_by")
        return super().queryset().select_related("site__zone", "book", "owner", *people)

    def tables(self) -> list[Any]:
        lines = self.object.lines.select_related("item__unit", "lot")
        picks = WithdrawalPick.objects.filter(line__withdrawal=self.object)
        picks = picks.select_related("line__item__unit", "lot", "place").order_by("line__row", "pk")
        return [
            (_("Lines"), tables.WithdrawalLineTable(lines)),
            (_("Picks"), tables.PickTable(picks)),
        ]


class WithdrawalAdd(WithdrawalPage, NewDocument):
    model = None  # type: ignore[assignment]
    title = gettext_lazy("New withdrawal")
    form_class = WithdrawalForm
    lines_class = WithdrawalLines
    scan_field = "item"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Withdrawal:
        return withdrawals.prepare_withdrawal(
            lines=line_inputs(rows), actor=self.user, at=self.now, request_key=self.request_key, **form.cleaned_data
        )


class WithdrawalChange(WithdrawalPage, DocumentAct):
    act_name = "change"
    form_class = WithdrawalForm
    lines_class = WithdrawalLines
    lines_title = gettext_lazy("Lines")
    scan_field = "item"
    template_name = "bonded/document_form.html"

    def form_kwargs(self) -> dict[str, Any]:
        return {"user": self.user}

    def _forms(self, data: Any) -> Any:
        form, lines = super()._forms(data)
        # A document keeps the site whose number it bears.
        del form.fields["site"]
        return form, lines

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
        return {
            "initial": [
                {
                    "item": line.item.code,
                    "quantity": line.quantity,
                    "identification": line.identification,
                    "lot": line.lot.number if line.lot else "",
                }
                for line in self.object.lines.select_related("item", "lot")
            ]
        }

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Withdrawal:
        return withdrawals.amend_withdrawal(
            withdrawal=self.object, lines=line_inputs(rows), actor=self.user, at=self.now, **form.cleaned_data
        )


class WithdrawalSubmit(WithdrawalPage, DocumentQuestion):
    act_name = "submit"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Withdrawal:
        return withdrawals.submit_withdrawal(withdrawal=self.object, actor=self.user, at=self.now)


class WithdrawalAccept(WithdrawalPage, DocumentQuestion):
    act_name = "accept"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Withdrawal:
        return discharge.accept_withdrawal(withdrawal=self.object, actor=self.user, at=self.now)


class WithdrawalReturn(WithdrawalPage, DocumentAct):
    act_name = "return"
    form_class = ReasonForm
    is_question = True

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Withdrawal:
        return withdrawals.return_withdrawal(
            withdrawal=self.object, actor=self.user, at=self.now, reason=form.cleaned_data["reason"]
        )


class WithdrawalConfirmPicking(WithdrawalPage, DocumentQuestion):
    act_name = "pick"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Withdrawal:
        return withdrawals.confirm_picking(withdrawal=self.object, actor=self.user, at=self.now)


class WithdrawalPassGate(WithdrawalPage, DocumentAct):
    act_name = "pass"
    form_class = GateForm
    is_question = True

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Withdrawal:
        return discharge.pass_gate(
            withdrawal=self.object,
            actor=self.user,
            at=self.now,
            passed_at=form.cleaned_data["passed_at"] or self.now,
            vehicle=form.cleaned_data["vehicle"],
        )


class WithdrawalRelease(WithdrawalPage, DocumentQuestion):
    act_name = "release"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Withdrawal:
        return discharge.release_withdrawal(withdrawal=self.object, actor=self.user, at=self.now)


class WithdrawalClose(WithdrawalPage, DocumentQuestion):
    act_name = "close"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Withdrawal:
        return withdrawals.close_withdrawal(withdrawal=self.object, actor=self.user, at=self.now)


class WithdrawalVoid(WithdrawalPage, DocumentAct):
    act_name = "void"
    form_class = ReasonForm
    is_question = True
    tone = "danger"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Withdrawal:
        return withdrawals.void_withdrawal(
            withdrawal=self.object, actor=self.user, at=self.now, reason=form.cleaned_data["reason"]
        )


def line_inputs(rows: list[dict[str, Any]]) -> list[WithdrawalLineInput]:
    """The rows of the form as the operation takes them."""
    return [WithdrawalLineInput(**{name: row[name] for name in LINE_FIELDS}) for row in rows]
