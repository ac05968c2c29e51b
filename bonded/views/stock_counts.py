"""Pages of stock counts: sheets without the ledger's figures, until both counts are in."""

from typing import Any

from django.db import models
from django.db.models import Count, F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonded import filters, tables
from bonded.forms.fields import ReasonForm
from bonded.forms.movements import CountedLines, StockCountForm
from bonded.models import StockCount, StockCountState, StockVariance
from bonded.operations import stock_counts
from bonded.operations.stock_counts import CountedLine
from bonded.views.documents import DocumentAct, DocumentDetail, DocumentList, NewDocument
from registry.pages import Text

STILL_COUNTED = frozenset({StockCountState.OPEN, StockCountState.COUNTED, StockCountState.VOID})


class StockCountPage:
    model = StockCount
    kind_url = "stock_count"
    list_label = gettext_lazy("Stock counts")


class StockCountList(StockCountPage, DocumentList):
    title = gettext_lazy("Stock counts")
    add_label = gettext_lazy("New stock count")
    filterset_class = filters.StockCountFilter
    table_class = tables.StockCountTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site", "book", "prepared_by").annotate(line_count=Count("lines"))


class StockCountDetail(StockCountPage, DocumentDetail):
    fact_names = (
        "site",
        "book",
        "counted_as_of",
        "prepared_by",
        "prepared_at",
        "approved_by",
        "approved_at",
        "remark",
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site__zone", "book", "prepared_by", "approved_by")

    def tables(self) -> list[Any]:
        lines = self.object.lines.select_related("place", "item__unit")
        hidden = ("expected_quantity", "counted_quantity") if self.object.state in STILL_COUNTED else ()
        sheets = (_("Sheets"), tables.StockCountLineTable(lines, exclude=hidden))
        variances = StockVariance.objects.filter(line__stock_count=self.object)
        if hidden or not variances.exists():
            return [sheets]
        variances = variances.select_related("line__place", "line__item__unit", "lot").order_by("line__row", "pk")
        return [(_("Shortage and overage"), tables.VarianceTable(variances)), sheets]


class StockCountAdd(StockCountPage, NewDocument):
    model = None  # type: ignore[assignment]
    title = gettext_lazy("New stock count")
    form_class = StockCountForm
    button = gettext_lazy("Draw up the sheets")

    def act(self, form: Any, rows: list[dict[str, Any]]) -> StockCount:
        given = form.cleaned_data
        return stock_counts.open_stock_count(
            site=given["site"],
            book=given["book"],
            places=list(given["places"]),
            actor=self.user,
            at=self.now,
            counted_as_of=given["counted_as_of"] or self.now,
            request_key=self.request_key,
            remark=given["remark"],
        )


class Counting(StockCountPage, DocumentAct):
    """The sheet as a form: every line by bin and item, without the figure that the ledger has."""

    lines_class = CountedLines
    lines_title = gettext_lazy("Sheet")
    scan_field = "place"

    def sheet(self) -> models.QuerySet[Any]:
        return self.object.lines.select_related("place", "item")

    def lines_kwargs(self) -> dict[str, Any]:
        return {"initial": [{"place": line.place.barcode, "item": line.item.code} for line in self.sheet()]}

    def counts(self, rows: list[dict[str, Any]]) -> list[CountedLine]:
        return [CountedLine(place=row["place"], item=row["item"], quantity=row["quantity"]) for row in rows]


class StockCountFirst(Counting):
    act_name = "counts"

    def get_subtitle(self) -> Text:
        return _("Enter 0 where there is none. Goods that the sheet does not name are added as a line.")

    def act(self, form: Any, rows: list[dict[str, Any]]) -> StockCount:
        return stock_counts.record_counts(
            stock_count=self.object, counts=self.counts(rows), actor=self.user, at=self.now
        )


class StockCountSecond(Counting):
    act_name = "recounts"

    def get_subtitle(self) -> Text:
        return _("These lines are counted again, by somebody else.")

    def sheet(self) -> models.QuerySet[Any]:
        return super().sheet().exclude(counted_quantity=F("expected_quantity"))

    def act(self, form: Any, rows: list[dict[str, Any]]) -> StockCount:
        return stock_counts.record_recounts(
            stock_count=self.object, counts=self.counts(rows), actor=self.user, at=self.now
        )


class StockCountApprove(StockCountPage, DocumentAct):
    act_name = "approve"
    is_question = True

    @property
    def question(self) -> Text:
        return _("Shortages leave stock and account book and are taxed; overages go to suspense.")

    def act(self, form: Any, rows: list[dict[str, Any]]) -> StockCount:
        return stock_counts.approve_stock_count(stock_count=self.object, actor=self.user, at=self.now)


class StockCountVoid(StockCountPage, DocumentAct):
    act_name = "void"
    form_class = ReasonForm
    is_question = True
    tone = "danger"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> StockCount:
        return stock_counts.void_stock_count(
            stock_count=self.object, actor=self.user, at=self.now, reason=form.cleaned_data["reason"]
        )
