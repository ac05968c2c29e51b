"""How the acts on warehouse documents are offered on their pages and in the inbox."""

from django.utils.translation import gettext_lazy as _

from bonded.forms.payments import PaymentForm
from documents.form_fields import ReasonForm
from documents.steps import Step, Steps

STEPS = Steps(
    "bonded",
    {
        "counts": Step(_("Enter the first count"), "clipboard-check", "primary"),
        "recounts": Step(_("Enter the second count"), "clipboard-check", "primary"),
        "pay": Step(_("Record payment"), "receipt-tax", "primary", "", PaymentForm),
        "stock_count approve": Step(
            _("Approve"),
            "check",
            "primary",
            _("Shortages leave stock and account book and are taxed; overages go to suspense."),
        ),
        "suspense_resolution approve": Step(
            _("Approve"),
            "check",
            "primary",
            _("The goods leave suspense at once. Where they become taxable, the rates of their acceptance count."),
        ),
        "reversal approve": Step(
            _("Approve"), "check", "primary", _("Everything that the document posted is posted back.")
        ),
        "refuse": Step(
            _("Refuse"), "x", "", _("Everything stays as it is. Say why; who asked for it reads this."), ReasonForm
        ),
        "void": Step(
            _("Make void"),
            "ban",
            "outline-danger",
            _("It is given up for good; its number stays, marked void."),
            ReasonForm,
        ),
        "reverse": Step(
            _("Ask for reversal"),
            "history",
            "outline-danger",
            _(
                "Somebody else decides: customs on what it accepted, a supervisor on the rest. Everything that the"
                " document posted is then posted back, and reserved goods are free again."
            ),
            ReasonForm,
        ),
    },
)
