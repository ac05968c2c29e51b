"""What is filled in to keep account books, guarantees and regimes, and to close a period."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customs.declared import sources
from customs.form_fields import BookField
from customs.models import AccountBook, Guarantee, Regime
from documents.form_fields import DocumentForm
from registry.forms import RegisterForm
from registry.models import Organisation, OrganisationKind, Role, User
from registry.rules import sites_where


def _administered(user: User) -> Any:
    return sites_where(user, Role.ADMINISTRATOR).order_by("code")


class GuaranteeChoice(forms.ModelChoiceField):
    def label_from_instance(self, guarantee: Guarantee) -> str:
        return f"{guarantee.number} ({guarantee.site.code})"


class AccountBookForm(RegisterForm):
    guarantee = GuaranteeChoice(
        Guarantee.objects.none(), label=_("Guarantee"), required=False, empty_label=_("Under no guarantee")
    )

    class Meta:
        model = AccountBook
        fields = ("site", "number", "kind", "holder", "guarantee", "reconciliation_months", "opened_date")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = _administered(user)
        self.fields["guarantee"].queryset = Guarantee.objects.select_related("site").filter(
            site__in=_administered(user)
        )


class AccountBookChangeForm(RegisterForm):
    guarantee = GuaranteeChoice(
        Guarantee.objects.none(), label=_("Guarantee"), required=False, empty_label=_("Under no guarantee")
    )

    class Meta:
        model = AccountBook
        fields = ("kind", "holder", "guarantee", "reconciliation_months")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guarantee"].queryset = Guarantee.objects.select_related("site").filter(site=self.instance.site_id)


class AccountBookCloseForm(forms.Form):
    closed_date = forms.DateField(label=_("Closed on"), widget=forms.DateInput)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=200)


class GuaranteeForm(RegisterForm):
    class Meta:
        model = Guarantee
        fields = ("site", "number", "guarantor", "limit_cny")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = _administered(user)


class GuaranteeChangeForm(RegisterForm):
    class Meta:
        model = Guarantee
        fields = ("guarantor", "limit_cny")


class RegimeForm(RegisterForm):
    class Meta:
        model = Regime
        fields = (
            "storage_limit_months",
            "extension_months",
            "takes_guarantee",
            "weighing_tolerance",
            "loss_tolerance",
            "allows_batch_declaration",
            "lot_identification",
            "declaration_number_form",
        )
        help_texts = {
            "storage_limit_months": _("Empty where there is no limit."),
            "extension_months": _("Empty where it cannot be extended."),
            "weighing_tolerance": _("A fraction: 0.03 is 3 %."),
            "loss_tolerance": _("A fraction: 0.005 is 0.5 %."),
        }


class PeriodCloseForm(forms.Form):
    through_date = forms.DateField(label=_("Last day of the period"), widget=forms.HiddenInput)
    explanation = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed when something is open: why the period may be closed all the same."),
    )


class PeriodDayForm(forms.Form):
    """Asks for the day whose checklist is shown."""

    through_date = forms.DateField(label=_("Last day"), widget=forms.DateInput)


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


class DeclarationNumberForm(forms.Form):
    """The number that a document is to stand under; why is only asked where it had another."""

    declaration_number = forms.CharField(
        label=_("Customs declaration number"), max_length=40, help_text=_("As customs gave it.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when it had another number."),
    )
