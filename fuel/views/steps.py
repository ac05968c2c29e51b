"""How the acts on fuel documents are offered on their pages."""

from django.utils.translation import gettext_lazy as _

from customs.document_steps import Step, Steps
from customs.form_fields import ReasonForm

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
            _("Approve"), "check", "primary", _("Gain or loss is posted, to each duty status its share.")
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
