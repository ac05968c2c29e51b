"""Pages of what prices are made of: indices, their quotes, and duty-paid prices."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy

from fuel import filters
from fuel import statement_tables as tables
from fuel.forms import prices as forms
from fuel.models import DutyPaidPrice, IndexQuote, PriceIndex
from registry.navigation import KEEPERS_OF_MASTER_DATA
from registry.views import RegisterAdd, RegisterChange, RegisterDetail, RegisterList


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


class IndexQuoteList(RegisterList):
    model = IndexQuote
    title = gettext_lazy("Index quotes")
    add_label = gettext_lazy("New quote")
    readers = KEEPERS_OF_MASTER_DATA
    filterset_class = filters.IndexQuoteFilter
    table_class = tables.IndexQuoteTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("index")


class IndexQuoteDetail(RegisterDetail):
    model = IndexQuote
    list_label = gettext_lazy("Index quotes")
    readers = KEEPERS_OF_MASTER_DATA
    fact_names = ("index", "quoted_date", "price", "source")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("index")


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
    subtitle = gettext_lazy("What a tonne of duty-paid jet fuel costs, from a day on; savings are told against it.")
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
    fact_names = ("airport", "valid_from_date", "price_cny_per_tonne", "source")

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
