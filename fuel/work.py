"""In which states the tank farm's documents wait for whoever posts."""

from django.utils.translation import gettext_lazy as _

from documents.work import WorkStep, register_work
from fuel.models import (
    ManualCharge,
    ManualChargeState,
)

CHARGES = "fuel:manual_charge_list"
STEPS = (WorkStep(ManualCharge, ManualChargeState.RETURNED, _("Manual charges to correct"), "arrow-back-up", CHARGES),)


def register_steps() -> None:
    register_work(*STEPS)
