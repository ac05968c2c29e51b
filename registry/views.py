"""Pages of the register: lists and details for whoever holds a role, additions and corrections for administrators."""

import copy
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry import filters, forms, tables
from registry.models import (
    ExchangeRate,
    HsCode,
    Item,
    KeptFile,
    Organisation,
    TariffRate,
    Unit,
    Zone,
)
from registry.models.kept_files import PICTURE_TYPES
from registry.operations.exchange_rates import enter_exchange_rate
from registry.operations.register import enter_in_register
from registry.pages import ActPage, DetailPage, Link, ListPage, Page, Text
from registry.rules import may_keep
from registry.suggestions import SuggestPage


class RegisterList(ListPage):
    """A list of the register; administrators find the way to a new row in its head."""

    add_label: Text = ""

    def may_add(self) -> bool:
        return may_keep(self.user, self.model)

    def links(self) -> list[Link]:
        if not self.add_label or not self.may_add():
            return []
        url_name = self.view_name.removesuffix("_list")
        return [Link(self.add_label, reverse(f"{url_name}_add"), icon="plus", tone="primary")]


class RegisterDetail(DetailPage):
    """A row of the register; administrators find the way to correct it in its head."""

    list_label: Text = ""

    @property
    def url_stem(self) -> str:
        return self.view_name.removesuffix("_detail")

    def back(self) -> Link:
        return Link(self.list_label, reverse(f"{self.url_stem}_list"))

    def may_change(self) -> bool:
        return may_keep(self.user, self.model)

    def links(self) -> list[Link]:
        if not self.may_change():
            return []
        return [Link(_("Change"), reverse(f"{self.url_stem}_change", args=[self.object.pk]), icon="pencil")]


class RegisterAct(ActPage):
    """Adding or correcting a row: administrators only, and of the zone where every organisation goes by it."""

    def may_act(self) -> bool:
        return may_keep(self.user, self.model)

    def form_kwargs(self) -> dict[str, Any]:
        # A form writes into its row even when it is refused; the page goes on telling what is in the register.
        return {"instance": copy.copy(self.object)} if self.object is not None else {}

    def success_message(self, outcome: Any) -> Text:
        return _("%(row)s was saved.") % {"row": outcome}


class RegisterAdd(RegisterAct):
    button = gettext_lazy("Save")

    def back(self) -> Link:
        url_name = self.view_name.removesuffix("_add")
        return Link(_("Go back"), reverse(f"{url_name}_list"))

    def act(self, form: Any, rows: list[dict[str, Any]]) -> models.Model:
        found: models.Model = enter_in_register(row=form.instance, actor=self.user, at=self.now)
        return found


class RegisterChange(RegisterAct):
    button = gettext_lazy("Save")

    def back(self) -> Link:
        return Link(str(self.object), self.object.get_absolute_url())

    def act(self, form: Any, rows: list[dict[str, Any]]) -> models.Model:
        found: models.Model = enter_in_register(
            row=form.instance,
            actor=self.user,
            at=self.now,
            reason=form.cleaned_data["reason"],
            seen_history_id=form.cleaned_data["seen_history_id"],
        )
        return found


class ItemList(RegisterList):
    model = Item
    title = gettext_lazy("Items")
    add_label = gettext_lazy("New item")
    filterset_class = filters.ItemFilter
    table_class = tables.ItemTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("unit")


