"""What is filled in to keep account books, guarantees and regimes, and to close a period."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customs.models import AccountBook, Guarantee, Regime
from registry.forms import RegisterForm
from registry.models import Role, User
from registry.rules import sites_where


def _administered(user: User) -> Any:
    return sites_where(user, Role.ADMINISTRATOR).order_by("code")


class GuaranteeChoice(forms.ModelChoiceField):
    def label_from_instance(self, guarantee: Guarantee) -> str:
        return f"{guarantee.number} ({guarantee.site.code})"


class AccountBookForm(RegisterForm):
    guarantee = GuaranteeChoice(
        Guarantee.objects.none(), label=_("Guarantee"), required=False, empty_label=_("Without guarantee")
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
        Guarantee.objects.none(), label=_("Guarantee"), required=False, empty_label=_("Without guarantee")
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
