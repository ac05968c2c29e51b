"""How the acts on fuel documents are offered on their pages."""

from django.utils.translation import gettext_lazy as _

from documents.form_fields import ReasonForm
from documents.steps import Step, Steps
from fuel.forms.prices import CreditForm

STEPS = Steps(
    "fuel",
    {
        "answer": Step(_("Answer"), "send", "primary"),
        "reply": Step(_("Reply"), "send", "primary"),
        "credit": Step(
            _("Credit"),
            "cash-banknote",
            "",
            _("The charge is taken back, whole or down to what is right; it stands on the next statement."),
            CreditForm,
        ),
        "dispute refuse": Step(
            _("Let the charge stand"), "x", "outline-danger", _("The airline reads why."), ReasonForm
        ),
        "withdraw": Step(
            _("Withdraw"), "arrow-back-up", "", _("The charge stands. Say why; the supplier reads it."), ReasonForm
        ),
        "reissue": Step(
            _("Issue again"),
            "history",
            "",
            _("What was corrected since stands beside it, under a new number. Say why."),
            ReasonForm,
        ),
        "cancel": Step(
            _("Cancel the run"),
            "player-stop",
            "outline-danger",
            _("It stops after the airline at hand. Statements that were issued stay."),
        ),
        "manual_charge approve": Step(
            _("Approve"), "check", "primary", _("It is charged, and stands on the airline's next statement.")
        ),
        "return": Step(
            _("Return"),
            "arrow-back-up",
            "",
            _("Say what is to be corrected; who prepared it reads this."),
            ReasonForm,
        ),
        "change": Step(_("Change"), "pencil"),
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
