"""Pages of stock counts: sheets without the ledger's figures, until both counts are in."""

from typing import Any

from django.db import models
from django.db.models import Count, F
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from bonded import filters, tables
from bonded.forms.movements import CountedLines, StockCountForm
from bonded.models import StockCount, StockCountState, StockVariance
from bonded.operations import stock_counts
from bonded.operations.sheets import picked_from
from bonded.operations.stock_counts import CountedLine
from bonded.payable import with_payable
from bonded.rules import may_act
from bonded.views.documents import DocumentAct, DocumentDetail, DocumentFormPage, DocumentList
from bonded.views.payments import PAYMENT_FACTS, PayPage
from registry.pages import Text
from registry.wording import money_text, quantity_text

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
        rows = super().queryset().select_related("site", "book", "prepared_by")
        return with_payable(rows.annotate(line_count=Count("lines")))


class StockCountDetail(StockCountPage, DocumentDetail):
    fact_names = (
        "site",
        "book",
        "counted_as_of",
        "prepared_by",
        "prepared_at",
        "approved_by",
        "approved_at",
        *PAYMENT_FACTS,
        "remark",
    )

    def queryset(self) -> models.QuerySet[Any]:
        people = ("prepared_by", "approved_by", "payment_recorded_by")
        return super().queryset().select_related("site__zone", "book", *people)

    @property
    def is_blind(self) -> bool:
        """Nobody is shown what the ledger or somebody else says while it is still counted."""
        return self.object.state in STILL_COUNTED

    @cached_property
    def lines(self) -> list[Any]:
        return list(self.object.lines.select_related("place", "item__unit", "counted_by", "recounted_by"))

    @cached_property
    def variances(self) -> list[Any]:
        if self.is_blind:
            return []
        found = StockVariance.objects.filter(line__stock_count=self.object)
        return list(found.select_related("line__place", "line__item__unit", "lot").order_by("line__row", "pk"))

    def figures(self) -> list[dict[str, Any]]:
        if self.is_blind:
            return []
        short = [one for one in self.variances if one.quantity < 0]
        tax_cny = sum(one.tax_cny for one in short if one.tax_cny is not None)
        return [
            {"label": pgettext("how many", "Lines"), "value": quantity_text(len(self.lines))},
            {"label": _("Shortages"), "value": quantity_text(len(short))},
            {"label": _("Overages"), "value": quantity_text(len(self.variances) - len(short))},
            {"label": _("Tax due on shortages"), "value": money_text(tax_cny), "unit": "CNY"},
        ]

    def tables(self) -> list[Any]:
        if self.is_blind:
            # The second count is of the lines that differ; which ones these are is no secret, by how much is.
            is_second = self.object.state == StockCountState.COUNTED
            lines = [line for line in self.lines if not is_second or line.counted_quantity != line.expected_quantity]
            return [(_("Sheet"), tables.BlindSheetTable(lines))]
        shown = [(_("Lines"), tables.StockCountLineTable(self.lines))]
        if self.variances:
            shown.insert(0, (_("Shortage and overage"), tables.VarianceTable(self.variances)))
        return shown


class StockCountAdd(StockCountPage, DocumentFormPage):
    model = None  # type: ignore[assignment]
    title = gettext_lazy("New stock count")
    form_class = StockCountForm
    button = gettext_lazy("Draw up the sheets")

    def act(self, form: Any, rows: list[dict[str, Any]]) -> StockCount:
        given = form.cleaned_data
        return stock_counts.open_stock_count(
            site=given["book"].site,
            book=given["book"],
            places=list(given["places"]),
            actor=self.user,
            at=self.now,
            counted_as_of=given["counted_as_of"] or self.now,
            request_key=self.request_key,
            remark=given["remark"],
        )


class Counting(StockCountPage, DocumentFormPage):
    """The sheet as a form: every line by bin and item, without the figure that the ledger has."""

    act_name = ""
    lines_class = CountedLines
    lines_title = gettext_lazy("Sheet")
    bin_field = "place"

    def may_act(self) -> bool:
        return may_act(self.user, self.object, self.act_name)

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site__zone")

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def sheet(self) -> models.QuerySet[Any]:
        return self.object.lines.select_related("place", "item__unit").order_by("row")

    def lines_kwargs(self) -> dict[str, Any]:
        return {
            "user": self.user,
            "site": self.object.site,
            "initial": [
                {"place": line.place.barcode, "item": line.item.code, "note": f"{line.item.name} · {line.item.unit}"}
                for line in self.sheet()
            ],
        }

    def with_what_is_not_counted(self, words: Text) -> Text:
        """Which goods stand at the gate; how much it is, whoever counts does not learn."""
        picked = picked_from(self.object, at=self.object.counted_as_of)
        numbers = picked.order_by("line__withdrawal").values_list("line__withdrawal__number", flat=True).distinct()
        if not numbers:
            return words
        at_the_gate = _("What was picked for %(numbers)s stands at the gate and is not counted here.")
        return f"{words} {at_the_gate % {'numbers': ', '.join(numbers)}}"

    def counts(self, rows: list[dict[str, Any]]) -> list[CountedLine]:
        return [CountedLine(place=row["place"], item=row["item"], quantity=row["quantity"]) for row in rows]

    def success_message(self, outcome: StockCount) -> Text:
        words = {"number": outcome.number}
        if outcome.state == StockCountState.COUNTED:
            return _("%(number)s was counted and differs. Somebody else counts the differing lines again.") % words
        return _("%(number)s was counted. A supervisor approves it.") % words


class StockCountFirst(Counting):
    act_name = "counts"
    button = gettext_lazy("Send the first count")

    def get_title(self) -> Text:
        return _("First count of %(number)s") % {"number": self.object.number}

    def get_subtitle(self) -> Text:
        words = _("Write 0 where there is none. Goods that the sheet does not name are added as a line.")
        return self.with_what_is_not_counted(words)

    def act(self, form: Any, rows: list[dict[str, Any]]) -> StockCount:
        return stock_counts.record_counts(
            stock_count=self.object, counts=self.counts(rows), actor=self.user, at=self.now
        )


class StockCountSecond(Counting):
    act_name = "recounts"
    button = gettext_lazy("Send the second count")

    def get_title(self) -> Text:
        return _("Second count of %(number)s") % {"number": self.object.number}

    def get_subtitle(self) -> Text:
        words = _("These lines are counted again, by somebody else than the first time.")
        return self.with_what_is_not_counted(words)

    def sheet(self) -> models.QuerySet[Any]:
        return super().sheet().exclude(counted_quantity=F("expected_quantity"))

    def act(self, form: Any, rows: list[dict[str, Any]]) -> StockCount:
        return stock_counts.record_recounts(
            stock_count=self.object, counts=self.counts(rows), actor=self.user, at=self.now
        )


class StockCountApprove(StockCountPage, DocumentAct):
    act_name = "approve"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> StockCount:
        return stock_counts.approve_stock_count(stock_count=self.object, actor=self.user, at=self.now)


class StockCountPay(PayPage, StockCountPage, DocumentAct):
    """The payment of the duty and tax on what was missing."""


class StockCountVoid(StockCountPage, DocumentAct):
    act_name = "void"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> StockCount:
        return stock_counts.void_stock_count(
            stock_count=self.object, actor=self.user, at=self.now, reason=form.cleaned_data["reason"]
        )
