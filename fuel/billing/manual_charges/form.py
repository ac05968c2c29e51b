"""What is filled in to charge something by hand."""

from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.form_fields import DocumentForm, figures
from fuel.billing.manual_charges.operations import ManualChargeDetails
from fuel.models import FuelContract, ManualCharge
from registry.models import Site, User
from registry.rules import POSTERS, sites_where

PERCENT = Decimal(100)


class ContractField(forms.ModelChoiceField):
    """A contract of one of the sites where the user posts: it says which airline is charged, and in what currency."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(None, **{"label": _("Contract"), **kwargs})

    def offer_to(self, user: User, site: Site | None) -> None:
        sites = [site] if site is not None else sites_where(user, *POSTERS)
        contracts = FuelContract.objects.filter(site__in=sites).select_related(
            "airline", "airport", "index", "site__zone"
        )
        self.queryset = contracts.order_by("airline__iata_code", "-valid_from_date")

    def label_from_instance(self, contract: FuelContract) -> str:
        return f"{contract.airline.iata_code} · {contract.number} · {contract.airport.iata_code} · {contract.currency}"


class ManualChargeForm(DocumentForm):
    contract = ContractField()
    from_date = forms.DateField(label=_("From"))
    through_date = forms.DateField(label=_("Through"))
    description = forms.CharField(
        label=_("What is charged"), max_length=120, help_text=_("As the line of the statement says it.")
    )
    net_amount = forms.DecimalField(
        label=_("Net"),
        max_digits=18,
        decimal_places=2,
        help_text=_("In the currency of the contract; below zero it is given back."),
    )
    vat_percent = forms.DecimalField(label=_("VAT rate (%)"), max_digits=6, decimal_places=4, initial=0)
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    remark = forms.CharField(label=_("Remark"), max_length=400, required=False)

    def figures(self, *, now: datetime) -> dict[str, Any]:
        given = super().figures(now=now)
        vat_rate = given.pop("vat_percent") / PERCENT
        return {"details": ManualChargeDetails(**given, vat_rate=vat_rate)}

    @classmethod
    def of_document(cls, document: ManualCharge) -> dict[str, Any]:
        told = {one.name: getattr(document, one.name) for one in fields(ManualChargeDetails)}
        percent = f"{(document.vat_rate * PERCENT).normalize():f}"
        return {**told, **figures(document, "net_amount"), "vat_percent": percent}
