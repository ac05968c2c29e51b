"""Pages of admissions."""

from dataclasses import fields, replace
from typing import Any

from django.db import models
from django.db.models import Count, F, Sum
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from bonded import filters, tables
from bonded.acceptance import AcceptancePreview, preview_admission
from bonded.acceptance_tables import AdmissionDeclaredTable, AdmissionTaxTable
from bonded.forms.admissions import AdmissionForm, AdmissionLines, CountForm, CountLines
from bonded.models import Admission, CountedGoods
from bonded.operations import admissions
from bonded.operations.admissions import AdmissionLineInput
from bonded.operations.receiving import CountInput, UndeclaredInput, count_admission
from bonded.rules import may_act
from bonded.views.acceptance import FIXED, AcceptPage
from bonded.views.documents import (
    ChangePage,
    DocumentAct,
    DocumentDetail,
    DocumentFormPage,
    DocumentList,
    DraftPage,
)
from customs.declaration_number_pages import NumberAct
from documents.form_fields import figures
from documents.operations.documents import NotAsRequired
from registry.errors import FieldError
from registry.pages import Text
from registry.wording import money_text, quantity_text

LINE_FIELDS = {field.name for field in fields(AdmissionLineInput)}


class AdmissionPage:
    model = Admission
    kind_url = "admission"
    list_label = gettext_lazy("Admissions")


class AdmissionList(AdmissionPage, DocumentList):
    title = gettext_lazy("Admissions")
    add_label = gettext_lazy("New admission")
    filterset_class = filters.AdmissionFilter
    table_class = tables.AdmissionTable

    def queryset(self) -> models.QuerySet[Any]:
        return (
            super()
            .queryset()
            .select_related("site", "owner", "book", "prepared_by")
            .annotate(
                line_count=Count("lines"),
                tax_cny=Sum(F("lines__duty_cny") + F("lines__consumption_tax_cny") + F("lines__vat_cny")),
            )
        )


class AdmissionDetail(AdmissionPage, DocumentDetail):
    fact_names = (
        "site",
        "book",
        "owner",
        "source",
        "declaration_number",
        "vehicle",
        "prepared_by",
        "prepared_at",
        "accepted_by",
        "accepted_at",
        "arrived_at",
        "counted_by",
        "counted_at",
        "remark",
    )

    def queryset(self) -> models.QuerySet[Any]:
        people = ("prepared_by", "accepted_by", "counted_by")
        return super().queryset().select_related("site__zone", "book", "owner", *people)

    @cached_property
    def lines(self) -> list[Any]:
        counted = Sum("counted__quantity")
        return list(
            self.object.lines.select_related("item__unit", "lot", "over_lot").annotate(counted_quantity=counted)
        )

    def figures(self) -> list[dict[str, Any]]:
        net_mass_kg = sum(line.net_mass_kg for line in self.lines)
        shown = [
            {"label": pgettext("how many", "Lines"), "value": quantity_text(len(self.lines))},
            {"label": _("Net mass"), "value": quantity_text(net_mass_kg), "unit": "kg"},
        ]
        if self.object.accepted_at:
            value_cny = sum(line.customs_value_cny for line in self.lines)
            tax_cny = sum(line.tax_cny for line in self.lines)
            shown += [
                {"label": _("Customs value"), "value": money_text(value_cny), "unit": "CNY"},
                {"label": _("Suspended duty and tax"), "value": money_text(tax_cny), "unit": "CNY"},
            ]
        return shown

    def tables(self) -> list[Any]:
        shown = [(_("Lines"), tables.AdmissionLineTable(self.lines))]
        counted = CountedGoods.objects.filter(line__admission=self.object)
        counted = counted.select_related("line__item__unit", "place").order_by("line__row", "pk")
        if self.object.counted_at:
            shown.append((_("Counted goods"), tables.CountedGoodsTable(counted)))
        undeclared = list(self.object.undeclared.select_related("item__unit", "place", "lot"))
        if undeclared:
            shown.append((_("Undeclared goods, in suspense"), tables.UndeclaredGoodsTable(undeclared)))
        return shown


class AdmissionForms(AdmissionPage):
    form_class = AdmissionForm
    lines_class = AdmissionLines

    def submit(self, document: Admission) -> Admission:
        return admissions.submit_admission(admission=document, actor=self.user, at=self.now)  # type: ignore[attr-defined]


class AdmissionAdd(AdmissionForms, DraftPage):
    model = None  # type: ignore[assignment]
    title = gettext_lazy("New admission")

    def save(self, form: Any, rows: list[dict[str, Any]]) -> Admission:
        given = form.cleaned_data
        return admissions.prepare_admission(
            site=given["book"].site,
            lines=line_inputs(rows),
            actor=self.user,
            at=self.now,
            request_key=self.request_key,
            **given,
        )


class AdmissionChange(AdmissionForms, ChangePage):
    def initial(self) -> dict[str, Any]:
        one = self.object
        names = ("book", "source", "declaration_number", "vehicle", "remark")
        return {**{name: getattr(one, name) for name in names}, "owner": one.owner.code}

    def lines_kwargs(self) -> dict[str, Any]:
        return {**super().lines_kwargs(), "initial": [_line_again(line) for line in self._lines()]}

    def _lines(self) -> models.QuerySet[Any]:
        return self.object.lines.select_related("item").order_by("row")

    def save(self, form: Any, rows: list[dict[str, Any]]) -> Admission:
        return admissions.amend_admission(
            admission=self.object, lines=line_inputs(rows), actor=self.user, at=self.now, **form.cleaned_data
        )


