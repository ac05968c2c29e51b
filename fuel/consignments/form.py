"""What is filled in to advise, measure and release a consignment, and on what came over its document."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from customs.form_fields import BookField
from documents.form_fields import (
    DocumentForm,
    DocumentLineForm,
    DocumentLines,
    ReasonForm,
    SiteField,
    item_field,
    moment_field,
)
from fuel.consignments.operations.declaring import ConsignmentDetails
from fuel.models import FuelSource, Gauge, Meter, QualityCertificate, Tank, Transport
from fuel.models.tickets import DUTY_STATUSES
from ledger.postings import CustomsStatus
from registry.forms import UppercaseField
from registry.models import Organisation, OrganisationKind, Site
from registry.wording import local_time_text, quantity_text

# A receipt is entered soon after it is gauged.
GAUGES_OFFERED = 200


class ConsignmentForm(DocumentForm):
    site = SiteField()
    customs_status = forms.ChoiceField(label=_("Duty status"), choices=DUTY_STATUSES)
    book = BookField(required=False, help_text=_("For bonded fuel only."))
    source = forms.ChoiceField(label=_("Source"), choices=FuelSource.choices)
    transport = forms.ChoiceField(label=_("Transport"), choices=Transport.choices)
    supplier = forms.ModelChoiceField(Organisation.objects.none(), label=_("Supplier"))
    product = item_field(label=_("Product"))
    origin = UppercaseField(
        label=_("Origin"), max_length=2, required=False, help_text=_("Empty means the product's usual one.")
    )
    document_mass_kg = forms.DecimalField(label=_("Mass by document (kg)"))
    document_litres_15c = forms.DecimalField(label=_("Litres at 15 °C by document"), required=False)
    document_density_15c = forms.DecimalField(label=_("Density at 15 °C by document (kg/m³)"), required=False)
    invoice_value = forms.DecimalField(label=_("Invoice value, CIF"), required=False)
    currency = UppercaseField(label=_("Currency"), max_length=3, initial="USD")
    loss_tolerance_percent = forms.DecimalField(label=_("Tolerated transport loss (%)"), required=False)
    declaration_number = forms.CharField(label=_("Customs declaration number"), max_length=40, required=False)
    bonded_note_number = forms.CharField(label=_("Bonded note number"), max_length=40, required=False)
    vehicles = forms.CharField(label=_("Tank cars, pipeline batch or vehicles"), max_length=400, required=False)
    seals = forms.CharField(label=_("Seals"), max_length=400, required=False)
    remark = forms.CharField(label=_("Remark"), max_length=400, required=False)

    def __init__(self, *args: Any, site: Site | None = None, **kwargs: Any) -> None:
        super().__init__(*args, site=site, **kwargs)
        suppliers = Organisation.objects.filter(kind=OrganisationKind.FUEL_SUPPLIER).order_by("code")
        self.fields["supplier"].queryset = suppliers  # type: ignore[attr-defined]
        if site is not None:
            # A document keeps the site whose number it bears.
            del self.fields["site"]

    def figures(self, *, now: datetime) -> dict[str, Any]:
        given = super().figures(now=now)
        site = {"site": given.pop("site")} if "site" in given else {}
        return {**site, "details": ConsignmentDetails(**given)}

    def clean(self) -> dict[str, Any]:
        """What was left empty is nothing; the book that a form begins with is not meant for duty-paid fuel."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("invoice_value", "loss_tolerance_percent"):
            if cleaned.get(name) is None and name not in self.errors:
                cleaned[name] = 0
        if cleaned.get("customs_status") == CustomsStatus.DUTY_PAID and "book" not in self.changed_data:
            cleaned["book"] = None
        return cleaned


class ReceiveForm(forms.Form):
    received_at = moment_field(_("Received"))


class Offered:
    """What the rows of a receipt may name, read once for all of them."""

    def __init__(self, *, site: Site, customs_status: str, product_id: int) -> None:
        tanks = Tank.objects.filter(place__site=site, place__is_open=True, is_slop=False, product=product_id)
        rows = tanks.select_related("place__site__zone", "group", "product__unit").order_by("place__code")
        self.tanks = [tank for tank in rows if tank.customs_status in {"", customs_status}]
        gauges = Gauge.objects.filter(tank__in=[tank.pk for tank in self.tanks], is_void=False)
        self.gauges = list(gauges.select_related("tank__place").order_by("-gauged_at")[:GAUGES_OFFERED])
        self.meters = list(Meter.objects.filter(site=site, is_open=True, kind="receipt").order_by("code"))


class OfferedField(forms.ChoiceField):
    """One of the rows that were read for all lines together; clean gives the row itself."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rows: dict[str, Any] = {}

    def offer(self, rows: Sequence[Any]) -> None:
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [("", "---------"), *((pk, _told(row)) for pk, row in self.rows.items())]

    def clean(self, value: Any) -> Any:
        return self.rows.get(super().clean(value))


class ReceiptLineForm(DocumentLineForm):
    """What came into one tank: by two gauges, or by metered litres with their temperature and density."""

    usual: ClassVar[frozenset[str]] = frozenset()

    tank = OfferedField(label=_("Tank"))
    gauge_before = OfferedField(label=_("Gauge before"), required=False)
    gauge_after = OfferedField(label=_("Gauge after"), required=False)
    litres_observed = forms.DecimalField(label=_("or litres metered"), required=False)
    celsius = forms.DecimalField(label=_("Temperature (°C)"), required=False)
    density_at_base = forms.DecimalField(label=_("Density at base (kg/m³)"), required=False)
    meter = OfferedField(label=_("Receipt meter"), required=False)

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["tank"].offer(offered.tanks)
        fields["gauge_before"].offer(offered.gauges)
        fields["gauge_after"].offer(offered.gauges)
        fields["meter"].offer(offered.meters)


ReceiptLines: Any = formset_factory(ReceiptLineForm, formset=DocumentLines, extra=1, can_delete=True, max_num=50)


class CertificateForm(forms.Form):
    certificate_kind = forms.ChoiceField(label=_("Quality certificate"), choices=QualityCertificate.choices)
    certificate_number = forms.CharField(label=_("Number of the quality certificate"), max_length=60)
    specification = forms.CharField(label=_("Specification"), max_length=60, required=False)
    batch_number = forms.CharField(label=_("Batch number"), max_length=60, required=False)


class OverAdmissionForm(forms.Form):
    """Under which declaration fuel that came over the document is admitted, and what it costs."""

    reference = forms.CharField(label=_("Customs declaration number"), max_length=40)
    invoice_value = forms.DecimalField(
        label=_("Invoice value, CIF"),
        required=False,
        help_text=_("In the consignment's currency. Empty means that it costs by mass what the rest does."),
    )
    reason = forms.CharField(label=_("Remark"), max_length=400, required=False)


class OverTakenOutForm(ReasonForm):
    """By which paper fuel that came over the document leaves again, when and why."""

    reference = forms.CharField(label=_("Waybill or other paper"), max_length=40)
    taken_out_at = moment_field(_("Taken out"))
    field_order = ("reference", "taken_out_at", "reason")


def _told(row: Any) -> str:
    if isinstance(row, Gauge):
        return f"{row.tank} · {local_time_text(row.gauged_at)} · {quantity_text(row.mass_kg)} kg · {row.number}"
    return str(row)
