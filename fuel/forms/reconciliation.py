"""The form by which a tank is held against a gauge."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.operations.documents import POSTERS
from fuel.models import Gauge
from registry.models import Site, User
from registry.rules import sites_where
from registry.wording import local_time_text, quantity_text


class ReconciliationForm(forms.Form):
    """Names the closing gauge, and with it the tank and the moment."""

    gauge = forms.ModelChoiceField(
        Gauge.objects.none(),
        label=_("Closing gauge"),
        help_text=_("The tank is reconciled from the last approved reconciliation, or its first gauge, to this one."),
    )
    remark = forms.CharField(label=_("Remark"), max_length=400, required=False)

    def __init__(self, *args: Any, user: User, site: Site | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gauges = Gauge.objects.filter(site__in=sites_where(user, *POSTERS), is_void=False)
        used = ("drawn", "breached", "explained", "approved")
        gauges = gauges.exclude(reconciliations__state__in=used)
        self.fields["gauge"].queryset = gauges.select_related("tank__place").order_by("-gauged_at")  # type: ignore[attr-defined]
        self.fields["gauge"].label_from_instance = _told  # type: ignore[attr-defined]


def _told(gauge: Gauge) -> str:
    return f"{gauge.tank} · {local_time_text(gauge.gauged_at)} · {quantity_text(gauge.mass_kg)} kg · {gauge.number}"