class AdmissionSubmit(AdmissionPage, DocumentAct):
    act_name = "submit"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Admission:
        return admissions.submit_admission(admission=self.object, actor=self.user, at=self.now)


class AdmissionAccept(AcceptPage, AdmissionPage, DocumentAct):
    preview_tables = ((gettext_lazy("Lines"), AdmissionDeclaredTable), (FIXED, AdmissionTaxTable))

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("book")

    def reckon(self) -> AcceptancePreview:
        return preview_admission(self.object, at=self.now)

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Admission:
        return admissions.accept_admission(admission=self.object, actor=self.user, at=self.now, **form.cleaned_data)


class AdmissionReturn(AdmissionPage, DocumentAct):
    act_name = "return"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Admission:
        return admissions.return_admission(
            admission=self.object, actor=self.user, at=self.now, reason=form.cleaned_data["reason"]
        )


class AdmissionArrive(AdmissionPage, DocumentAct):
    act_name = "arrive"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Admission:
        return admissions.record_arrival(
            admission=self.object,
            actor=self.user,
            at=self.now,
            arrived_at=form.cleaned_data["arrived_at"] or self.now,
            vehicle=form.cleaned_data["vehicle"],
        )


class AdmissionCount(AdmissionPage, DocumentFormPage):
    """Line, bin and quantity, row by row; every declared line stands there already and wants an answer."""

    form_class = CountForm
    lines_class = CountLines
    lines_title = gettext_lazy("Counted goods")
    button = gettext_lazy("Take into stock")
    bin_field = "place"

    def get_title(self) -> Text:
        return _("Count %(number)s") % {"number": self.object.number}

    def get_subtitle(self) -> Text:
        return _(
            "Scan the bin, then the goods, then enter how much there is. Goods in two bins take two rows; write 0 for"
            " a line that was not there. What no line declares is named by its item and goes to suspense."
        )

    def may_act(self) -> bool:
        return may_act(self.user, self.object, "count")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site__zone")

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def lines_kwargs(self) -> dict[str, Any]:
        declared = list(self.object.lines.select_related("item__unit", "lot").order_by("row"))
        return {
            "user": self.user,
            "site": self.object.site,
            "form_kwargs": {"admission": self.object, "declared": declared},
            "initial": [{"line": line.pk} for line in declared],
        }

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Admission:
        # What was not there is not named.
        declared = [number for number, row in enumerate(rows) if row["line"]]
        undeclared = [number for number, row in enumerate(rows) if not row["line"]]
        names = ("item", "place", "quantity", "description")
        try:
            return count_admission(
                admission=self.object,
                counted=[
                    CountInput(**{name: rows[number][name] for name in ("line", "place", "quantity")})
                    for number in declared
                ],
                undeclared=[UndeclaredInput(**{name: rows[number][name] for name in names}) for number in undeclared],
                actor=self.user,
                at=self.now,
                counted_at=form.cleaned_data["counted_at"],
            )
        except NotAsRequired as refused:
            told = [_beside_its_row(error, declared, undeclared) for error in refused.errors]
            raise NotAsRequired(refused.message, errors=told) from refused

    def success_message(self, outcome: Any) -> Text:
        return _("%(number)s was counted, and its goods are in stock.") % {"number": outcome.number}


class AdmissionClose(AdmissionPage, DocumentAct):
    act_name = "close"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Admission:
        return admissions.close_admission(admission=self.object, actor=self.user, at=self.now)


class AdmissionNumber(NumberAct, AdmissionPage, DocumentAct):
    """The declaration number, put right by somebody else."""


class AdmissionVoid(AdmissionPage, DocumentAct):
    act_name = "void"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Admission:
        return admissions.void_admission(
            admission=self.object, actor=self.user, at=self.now, reason=form.cleaned_data["reason"]
        )


def _beside_its_row(error: FieldError, declared: list[int], undeclared: list[int]) -> FieldError:
    """The error beside the row of the form that it is about, where declared and undeclared goods stand together."""
    if error.row is None:
        return error
    rows = undeclared if error.field.startswith("undeclared.") else declared
    return replace(error, field=error.field.removeprefix("undeclared."), row=rows[error.row])


def line_inputs(rows: list[dict[str, Any]]) -> list[AdmissionLineInput]:
    """The rows of the form as the operation takes them."""
    return [AdmissionLineInput(**{name: row[name] for name in LINE_FIELDS}) for row in rows]


def _line_again(line: Any) -> dict[str, Any]:
    """A line as the form begins with it."""
    plain = {name: getattr(line, name) for name in ("currency", "origin", "terms", "packages", "expiry_date")}
    amounts = ("quantity", "invoice_value", "net_mass_kg", "gross_mass_kg", "freight", "insurance_rate")
    return {"item": line.item.code, **figures(line, *amounts), **plain}
