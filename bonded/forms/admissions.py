"""What is filled in to admit goods."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from bonded.forms.fields import (
    BookField,
    DocumentForm,
    SiteField,
    bin_field,
    item_field,
    moment_field,
    owner_field,
    quantity_field,
)
from bonded.models import Admission, AdmissionLine, AdmissionSource, DeliveryTerms
from registry.forms import UppercaseField
from registry.lines import LineFormSet


class AdmissionForm(DocumentForm):
    site = SiteField()
    book = BookField()
    owner = owner_field()
    source = forms.ChoiceField(label=_("Source"), choices=AdmissionSource.choices)
    declaration_number = forms.CharField(label=_("Customs declaration number"), max_length=40, required=False)
    vehicle = forms.CharField(label=_("Vehicle or container"), max_length=60, required=False)
    remark = forms.CharField(label=_("Remark"), max_length=400, required=False)


class AdmissionLineForm(forms.Form):
    item = item_field()
    quantity = quantity_field()
    invoice_value = forms.DecimalField(label=_("Invoice value"))
    currency = UppercaseField(label=_("Currency"), max_length=3, initial="USD")
    packages = forms.IntegerField(label=_("Packages"), required=False, min_value=1)
    net_mass_kg = forms.DecimalField(label=_("Net mass (kg)"), required=False)
    gross_mass_kg = forms.DecimalField(label=_("Gross mass (kg)"), required=False)
    terms = forms.ChoiceField(label=_("Terms"), choices=[(value, value) for value in DeliveryTerms.values])
    freight = forms.DecimalField(label=_("Freight"), required=False)
    insurance_rate = forms.DecimalField(label=_("Insurance rate"), required=False)
    origin = UppercaseField(label=_("Origin"), max_length=2, required=False)
    expiry_date = forms.DateField(label=_("Expires"), required=False, widget=forms.DateInput)

    def clean(self) -> dict[str, Any]:
        """What was left empty is the usual: one package, no freight, the item's own mass and origin."""
        cleaned = super().clean() or self.cleaned_data
        for name, usual in (("packages", 1), ("freight", Decimal(0)), ("insurance_rate", Decimal(0))):
            if cleaned.get(name) is None and name not in self.errors:
                cleaned[name] = usual
        return cleaned

    def has_changed(self) -> bool:
        """A row in which only the usual values stand is empty."""
        return bool(set(self.changed_data) - {"currency", "terms"})


AdmissionLines = formset_factory(AdmissionLineForm, formset=LineFormSet, extra=2, can_delete=True, max_num=500)


class ArrivalForm(forms.Form):
    arrived_at = moment_field(_("Arrived"))
    vehicle = forms.CharField(label=_("Vehicle or container"), max_length=60, required=False)


class CountForm(forms.Form):
    counted_at = moment_field(_("Counted"))


class CountLineForm(forms.Form):
    """What of a declared line was counted into a bin; a line counted into two bins stands in two rows."""

    place = bin_field(_("Bin"))
    line = forms.ModelChoiceField(AdmissionLine.objects.none(), label=_("Line"), empty_label=None)
    quantity = quantity_field(label=_("Counted quantity"))

    def __init__(self, *args: Any, admission: Admission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        line: Any = self.fields["line"]
        line.queryset = admission.lines.select_related("item__unit").order_by("row")
        line.label_from_instance = _line_in_words

    def has_changed(self) -> bool:
        return bool(set(self.changed_data) - {"line"})


def _line_in_words(line: AdmissionLine) -> str:
    return f"{line.row}: {line.item.code} {line.item.name}"


CountLines = formset_factory(CountLineForm, formset=LineFormSet, extra=0, can_delete=True, max_num=1000)