class ItemDetail(RegisterDetail):
    model = Item
    list_label = gettext_lazy("Items")
    fact_names = (
        "code",
        "name",
        "name_zh",
        "hs_code",
        "national_code",
        "unit",
        "net_mass_kg_per_unit",
        "statutory_unit_1",
        "statutory_factor_1",
        "statutory_unit_2",
        "statutory_factor_2",
        "origin",
        "shelf_life_days",
        "needs_licence",
        "needs_preference_proof",
        "is_hazardous",
        "is_perishable",
        "zone",
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("hs_code", "unit", "statutory_unit_1", "statutory_unit_2", "zone")


class ItemAdd(RegisterAdd):
    model = Item
    title = gettext_lazy("New item")
    form_class = forms.ItemForm

    def initial(self) -> dict[str, Any]:
        return {"zone": Zone.objects.first(), **super().initial()}


class ItemChange(RegisterChange):
    model = Item
    form_class = forms.ItemForm


class HsCodeList(ListPage):
    model = HsCode
    title = gettext_lazy("HS codes")
    filterset_class = filters.HsCodeFilter
    table_class = tables.HsCodeTable


class OrganisationList(RegisterList):
    model = Organisation
    title = gettext_lazy("Organisations")
    add_label = gettext_lazy("New organisation")
    filterset_class = filters.OrganisationFilter
    table_class = tables.OrganisationTable


class OrganisationDetail(RegisterDetail):
    model = Organisation
    list_label = gettext_lazy("Organisations")
    fact_names = ("code", "name", "name_zh", "kind", "country")


class OrganisationAdd(RegisterAdd):
    model = Organisation
    title = gettext_lazy("New organisation")
    form_class = forms.OrganisationForm


class OrganisationChange(RegisterChange):
    model = Organisation
    form_class = forms.OrganisationForm


class ExchangeRateList(RegisterList):
    model = ExchangeRate
    title = gettext_lazy("Exchange rates")
    subtitle = gettext_lazy("CNY for one unit of a currency, from a day on until the next rate.")
    add_label = gettext_lazy("New exchange rate")
    filterset_class = filters.ExchangeRateFilter
    table_class = tables.ExchangeRateTable


class ExchangeRateDetail(RegisterDetail):
    model = ExchangeRate
    list_label = gettext_lazy("Exchange rates")
    fact_names = ("currency", "valid_from_date", "cny_per_unit", "source")


class ExchangeRateAdd(RegisterAdd):
    model = ExchangeRate
    title = gettext_lazy("New exchange rate")
    form_class = forms.ExchangeRateForm

    def act(self, form: Any, rows: list[dict[str, Any]]) -> models.Model:
        return enter_exchange_rate(
            rate=form.instance, actor=self.user, at=self.now, is_confirmed=form.cleaned_data["is_confirmed"]
        )


class ExchangeRateChange(RegisterChange):
    model = ExchangeRate
    form_class = forms.ExchangeRateForm

    def act(self, form: Any, rows: list[dict[str, Any]]) -> models.Model:
        return enter_exchange_rate(
            rate=form.instance,
            actor=self.user,
            at=self.now,
            reason=form.cleaned_data["reason"],
            seen_history_id=form.cleaned_data["seen_history_id"],
            is_confirmed=form.cleaned_data["is_confirmed"],
        )


class TariffRateList(RegisterList):
    model = TariffRate
    title = gettext_lazy("Tariff rates")
    subtitle = gettext_lazy("The longest prefix of a code wins, then the origin group over every origin.")
    add_label = gettext_lazy("New tariff rate")
    filterset_class = filters.TariffRateFilter
    table_class = tables.TariffRateTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("origin_group")


class TariffRateDetail(RegisterDetail):
    model = TariffRate
    list_label = gettext_lazy("Tariff rates")
    fact_names = (
        "hs_prefix",
        "origin_group",
        "valid_from_date",
        "duty_rate",
        "vat_rate",
        "consumption_tax_rate",
        "consumption_tax_cny_per_unit",
        "source",
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("origin_group")


class TariffRateAdd(RegisterAdd):
    model = TariffRate
    title = gettext_lazy("New tariff rate")
    form_class = forms.TariffRateForm


class TariffRateChange(RegisterChange):
    model = TariffRate
    form_class = forms.TariffRateForm


class ItemSuggest(SuggestPage):
    model = Item
    name_fields = ("name", "name_zh")


class HsCodeSuggest(SuggestPage):
    """The codes that an item can have."""

    model = HsCode
    name_fields = ("description",)

    def queryset(self) -> models.QuerySet[Any]:
        codes: Any = super().queryset()
        rows: models.QuerySet[Any] = codes.subheadings()
        return rows


class UnitSuggest(SuggestPage):
    model = Unit
    name_fields = ("name", "symbol")


class KeptFilePicture(Page):
    """A picture of a refused form, for whoever chose it and nobody else."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        pictures = KeptFile.objects.visible_to(self.user).filter(content_type__in=PICTURE_TYPES)
        kept = get_object_or_404(pictures, token=self.kwargs["kept"])
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}
        return HttpResponse(bytes(kept.content), content_type=kept.content_type, headers=headers)
