"""How the acts on declarations are offered on their pages and in the inbox."""

from django.utils.translation import gettext_lazy as _

from customs.declaration_number_pages import NUMBER_STEP
from customs.forms import AcceptDeclarationForm, RedrawForm
from documents.form_fields import ReasonForm
from documents.steps import Step, Steps

STEPS = Steps(
    "customs",
    {
        "submit": Step(_("Submit"), "send", "primary", _("It then waits for somebody else to accept it.")),
        "redraw": Step(
            _("Draw up again"),
            "history",
            "",
            _("From what has left and come back until now."),
            RedrawForm,
        ),
        "accept": Step(
            _("Accept"),
            "check",
            "primary",
            _("The rates of today are fixed with it, and the account book sets the goods apart."),
            AcceptDeclarationForm,
        ),
        "return": Step(
            _("Return"),
            "arrow-back-up",
            "",
            _("Say what is to be corrected; who prepared it reads this."),
            ReasonForm,
        ),
        "release": Step(
            _("Release"),
            "rubber-stamp",
            "primary",
            _("What is still out leaves the account book."),
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
            _("Reverse"),
            "history",
            "outline-danger",
            _("Everything that it posted is posted back at once. Say why."),
            ReasonForm,
        ),
    },
)
