"""How the acts on fuel documents are offered on their pages."""

from django.utils.translation import gettext_lazy as _

from customs.declaration_number_pages import NUMBER_STEP
from documents.form_fields import ReasonForm
from documents.steps import Step, Steps
from fuel.forms.consignments import CertificateForm, OverAdmissionForm, OverTakenOutForm, SlopForm
from fuel.forms.tickets import ReclassifyForm, TicketMatchForm

STEPS = Steps(
    "fuel",
    {
        "reconciliation explain": Step(
            _("Explain"),
            "pencil",
            "primary",
            _("Say what was found out about the difference; somebody else then approves it."),
            ReasonForm,
        ),
        "reconciliation approve": Step(
            _("Approve"),
            "check",
            "primary",
            _(
                "Gain or loss is posted, to each duty status its share. On bonded fuel lost beyond the tolerance duty"
                " and tax become payable at the rates of today."
            ),
        ),
        "reconciliation reverse": Step(
            _("Reverse"),
            "history",
            "outline-danger",
            _("Its gain or loss is posted back, and the tank may be reconciled again. Say why."),
            ReasonForm,
        ),
        "sign": Step(_("Have it signed"), "signature", "primary"),
        "match": Step(
            _("Match"),
            "checks",
            "primary",
            _("The ticket fits with meter, flight and airline. Whatever does not fit is to be explained."),
            TicketMatchForm,
        ),
        "defuel": Step(_("Defuel"), "arrow-back-up"),
        "reclassify": Step(
            _("Flight turned domestic"),
            "plane-arrival",
            "",
            _("What is still out is cleared for the domestic market, with duty and tax at the rates of today."),
            ReclassifyForm,
        ),
        "replace": Step(_("Replace by a corrected one"), "arrows-exchange", ""),
        "defuel release": Step(
            _("Release"), "rubber-stamp", "primary", _("The fuel that came back may be used again.")
        ),
        "slop": Step(
            _("Send to slops"),
            "ban",
            "outline-danger",
            _("It is blocked in the slop tank and stays in the account book until it is destroyed. Say why."),
            SlopForm,
        ),
        "defuel void": Step(
            _("Make void"),
            "eraser",
            "outline-danger",
            _("No fuel came back by it: what it posted is posted back; its number stays, marked void. Say why."),
            ReasonForm,
        ),
        "tank_movement approve": Step(
            _("Approve"), "check", "primary", _("It is posted at the time when it moved, the oldest consignment first.")
        ),
        "number": NUMBER_STEP,
        "return": Step(
            _("Return"),
            "arrow-back-up",
            "",
            _("Say what is to be corrected; who prepared it reads this."),
            ReasonForm,
        ),
        "submit": Step(_("Submit"), "send", "primary", _("It then waits for customs to accept it.")),
        "change": Step(_("Change"), "pencil"),
        "accept": Step(_("Accept"), "check", "primary", _("The rates of today are fixed with it.")),
        "receive": Step(_("Measure into tanks"), "clipboard-check", "primary"),
        "consignment release": Step(
            _("Release"),
            "rubber-stamp",
            "primary",
            _("The fuel may then be used. A transport loss within its tolerance is written off."),
            CertificateForm,
        ),
        "hold": Step(
            _("Hold for quality"),
            "barrier-block",
            "",
            _("It stays blocked in its tanks. Say what is wrong."),
            ReasonForm,
        ),
        "approve_loss": Step(
            _("Approve the loss"),
            "check",
            "primary",
            _(
                "What is missing leaves stock and account book as an approved adjustment; beyond the tolerance duty and"
                " tax become payable at the rates of today. Say why it was lost."
            ),
            ReasonForm,
        ),
        "admit_over": Step(
            _("Admit what is over"),
            "circle-check",
            "primary",
            _("What came over the document enters the account book, with duty and tax at the rates of today."),
            OverAdmissionForm,
        ),
        "take_out_over": Step(
            _("Take out what is over"),
            "truck-delivery",
            "",
            _("What came over the document leaves the tanks for where it came from. Say why."),
            OverTakenOutForm,
        ),
        "reverse": Step(
            _("Reverse"),
            "history",
            "outline-danger",
            _("Everything that it posted is posted back at once. Say why."),
            ReasonForm,
        ),
        "void": Step(
            _("Make void"),
            "ban",
            "outline-danger",
            _("It is given up for good; its number stays, marked void."),
            ReasonForm,
        ),
    },
)
