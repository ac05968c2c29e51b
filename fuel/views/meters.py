"""Pages of meters and their provings."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customs.rules import may_keep_books
from customs.views import KeepsTheBooks
from fuel.filters import MeterFilter
from fuel.forms.farm import MeterChangeForm, MeterForm, ProvingForm
from fuel.models import Meter, MeterProving
from fuel.operations import meters
from fuel.rules import may_calibrate
from fuel.tables import MeterTable, ProvingTable
from registry.navigation import KEEPERS_OF_MASTER_DATA
from registry.pages import ActPage, Link, Text
from registry.views import RegisterAdd, RegisterChange, RegisterDetail, RegisterList


class MeterList(RegisterList):
    model = Meter
    title = gettext_lazy("Meters")
    add_label = gettext_lazy("New meter")
    filterset_class = MeterFilter
    table_class = MeterTable
    readers = KEEPERS_OF_MASTER_DATA

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site")


class MeterDetail(RegisterDetail):
    """A meter with the factors that its provings gave it."""

    model = Meter
    list_label = gettext_lazy("Meters")
    template_name = "fuel/meter_detail.html"
    readers = KEEPERS_OF_MASTER_DATA
    fact_names = ("site", "code", "name", "kind", "digits", "is_open")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site")

    def may_change(self) -> bool:
        return may_keep_books(self.user, self.object.site)

    def links(self) -> list[Link]:
        links = super().links()
        if may_calibrate(self.user, self.object.site):
            prove = reverse("fuel:meter_prove", args=[self.object.pk])
            links.append(Link(_("Record a proving"), prove, icon="certificate"))
        return links

    def context(self, **more: Any) -> dict[str, Any]:
        return super().context(provings=ProvingTable(self.object.provings.select_related("recorded_by")), **more)


class MeterAdd(RegisterAdd):
    model = Meter
    title = gettext_lazy("New meter")
    form_class = MeterForm

    def form_kwargs(self) -> dict[str, Any]:
        return {"user": self.user}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Meter:
        return meters.open_meter(**form.cleaned_data, actor=self.user, at=self.now)


class MeterChange(KeepsTheBooks, RegisterChange):
    model = Meter
    form_class = MeterChangeForm

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Meter:
        return meters.change_meter(meter=self.object, **form.cleaned_data, actor=self.user, at=self.now)


class MeterProve(ActPage):
    model = Meter
    readers = KEEPERS_OF_MASTER_DATA
    form_class = ProvingForm
    button = gettext_lazy("Record the proving")
    subtitle = gettext_lazy("The factor counts from that moment on; what was metered before keeps its own.")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site")

    def get_title(self) -> Text:
        return _("Proving of %(meter)s") % {"meter": self.object.code}

    def back(self) -> Link:
        return Link(self.object.code, self.object.get_absolute_url())

    def may_act(self) -> bool:
        return may_calibrate(self.user, self.object.site)

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> MeterProving:
        return meters.record_proving(meter=self.object, **form.cleaned_data, actor=self.user, at=self.now)

    def success_message(self, outcome: MeterProving) -> Text:
        return _("The proving of %(meter)s was recorded.") % {"meter": self.object.code}

    def success_url(self, outcome: MeterProving) -> str:
        found: str = self.object.get_absolute_url()
        return found
