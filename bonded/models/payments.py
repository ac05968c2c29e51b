"""The payment of the duty and tax that a document made payable, as the document keeps it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models import User


class TaxPaid(models.Model):
    """The whole of the duty and tax was paid at once, under a reference that stands on one document of the site.

    A model says in which states a payment of it is recorded, by which column it is known since when tax is payable, and
    how documents that wait for their payment are called on the start page.
    """

    payable_in: ClassVar[frozenset[str]]
    payable_since: ClassVar[str]
    unpaid_label: ClassVar[Any]

    payment_cny = models.DecimalField(
        _("duty and tax paid (CNY)"), max_digits=18, decimal_places=2, null=True, editable=False
    )
    payment_date = models.DateField(_("paid on"), null=True, editable=False)
    payment_reference = models.CharField(
        _("payment reference"), max_length=60, blank=True, default="", db_default="", editable=False
    )
    # By which the reference is known however it is written.
    payment_key = models.CharField(max_length=60, blank=True, default="", db_default="", editable=False)
    payment_recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("payment recorded by")
    )
    payment_recorded_at = models.DateTimeField(_("payment recorded"), null=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=("site", "payment_key"),
                condition=~Q(payment_key="") & ~Q(state__in=["reversed", "void"]),
                name="%(class)s_payment_once",
                violation_error_message=_("This payment stands on another document already."),
            )
        ]


# A recorded payment stays, unless another person corrects it.
PAID = (
    *("payment_cny", "payment_date", "payment_reference", "payment_key"),
    *("payment_recorded_by", "payment_recorded_at"),
)
IS_PAID = "OLD.payment_recorded_at IS NOT NULL"
IS_CORRECTED = "NEW.payment_recorded_by_id <> OLD.payment_recorded_by_id AND NEW.payment_cny IS NOT NULL"
