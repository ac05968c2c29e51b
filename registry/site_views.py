"""Pages about where goods are kept: sites, and the places in them."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry import filters, forms, tables
from registry.models import Place, PlaceKind, Site, Zone
from registry.models.sites import PHYSICAL_KINDS
from registry.operations.sites import add_place, change_place, open_site
from registry.pages import Link, ListPage, Text
from registry.rules import may_keep_places
from registry.suggestions import SuggestPage
from registry.views import RegisterAct, RegisterAdd, RegisterChange, RegisterDetail, RegisterList


class SiteList(RegisterList):
    model = Site
    title = gettext_lazy("Sites")
    add_label = gettext_lazy("New site")
    filterset_class = filters.SiteFilter
    table_class = tables.SiteTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("organisation", "customs_office")


class SiteDetail(RegisterDetail):
    model = Site
    list_label = gettext_lazy("Sites")
    template_name = "registry/site_detail.html"
    fact_names = (
        "code",
        "name",
        "name_zh",
        "kind",
        "regime",
        "organisation",
        "customs_office",
        "un_locode",
        "time_zone",
        "takes_older_exchange_rates",
        "zone",
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("organisation", "customs_office", "zone")

    def links(self) -> list[Link]:
        if not may_keep_places(self.user, self.object):
            return super().links()
        new_place = reverse("registry:place_add", args=[self.object.pk])
        return [*super().links(), Link(_("New place"), new_place, icon="plus", tone="primary")]

    def context(self, **more: Any) -> dict[str, Any]:
        counted = self.object.places.order_by("kind").values_list("kind").annotate(number=models.Count("pk"))
        kinds = [{"kind": kind, "label": PlaceKind(kind).label, "number": number} for kind, number in counted]
        kinds.sort(key=lambda one: (one["kind"] not in PHYSICAL_KINDS, one["label"]))
        return super().context(place_kinds=kinds, **more)


class SiteAdd(RegisterAdd):
    model = Site
    title = gettext_lazy("New site")
    form_class = forms.SiteForm

    def initial(self) -> dict[str, Any]:
        return {"zone": Zone.objects.first(), **super().initial()}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Site:
        return open_site(site=form.instance, actor=self.user, at=self.now)


class SiteChange(RegisterChange):
    model = Site
    form_class = forms.SiteForm


class PlaceList(ListPage):
    model = Place
    title = gettext_lazy("Places")
    filterset_class = filters.PlaceFilter
    table_class = tables.PlaceTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site")


class PlaceDetail(RegisterDetail):
    model = Place
    fact_names = ("site", "code", "name", "kind", "barcode", "capacity_kg", "is_open")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site")

    def back(self) -> Link:
        return Link(str(self.object.site), self.object.site.get_absolute_url())

    def may_change(self) -> bool:
        return may_keep_places(self.user, self.object.site) and self.object.kind in PHYSICAL_KINDS


class PlaceAdd(RegisterAct):
    """A new place of the site in the address."""

    model = Site
    title = gettext_lazy("New place")
    form_class = forms.PlaceForm
    button = gettext_lazy("Save")

    def may_act(self) -> bool:
        return may_keep_places(self.user, self.object)

    def get_subtitle(self) -> Text:
        return str(self.object)

    def back(self) -> Link:
        return Link(str(self.object), self.object.get_absolute_url())

    def form_kwargs(self) -> dict[str, Any]:
        return {"instance": Place(site=self.object)}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Place:
        given = form.cleaned_data
        return add_place(
            site=self.object,
            code=given["code"],
            kind=PlaceKind(given["kind"]),
            name=given["name"],
            barcode=given["barcode"],
            capacity_kg=given["capacity_kg"],
            actor=self.user,
            at=self.now,
        )


class PlaceChange(RegisterChange):
    model = Place
    form_class = forms.PlaceForm

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site")

    def may_act(self) -> bool:
        return may_keep_places(self.user, self.object.site) and self.object.kind in PHYSICAL_KINDS

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Place:
        of_a_change = {name: form.cleaned_data[name] for name in ("reason", "seen_history_id")}
        return change_place(place=form.instance, actor=self.user, at=self.now, **of_a_change)


class PlaceSuggest(SuggestPage):
    """Bins, tanks and stores of `?site=<pk>`, or of every site that the user sees."""

    model = Place
    parameters = frozenset({"site"})
    other_codes = ("barcode",)

    def queryset(self) -> models.QuerySet[Any]:
        signed: Any = super().queryset()
        places = signed.physical().filter(is_open=True)
        site = self.request.GET.get("site", "")
        rows: models.QuerySet[Any] = places.filter(site=int(site)) if site.isdecimal() else places
        return rows
