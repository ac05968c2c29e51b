"""Pages of stock counts that differ from those of other documents: sheets without the ledger's figures."""

from typing import Any

from django.db import models
from django.db.models import Count, F
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from bonded import tables
from bonded.models import StockCount, StockCountState, StockVariance
from bonded.payable import with_payable
from bonded.stock_counts.form import CountedLines
from bonded.stock_counts.model import BLIND
from bonded.stock_counts.operations import CountedLine
from bonded.stock_counts.operations.sheets import picked_from
from bonded.views.documents import ScannedBins
from documents import kind_pages
from documents.reversals.detail import ReversibleDetail
from registry.pages import Text
from registry.wording import money_text, quantity_text


class StockCountList(kind_pages.KindList):
    def queryset(self) -> models.QuerySet[Any]:
        return with_payable(super().queryset().annotate(line_count=Count("lines")))


class StockCountDetail(ReversibleDetail):
    @property
    def template_name(self) -> str:
        return "bonded/blind_sheet.html" if self.is_printed and self.is_blind else super().template_name

    @property
    def is_blind(self) -> bool:
        return self.object.state in BLIND

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


class StockCountAdd(ScannedBins, kind_pages.KindAdd):
    template_name = "documents/document_form.html"


class Counting(ScannedBins, kind_pages.KindForm):
    """The sheet as a form: every line by bin and item, without the figure that the ledger has."""

    offer: Any = None
    lines_class = CountedLines
    lines_title = gettext_lazy("Sheet")
    bin_field = "place"

    def may_act(self) -> bool:
        found: bool = self.kind.may_act(self.user, self.object, self.offer.act.name)
        return found

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site__zone")

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def sheet(self) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = self.object.lines.select_related("place", "item__unit").order_by("row")
        return rows

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

    def act(self, form: Any, rows: list[dict[str, Any]]) -> StockCount:
        counts = [CountedLine(place=row["place"], item=row["item"], quantity=row["quantity"]) for row in rows]
        found: StockCount = self.offer.operation(stock_count=self.object, counts=counts, actor=self.user, at=self.now)
        return found

    def success_message(self, outcome: StockCount) -> Text:
        words = {"number": outcome.number}
        if outcome.state == StockCountState.COUNTED:
            return _("%(number)s was counted and differs. Somebody else counts the differing lines again.") % words
        return _("%(number)s was counted. A supervisor approves it.") % words


class StockCountFirst(Counting):
    button = gettext_lazy("Send the first count")

    def get_title(self) -> Text:
        return _("First count of %(number)s") % {"number": self.object.number}

    def get_subtitle(self) -> Text:
        words = _("Write 0 where there is none. Goods that the sheet does not name are added as a line.")
        return self.with_what_is_not_counted(words)


class StockCountSecond(Counting):
    button = gettext_lazy("Send the second count")

    def get_title(self) -> Text:
        return _("Second count of %(number)s") % {"number": self.object.number}

    def get_subtitle(self) -> Text:
        words = _("These lines are counted again, by somebody else than the first time.")
        return self.with_what_is_not_counted(words)

    def sheet(self) -> models.QuerySet[Any]:
        return super().sheet().exclude(counted_quantity=F("expected_quantity"))
