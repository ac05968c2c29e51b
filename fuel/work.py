"""In which states the tank farm's documents wait for whoever posts."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.work import WorkStep, register_work
from fuel.models import (
    ConsignmentState,
    FuelConsignment,
    ManualCharge,
    ManualChargeState,
    ReconciliationState,
    TankMovement,
    TankMovementState,
    TankReconciliation,
)
from ledger.postings import CustomsStatus

CONSIGNMENTS = "fuel:consignment_list"
RECONCILIATIONS, MOVEMENTS = "fuel:reconciliation_list", "fuel:tank_movement_list"
CHARGES = "fuel:manual_charge_list"
# Customs accepts bonded fuel first; duty-paid fuel is measured as it comes.
DUTY_PAID = Q(customs_status=CustomsStatus.DUTY_PAID)
STEPS = (
    WorkStep(FuelConsignment, ConsignmentState.RETURNED, _("Consignments to correct"), "arrow-back-up", CONSIGNMENTS),
    WorkStep(
        FuelConsignment,
        ConsignmentState.ADVISED,
        _("Duty-paid consignments to receive"),
        "train",
        CONSIGNMENTS,
        DUTY_PAID,
    ),
    WorkStep(FuelConsignment, ConsignmentState.ACCEPTED, _("Accepted consignments to receive"), "train", CONSIGNMENTS),
    WorkStep(
        TankReconciliation, ReconciliationState.BREACHED, _("Tank reconciliations to explain"), "gauge", RECONCILIATIONS
    ),
    WorkStep(TankMovement, TankMovementState.RETURNED, _("Tank movements to correct"), "arrow-back-up", MOVEMENTS),
    WorkStep(ManualCharge, ManualChargeState.RETURNED, _("Manual charges to correct"), "arrow-back-up", CHARGES),
)


def register_steps() -> None:
    register_work(*STEPS)
