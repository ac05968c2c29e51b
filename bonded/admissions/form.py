"""What is filled in to admit goods."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bonded.admissions.operations.admissions import AdmissionLineInput
from bonded.models import Admission, AdmissionLine, AdmissionSource, DeliveryTerms
from customs.form_fields import BookField
from documents.form_fields import (
    ActForm,
    BinField,
    DocumentForm,
    DocumentLineForm,
    DocumentLines,
    figures,
    item_field,
    moment_field,
    owner_field,
    quantity_field,
)
from registry.forms import UppercaseField
from registry.wording import name_text


class AdmissionForm(DocumentForm):
    book = BookField()
    owner = owner_field()
    source = forms.ChoiceField(label=_("Source"), choices=AdmissionSource.choices)
    declaration_number = forms.CharField(label=_("Customs declaration number"), max_length=40, required=False)
    vehicle = forms.CharField(label=_("Vehicle or container"), max_length=60, required=False)
    remark = forms.CharField(label=_("Remark"), max_length=400, required=False)

    @classmethod
    def of_document(cls, document: Admission) -> dict[str, Any]:
        return {**super().of_document(document), "owner": document.owner.code}


class AdmissionLineForm(DocumentLineForm):
    usual = frozenset({"currency", "terms"})

    item = item_field()
    quantity = quantity_field()
    invoice_value = forms.DecimalField(label=_("Invoice value"))
    currency = UppercaseField(label=_("Currency"), max_length=3, initial="USD")
    packages = forms.IntegerField(label=_("Packages"), required=False, min_value=1)
    net_mass_kg = forms.DecimalField(label=_("Net mass (kg)"), required=False)
    gross_mass_kg = forms.DecimalField(label=_("Gross mass (kg)"), required=False)
    origin = UppercaseField(label=_("Origin"), max_length=2, required=False)
    terms = forms.ChoiceField(
        label=_("Terms"), choices=[(value, value) for value in DeliveryTerms.values], initial=DeliveryTerms.CIF
    )
    freight = forms.DecimalField(label=_("Freight"), required=False)
    insurance_rate = forms.DecimalField(label=_("Insurance rate"), required=False)
    expiry_date = forms.DateField(label=_("Expires"), required=False, widget=forms.DateInput)

    def clean(self) -> dict[str, Any]:
        """What was left empty is the usual: one package, no freight, the item's own mass and origin."""
        cleaned = super().clean() or self.cleaned_data
        for name, usual in (("packages", 1), ("freight", Decimal(0)), ("insurance_rate", Decimal(0))):
            if cleaned.get(name) is None and name not in self.errors:
                cleaned[name] = usual
        return cleaned


class _Lines(DocumentLines):
    @staticmethod
    def lines_of(rows: list[dict[str, Any]]) -> list[AdmissionLineInput]:
        return [AdmissionLineInput(**{name: row[name] for name in AdmissionLineForm.base_fields}) for row in rows]

    @staticmethod
    def of_document(document: Admission) -> list[dict[str, Any]]:
        plain = ("currency", "origin", "terms", "packages", "expiry_date")
        amounts = ("quantity", "invoice_value", "net_mass_kg", "gross_mass_kg", "freight", "insurance_rate")
        return [
            {"item": line.item.code, **figures(line, *amounts), **{name: getattr(line, name) for name in plain}}
            for line in AdmissionLine.objects.filter(admission=document).select_related("item").order_by("row")
        ]


AdmissionLines = formset_factory(AdmissionLineForm, formset=_Lines, extra=2, can_delete=True, max_num=500)


class ArrivalForm(ActForm):
    arrived_at = moment_field(_("Arrived at"))
    vehicle = forms.CharField(label=_("Vehicle or container"), max_length=60, required=False)


class CountForm(forms.Form):
    counted_at = moment_field(_("Counted at"))


class DeclaredLineSelect(forms.Select):
    """The declared lines; a scanned item or lot finds its line by them."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        line = getattr(value, "instance", None)
        if line is not None:
            option["attrs"] |= {"data-item": line.item.code, "data-lot": line.lot.number if line.lot else ""}
        return option


class DeclaredLineField(forms.ModelChoiceField):
    widget = DeclaredLineSelect(attrs={"data-wide": True})

    def label_from_instance(self, line: AdmissionLine) -> str:
        return f"{line.row}: {line.item.code} ({line.item.unit}) {name_text(line.item)}"


class CountLineForm(DocumentLineForm):
    """What of a declared line was counted into a bin; a line counted into two bins stands in two rows."""

    usual: ClassVar[frozenset[str]] = frozenset({"line"})

    line = DeclaredLineField(AdmissionLine.objects.none(), label=_("Line"), required=False, empty_label=None)
    item = item_field(label=_("Undeclared item"), required=False)
    place = BinField(_("Bin"), required=False)
    quantity = quantity_field(label=_("Counted quantity"), min_value=0)
    description = forms.CharField(label=_("Marks, if undeclared"), max_length=200, required=False)

    def __init__(self, *args: Any, admission: Admission, declared: list[AdmissionLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        line: Any = self.fields["line"]
        line.queryset = admission.lines.select_related("item__unit", "lot").order_by("row")
        # Every row offers the same lines; they are read once.
        line.widget.choices = _Choices(line, declared)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("quantity") and not cleaned.get("place") and "place" not in self.errors:
            self.add_error("place", gettext("Scan the bin into which it was put, or write 0 when it was not there."))
        if self.is_refused_as_a_line(cleaned):
            self.add_error("line", gettext("Choose the declared line, or name the item that is not declared."))
        return cleaned

    def is_refused_as_a_line(self, cleaned: dict[str, Any]) -> bool:
        """A row is about a declared line or about an item that is not declared, never about both or none."""
        if "line" in self.errors or "item" in self.errors:
            return False
        return bool(cleaned.get("line")) == bool(cleaned.get("item"))


class _Choices:
    def __init__(self, field: DeclaredLineField, declared: list[AdmissionLine]) -> None:
        self.field = field
        self.declared = declared

    def __iter__(self) -> Any:
        yield "", gettext("Not on this declaration")
        for line in self.declared:
            yield forms.models.ModelChoiceIteratorValue(line.pk, line), self.field.label_from_instance(line)


class CountedGoodsLines(DocumentLines):
    """Rows of what was there; of what was not, the operation is told nothing."""

    @property
    def filled_forms(self) -> list[Any]:
        return [form for form in super().filled_forms if getattr(form, "cleaned_data", {}).get("quantity") != 0]


CountLines: type[Any] = formset_factory(
    CountLineForm, formset=CountedGoodsLines, extra=0, can_delete=True, max_num=1000
)
