"""The stock page: what is held, by item, lot, place, site, status or owner, as of any day and as known at any time."""

from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.postings import Journal
from ledger.queries import Grouping, StockList, StockQuestion, day_after
from ledger.stock_filters import GROUPINGS, StockFilter
from ledger.stock_tables import STARTS_ANEW, STOCK_TABLES, StockData, StockTable
from registry.models import Site
from registry.navigation import STAFF
from registry.pages import Link, ListPage
from registry.wording import local_time_text


class Stock(ListPage):
    """One question to the ledger; every row leads on to the rows it is made of, and at last to a lot."""

    readers = STAFF
    title = gettext_lazy("Stock")
    filterset_class = StockFilter
    template_name = "ledger/stock.html"

    def queryset(self) -> models.QuerySet[Any]:
        return Site.objects.visible_to(self.user)

    @cached_property
    def grouping(self) -> Grouping:
        asked = self.request.GET.get("by", "")
        return Grouping(asked) if asked in list(Grouping) else Grouping.ITEM

    @property
    def table_class(self) -> type[StockTable]:
        return STOCK_TABLES[self.grouping]

    def file_name(self) -> str:
        return f"stock-by-{self.grouping.value}"

    def rows(self, filterset: Any) -> StockData:
        return StockData(StockList(self._question(filterset), self.grouping))

    def _question(self, filterset: Any) -> StockQuestion:
        if not filterset.is_valid():
            return StockQuestion(site_ids=())
        asked = filterset.form.cleaned_data
        sites = [asked["site"]] if asked["site"] else list(self.queryset().order_by("pk"))
        through_date = asked["through_date"]
        return StockQuestion(
            site_ids=[site.pk for site in sites],
            journal=Journal(asked["journal"] or Journal.STOCK),
            until=day_after(day=through_date, zone_id=sites[0].zone_id) if through_date and sites else None,
            known_at=asked["known_at"],
            words=asked["q"],
            item_id=asked["item"].pk if asked["item"] else None,
            owner_id=asked["owner"].pk if asked["owner"] else None,
            place_code=asked["place"].strip(),
            place_kind=asked["place_kind"],
            customs_status=asked["status"],
            hold=asked["hold"] or None,
            book_place_id=asked["book"].place_id if asked["book"] else None,
        )

    def context(self, **more: Any) -> dict[str, Any]:
        asked = more["filter"].form.cleaned_data if more["filter"].is_valid() else {}
        item = asked.get("item")
        return super().context(
            tabs=[Link(label, self._address(by=word)) for word, label in GROUPINGS],
            current_tab=[word for word, _label in GROUPINGS].index(self.grouping.value),
            item=item,
            totals=more["table"].data.data.totals,
            all_items=self._address(item=""),
            moment=self._moment_in_words(asked),
            is_of_the_past=bool(asked.get("through_date") or asked.get("known_at")),
            **more,
        )

    def _moment_in_words(self, asked: dict[str, Any]) -> str:
        day, known_at = asked.get("through_date"), asked.get("known_at")
        words = {"day": local_time_text(day), "moment": local_time_text(known_at)}
        if day and known_at:
            return _("At the end of %(day)s by customs time, as far as was recorded by %(moment)s.") % words
        if day:
            return _("At the end of %(day)s by customs time.") % words
        if known_at:
            return _("As far as was recorded by %(moment)s.") % words
        return _("As it is now.")

    def _address(self, **terms: str) -> str:
        asked = {name: value for name, value in self.request.GET.items() if name not in STARTS_ANEW}
        asked |= terms
        return f"{reverse('ledger:stock')}?{urlencode({name: value for name, value in asked.items() if value})}"
