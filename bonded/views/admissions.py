"""Pages of admissions."""

from dataclasses import fields
from typing import Any

from django.db import models
from django.db.models import Count, F, Sum
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonded import filters, tables
from bonded.forms.admissions import (
    AdmissionForm,
    AdmissionLines,
    ArrivalForm,
    CountForm,
    CountLines,
)
from bonded.forms.fields import ReasonForm
from bonded.models import Admission
from bonded.operations import admissions
from bonded.operations.admissions import AdmissionLineInput
from bonded.operations.receiving import CountInput, count_admission
from bonded.views.documents import DocumentAct, DocumentDetail, DocumentList, DocumentQuestion, NewDocument
from registry.pages import Text

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

    def tables(self) -> list[Any]:
        lines = self.object.lines.select_related("item__unit", "lot").annotate(
            counted_quantity=Sum("counted__quantity")
        )
        return [(_("Lines"), tables.AdmissionLineTable(lines))]


class AdmissionAdd(AdmissionPage, NewDocument):
    model = None  # type: ignore[assignment]
    title = gettext_lazy("New admission")
    form_class = AdmissionForm
    lines_class = AdmissionLines
    scan_field = "item"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Admission:
        return admissions.prepare_admission(
            lines=line_inputs(rows), actor=self.user, at=self.now, request_key=self.request_key, **form.cleaned_data
        )


class AdmissionChange(AdmissionPage, DocumentAct):
    act_name = "change"
    form_class = AdmissionForm
    lines_class = AdmissionLines
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
        names = ("book", "source", "declaration_number", "vehicle", "remark")
        return {**{name: getattr(one, name) for name in names}, "owner": one.owner.code}

    def lines_kwargs(self) -> dict[str, Any]:
        lines = self.object.lines.select_related("item")
        return {
            "initial": [
                {**{name: getattr(line, name) for name in LINE_FIELDS}, "item": line.item.code} for line in lines
            ]
        }

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Admission:
        return admissions.amend_admission(
            admission=self.object, lines=line_inputs(rows), actor=self.user, at=self.now, **form.cleaned_data
        )


class AdmissionSubmit(AdmissionPage, DocumentQuestion):
    act_name = "submit"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Admission:
        return admissions.submit_admission(admission=self.object, actor=self.user, at=self.now)


class AdmissionAccept(AdmissionPage, DocumentQuestion):
    act_name = "accept"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Admission:
        return admissions.accept_admission(admission=self.object, actor=self.user, at=self.now)


class AdmissionReturn(AdmissionPage, DocumentAct):
    act_name = "return"
    form_class = ReasonForm
    is_question = True

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Admission:
        return admissions.return_admission(
            admission=self.object, actor=self.user, at=self.now, reason=form.cleaned_data["reason"]
        )


class AdmissionArrive(AdmissionPage, DocumentAct):
    act_name = "arrive"
    form_class = ArrivalForm
    is_question = True

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Admission:
        return admissions.record_arrival(
            admission=self.object,
            actor=self.user,
            at=self.now,
            arrived_at=form.cleaned_data["arrived_at"] or self.now,
            vehicle=form.cleaned_data["vehicle"],
        )


class AdmissionCount(AdmissionPage, DocumentAct):
    """Bin, line and quantity, row by row; every declared line stands there already."""

    act_name = "count"
    form_class = CountForm
    lines_class = CountLines
    lines_title = gettext_lazy("Counted goods")
    scan_field = "place"

    def get_subtitle(self) -> Text:
        return _(
            "Scan the bin, then enter what is in it. A line in two bins takes two rows; a missing one is taken out."
        )

    @cached_property
    def declared(self) -> list[Any]:
        return list(self.object.lines.order_by("row"))

    def lines_kwargs(self) -> dict[str, Any]:
        return {
            "form_kwargs": {"admission": self.object},
            "initial": [{"line": line.pk} for line in self.declared],
        }

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Admission:
        return count_admission(
            admission=self.object,
            counted=[CountInput(line=row["line"], place=row["place"], quantity=row["quantity"]) for row in rows],
            actor=self.user,
            at=self.now,
            counted_at=form.cleaned_data["counted_at"],
        )


class AdmissionClose(AdmissionPage, DocumentQuestion):
    act_name = "close"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Admission:
        return admissions.close_admission(admission=self.object, actor=self.user, at=self.now)


class AdmissionVoid(AdmissionPage, DocumentAct):
    act_name = "void"
    form_class = ReasonForm
    is_question = True
    tone = "danger"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Admission:
        return admissions.void_admission(
            admission=self.object, actor=self.user, at=self.now, reason=form.cleaned_data["reason"]
        )


def line_inputs(rows: list[dict[str, Any]]) -> list[AdmissionLineInput]:
    """The rows of the form as the operation takes them."""
    return [AdmissionLineInput(**{name: row[name] for name in LINE_FIELDS}) for row in rows]
