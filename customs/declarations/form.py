"""What is filled in to draw up, draw up again and accept a declaration."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customs.declared import sources
from customs.form_fields import BookField
from documents.form_fields import DocumentForm
from registry.models import Organisation, OrganisationKind

MONTHS_OFFERED = 12
DECLARANTS = (OrganisationKind.AIRLINE, OrganisationKind.GOODS_OWNER)


class DeclarationForm(DocumentForm):
    """Whose declaration of which month; without a declarant, of everybody who took anything out."""

    book = BookField()
    declared_kind = forms.ChoiceField(label=_("What is declared"))
    month = forms.TypedChoiceField(label=_("Month"), coerce=date.fromisoformat)
    declarant = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Declarant"),
        required=False,
        empty_label=_("Everybody who took anything out, each on their own"),
    )
    bonded_note_number = forms.CharField(label=_("Bonded note number"), max_length=40, required=False)
    remark = forms.CharField(label=_("Remark"), max_length=400, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["declared_kind"].choices = [(source.kind, source.label) for source in sources()]
        first = today.replace(day=1)
        months = []
        for _number in range(MONTHS_OFFERED):
            first = (first - timedelta(days=1)).replace(day=1)
            months.append((first.isoformat(), first.strftime("%Y-%m")))
        fields["month"].choices = months
        fields["declarant"].queryset = Organisation.objects.filter(kind__in=DECLARANTS).order_by("code")


class RedrawForm(forms.Form):
    bonded_note_number = forms.CharField(label=_("Bonded note number"), max_length=40, required=False)
    remark = forms.CharField(label=_("Remark"), max_length=400, required=False)


class AcceptDeclarationForm(forms.Form):
    declaration_number = forms.CharField(
        label=_("Customs declaration number"),
        max_length=40,
        help_text=_("As customs gave it."),
    )
