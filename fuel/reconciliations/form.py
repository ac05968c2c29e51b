"""What is filled in to hold a tank against a gauge, and to explain a difference."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.form_fields import DocumentForm, ReasonForm
from fuel.models import Gauge
from registry.models import Site, User
from registry.rules import POSTERS, sites_where
from registry.wording import local_time_text, quantity_text


class GaugeField(forms.ModelChoiceField):
    """A gauge at one of the sites where the user posts, to which its tank is not reconciled yet; the newest first."""

    def offer_to(self, user: User, site: Site | None) -> None:
        gauges = Gauge.objects.filter(site__in=sites_where(user, *POSTERS), is_void=False)
        gauges = gauges.exclude(reconciliations__state__in=("drawn", "breached", "explained", "approved"))
        self.queryset = gauges.select_related("tank__place").order_by("-gauged_at")

    def label_from_instance(self, gauge: Gauge) -> str:
        mass = quantity_text(gauge.mass_kg)
        return f"{gauge.tank} · {local_time_text(gauge.gauged_at)} · {mass} kg · {gauge.number}"


class ReconciliationForm(DocumentForm):
    """Names the closing gauge, and with it the tank and the moment."""

    gauge = GaugeField(
        None,
        label=_("Closing gauge"),
        help_text=_("The tank is reconciled from the last approved reconciliation, or its first gauge, to this one."),
    )
    remark = forms.CharField(label=_("Remark"), max_length=400, required=False)

    def figures(self, *, now: datetime) -> dict[str, Any]:
        return {**super().figures(now=now), "tank": self.cleaned_data["gauge"].tank}


class ExplanationForm(ReasonForm):
    """What was found out about the difference."""

    def figures(self, *, now: datetime) -> dict[str, Any]:
        return {"explanation": self.cleaned_data["reason"]}
