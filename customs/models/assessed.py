"""The figures of an assessment as a document's line keeps them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from customs.duty import Assessment, Rates


def _amount(label: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=18, decimal_places=2, null=True, blank=True, editable=False)


def _rate(label: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=7, decimal_places=6, null=True, blank=True, editable=False)


ASSESSED = (
    *("customs_value_cny", "duty_cny", "consumption_tax_cny", "vat_cny"),
    *("duty_rate", "vat_rate", "consumption_tax_rate", "consumption_tax_cny_per_unit"),
)


class Assessed(models.Model):
    """Customs value, duty and taxes in CNY with the rates they were reckoned at; empty until assessed."""

    customs_value_cny = _amount(_("customs value (CNY)"))
    duty_cny = _amount(_("duty (CNY)"))
    consumption_tax_cny = _amount(_("consumption tax (CNY)"))
    vat_cny = _amount(_("VAT (CNY)"))
    duty_rate = _rate(_("duty rate"))
    vat_rate = _rate(_("VAT rate"))
    consumption_tax_rate = _rate(_("consumption tax rate"))
    consumption_tax_cny_per_unit = models.DecimalField(
        _("specific consumption tax (CNY per unit)"),
        max_digits=12,
        decimal_places=5,
        null=True,
        blank=True,
        editable=False,
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.customs_value_cny} CNY"

    @property
    def tax_cny(self) -> Any:
        """Duty and taxes together; None until assessed."""
        if self.duty_cny is None:
            return None
        return self.duty_cny + self.consumption_tax_cny + self.vat_cny

    def take(self, assessment: Assessment, rates: Rates) -> None:
        """Keep an assessment and the rates it was reckoned at."""
        self.customs_value_cny = assessment.customs_value_cny
        self.duty_cny = assessment.duty_cny
        self.consumption_tax_cny = assessment.consumption_tax_cny
        self.vat_cny = assessment.vat_cny
        self.duty_rate = rates.duty_rate
        self.vat_rate = rates.vat_rate
        self.consumption_tax_rate = rates.consumption_tax_rate
        self.consumption_tax_cny_per_unit = rates.consumption_tax_cny_per_unit
