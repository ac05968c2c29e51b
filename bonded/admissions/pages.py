"""Pages of admissions that differ from those of other documents."""

from dataclasses import replace
from typing import Any

from django.db import models
from django.db.models import Count, F, Sum
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from bonded import tables
from bonded.acceptance import AcceptancePreview, preview_admission
from bonded.acceptance_tables import AdmissionDeclaredTable, AdmissionTaxTable
from bonded.admissions.form import CountLines
from bonded.admissions.operations.receiving import CountInput, UndeclaredInput, count_admission
from bonded.models import Admission, CountedGoods
from bonded.views.acceptance import FIXED, AcceptPage
from bonded.views.documents import ScannedBins
from documents.kind_pages import KindAct, KindList
from documents.operations.documents import NotAsRequired
from documents.reversals.detail import ReversibleDetail
from registry.errors import FieldError
from registry.pages import Text
from registry.wording import money_text, quantity_text


class AdmissionList(KindList):
    def queryset(self) -> models.QuerySet[Any]:
        taxes = F("lines__duty_cny") + F("lines__consumption_tax_cny") + F("lines__vat_cny")
        rows: models.QuerySet[Any] = super().queryset().annotate(line_count=Count("lines"), tax_cny=Sum(taxes))
        return rows


class AdmissionDetail(ReversibleDetail):
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


class AdmissionAccept(AcceptPage):
    preview_tables = ((gettext_lazy("Lines"), AdmissionDeclaredTable), (FIXED, AdmissionTaxTable))

    def reckon(self) -> AcceptancePreview:
        return preview_admission(self.object, at=self.now)


class AdmissionCount(ScannedBins, KindAct):
    """Line, bin and quantity, row by row; every declared line stands there already and wants an answer."""

    template_name = "documents/document_form.html"
    is_question = False
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


def _beside_its_row(error: FieldError, declared: list[int], undeclared: list[int]) -> FieldError:
    """The error beside the row of the form that it is about, where declared and undeclared goods stand together."""
    if error.row is None:
        return error
    rows = undeclared if error.field.startswith("undeclared.") else declared
    return replace(error, field=error.field.removeprefix("undeclared."), row=rows[error.row])
