"""In which states declarations wait for whoever posts."""

from django.utils.translation import gettext_lazy as _

from customs.models import Declaration, DeclarationState
from documents.work import WorkStep, register_work

DECLARATIONS = "customs:declaration_list"
STEPS = (
    WorkStep(Declaration, DeclarationState.RETURNED, _("Declarations to correct"), "arrow-back-up", DECLARATIONS),
    WorkStep(Declaration, DeclarationState.DRAFT, _("Declarations to submit"), "pencil", DECLARATIONS),
)


def register_steps() -> None:
    register_work(*STEPS)
