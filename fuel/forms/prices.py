"""What is filled in for prices, contracts, statements and payments."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.form_fields import DocumentForm, SiteField
from fuel.billing.charges.operations import Right
from fuel.forms.flights import AirlineField
from fuel.importers import quote_sheet
from fuel.models import DutyPaidPrice, FuelContract, IndexQuote, PriceIndex
from registry.forms import RegisterForm, RowsForm, UppercaseField
from registry.models import Role
from registry.uploads import Sheet

SUPERVISOR = (Role.SUPERVISOR,)


class PriceIndexForm(RegisterForm):
    code = UppercaseField(label=_("Code"), max_length=20)
    currency = UppercaseField(label=_("Currency (ISO 4217)"), max_length=3, initial="USD")

    class Meta:
        model = PriceIndex
        fields = ("code", "name", "currency", "unit")


class IndexQuoteForm(RegisterForm):
    class Meta:
        model = IndexQuote
        fields = ("index", "quoted_date", "price", "source")


class QuotesForm(RowsForm):
    """Quotes as rows or as a file, to be looked at and corrected in the form."""

    field_order = ("index", "source")

    index = forms.ModelChoiceField(
        PriceIndex.objects.order_by("code"),
        label=_("Price index"),
        required=False,
        help_text=_("Of rows that name none of their own."),
    )
    source = forms.CharField(
        label=_("Source"), max_length=120, required=False, help_text=_("Of rows that name none of their own.")
    )
    rows = forms.CharField(
        label=_("or pasted rows"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={
                "rows": 12,
                "spellcheck": "false",
                "data-no-scan": "true",
                "placeholder": "quoted_date,price\n2026-11-23,92.37",
            }
        ),
    )

    def sheet_of(self, content: bytes, *, field: str) -> Sheet:
        return quote_sheet(content, field=field)


class DutyPaidPriceForm(RegisterForm):
    class Meta:
        model = DutyPaidPrice
        fields = ("airport", "valid_from_date", "price_cny_per_tonne", "has_into_plane_fee", "source")


class ContractForm(DocumentForm, RegisterForm):
    site = SiteField(roles=SUPERVISOR)

    class Meta:
        model = FuelContract
        fields = (
            "number",
            "site",
            "airline",
            "airport",
            "valid_from_date",
            "valid_to_date",
            "index",
            "averaging",
            "publication_lag_days",
            "differential",
            "differential_unit",
            "barrels_per_tonne",
            "into_plane_fee_per_tonne",
            "payment_days",
        )

    def _post_clean(self) -> None:
        # Left to the operation, which names the contract that is in the way.
        self.instance.validate_constraints = lambda **_fields: None
        super()._post_clean()  # type: ignore[misc]
        del self.instance.validate_constraints


class ContractEndForm(forms.Form):
    valid_to_date = forms.DateField(label=_("Last day"))
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))


class OfAirlineForm(DocumentForm):
    site = SiteField(roles=SUPERVISOR)
    airline = AirlineField()


class PaymentForm(OfAirlineForm):
    received_date = forms.DateField(label=_("Received"))
    amount = forms.DecimalField(label=_("Amount"), decimal_places=2)
    currency = UppercaseField(label=_("Currency (ISO 4217)"), max_length=3, initial="USD")
    reference = forms.CharField(label=_("Reference of the bank"), max_length=60)


class CreditForm(forms.Form):
    """A charge is credited whole, or down to what is right of it."""

    right_litres_observed = forms.DecimalField(
        label=_("Correct litres observed"),
        required=False,
        max_digits=18,
        decimal_places=3,
        help_text=_("What is too much is credited at the price of the charge. Empty: the charge is credited whole."),
    )
    right_net_amount = forms.DecimalField(
        label=_("or the net amount that is right"),
        required=False,
        max_digits=18,
        decimal_places=2,
        help_text=_("Without VAT, in the currency of the statement."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    is_rebilled = forms.BooleanField(
        label=_("Charge the ticket again as it stands now"),
        required=False,
        initial=True,
        help_text=_("Of a charge that is credited whole."),
    )

    def figures(self, *, now: datetime) -> dict[str, Any]:
        """The arguments of an operation, with what is right where the charge is credited in part."""
        given = dict(self.cleaned_data)
        told = given.pop("right_litres_observed"), given.pop("right_net_amount")
        given["right"] = None if told == (None, None) else Right(litres_observed=told[0], net_amount=told[1])
        return given
