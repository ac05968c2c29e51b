"""How the acts on warehouse documents are offered on their pages and in the inbox."""

from django.utils.translation import gettext_lazy as _

from bonded.forms.acceptance import AcceptanceForm
from bonded.forms.admissions import ArrivalForm
from bonded.forms.payments import PaymentForm
from bonded.forms.withdrawals import GateForm
from customs.declaration_number_pages import NUMBER_STEP
from documents.form_fields import ReasonForm
from documents.steps import Step, Steps

STEPS = Steps(
    "bonded",
    {
        "change": Step(_("Change"), "pencil"),
        "submit": Step(_("Submit"), "send", "primary", _("It then waits for somebody else to accept it.")),
        # Without a question, because its page shows every figure that it fixes.
        "accept": Step(_("Accept"), "check", "primary", "", AcceptanceForm),
        "return": Step(
            _("Return"), "arrow-back-up", "", _("Say what is to be corrected; who prepared it reads this."), ReasonForm
        ),
        "arrive": Step(
            _("Record arrival"), "truck-delivery", "primary", _("The goods have come through the gate."), ArrivalForm
        ),
        "count": Step(_("Enter the count"), "clipboard-check", "primary"),
        "pick": Step(_("Confirm picking"), "clipboard-check", "primary", _("All picks stand ready for the gate.")),
        "pass": Step(_("Pass the gate"), "truck-delivery", "primary", _("The goods leave the site."), GateForm),
        "pay": Step(_("Record payment"), "receipt-tax", "primary", "", PaymentForm),
        "release": Step(
            _("Release"),
            "rubber-stamp",
            "primary",
            _("Customs releases the declaration; goods that have passed the gate leave the account book."),
        ),
        "reversal approve": Step(
            _("Approve"), "check", "primary", _("Everything that the document posted is posted back.")
        ),
        "refuse": Step(
            _("Refuse"), "x", "", _("Everything stays as it is. Say why; who asked for it reads this."), ReasonForm
        ),
        "close": Step(_("Close"), "lock", "primary", _("Nothing more is to be done to it.")),
        "number": NUMBER_STEP,
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
