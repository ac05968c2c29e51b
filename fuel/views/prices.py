"""Pages of what prices are made of: indices, their quotes, and duty-paid prices."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fuel import filters
from fuel.billing import statement_tables as tables
from fuel.forms import prices as forms
from fuel.importers import QUOTE_COLUMNS, QUOTE_OPTIONAL_COLUMNS, read_quotes
from fuel.models import DutyPaidPrice, IndexQuote, PriceIndex
from fuel.operations.contracts import QuoteChange, counted, keep_price_index, preview_quotes, publish_quotes
from fuel.operations.quote_corrections import charges_of_other_price
from fuel.views.imports import FilePage
from registry.models import Role
from registry.navigation import KEEPERS_OF_MASTER_DATA
from registry.operations.loading.rows import Loaded
from registry.pages import Link, Text
from registry.rules import sites_where
from registry.views import RegisterAct, RegisterAdd, RegisterChange, RegisterDetail, RegisterList

# A preview is looked at; what a longer file does is told by its counts.
MOST_SHOWN = 500


class PriceIndexList(RegisterList):
    model = PriceIndex
    title = gettext_lazy("Price indices")
    add_label = gettext_lazy("New price index")
    readers = KEEPERS_OF_MASTER_DATA
    filterset_class = filters.PriceIndexFilter
    table_class = tables.PriceIndexTable


class PriceIndexDetail(RegisterDetail):
    model = PriceIndex
    list_label = gettext_lazy("Price indices")
    readers = KEEPERS_OF_MASTER_DATA
    fact_names = ("code", "name", "currency", "unit")


class PriceIndexAdd(RegisterAdd):
    model = PriceIndex
    title = gettext_lazy("New price index")
    form_class = forms.PriceIndexForm


class PriceIndexChange(RegisterChange):
    model = PriceIndex
    form_class = forms.PriceIndexForm

    def act(self, form: Any, rows: list[dict[str, Any]]) -> PriceIndex:
        of_a_change = {name: form.cleaned_data[name] for name in ("reason", "seen_history_id")}
        return keep_price_index(index=form.instance, actor=self.user, at=self.now, **of_a_change)


class IndexQuoteList(RegisterList):
    model = IndexQuote
    title = gettext_lazy("Index quotes")
    add_label = gettext_lazy("New quote")
    readers = KEEPERS_OF_MASTER_DATA
    filterset_class = filters.IndexQuoteFilter
    table_class = tables.IndexQuoteTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("index")

    def links(self) -> list[Link]:
        links = super().links()
        if links:
            links.append(Link(_("From a file"), reverse("fuel:index_quote_import"), icon="file-upload"))
        return links


class IndexQuoteImport(FilePage, RegisterAct):
    """Quotes from a file: looked at first, and then all taken in, or none; every cell at fault is named."""

    model = IndexQuote
    title = gettext_lazy("Quotes from a file")
    subtitle = gettext_lazy(
        "All quotes are taken in, or none. A quote of a day that has one already corrects it; the same file twice"
        " changes nothing."
    )
    template_name = "fuel/index_quote_import.html"
    form_class = forms.QuotesForm
    button = gettext_lazy("Import")
    preview: Sequence[QuoteChange] | None = None

    def back(self) -> Link:
        return Link(_("Index quotes"), reverse("fuel:index_quote_list"))

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Loaded | None:
        given = form.cleaned_data
        index = given["index"].code if given["index"] else ""
        with self.cells_named(given["sheet"]):
            quotes = read_quotes(given["sheet"], index=index, source=given["source"])
            if "preview" in self.request.POST:
                self.form, self.preview = form, preview_quotes(rows=quotes, at=self.now)
                return None
            return publish_quotes(rows=quotes, actor=self.user, at=self.now)

    def answer(self, outcome: Any) -> HttpResponse:
        return self.ask(self.form, None) if outcome is None else super().answer(outcome)

    def context(self, **more: Any) -> dict[str, Any]:
        told: dict[str, Any] = {}
        if self.preview:
            lines = self.form.cleaned_data["sheet"].lines
            told = {
                "preview": tables.QuotePreviewTable(self.preview[:MOST_SHOWN], lines=lines),
                "counts": counted(self.preview),
                "rows_told": len(self.preview),
            }
        return super().context(columns=QUOTE_COLUMNS, optional=QUOTE_OPTIONAL_COLUMNS, **told, **more)

    def success_message(self, outcome: Loaded) -> Text:
        words = {"new": outcome.added, "changed": outcome.changed, "known": outcome.unchanged}
        return _("%(new)s quotes were new, %(changed)s corrected, %(known)s known already.") % words

    def success_url(self, outcome: Loaded) -> str:
        return reverse("fuel:index_quote_list")


class IndexQuoteDetail(RegisterDetail):
    model = IndexQuote
    list_label = gettext_lazy("Index quotes")
    readers = KEEPERS_OF_MASTER_DATA
    fact_names = ("index", "quoted_date", "price", "source")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("index")

    def links(self) -> list[Link]:
        links = super().links()
        if Role.SUPERVISOR in self.roles:
            waiting = charges_of_other_price(self.object).filter(site__in=sites_where(self.user, Role.SUPERVISOR))
            words = {"number": waiting.count()}
            label = _("Charges calculated from another price: %(number)s") % words
            links.append(Link(label, reverse("fuel:index_quote_rebill", args=[self.object.pk]), icon="cash-banknote"))
        return links


class IndexQuoteAdd(RegisterAdd):
    model = IndexQuote
    title = gettext_lazy("New quote")
    form_class = forms.IndexQuoteForm


class IndexQuoteChange(RegisterChange):
    model = IndexQuote
    form_class = forms.IndexQuoteForm

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("index")


class DutyPaidPriceList(RegisterList):
    model = DutyPaidPrice
    title = gettext_lazy("Duty-paid prices")
    subtitle = gettext_lazy(
        "The duty-paid price of a tonne of jet fuel, from a day on; savings are measured against it."
    )
    add_label = gettext_lazy("New duty-paid price")
    readers = KEEPERS_OF_MASTER_DATA
    filterset_class = filters.DutyPaidPriceFilter
    table_class = tables.DutyPaidPriceTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("airport")


class DutyPaidPriceDetail(RegisterDetail):
    model = DutyPaidPrice
    list_label = gettext_lazy("Duty-paid prices")
    readers = KEEPERS_OF_MASTER_DATA
    fact_names = ("airport", "valid_from_date", "price_cny_per_tonne", "has_into_plane_fee", "source")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("airport")


class DutyPaidPriceAdd(RegisterAdd):
    model = DutyPaidPrice
    title = gettext_lazy("New duty-paid price")
    form_class = forms.DutyPaidPriceForm


class DutyPaidPriceChange(RegisterChange):
    model = DutyPaidPrice
    form_class = forms.DutyPaidPriceForm

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("airport")
