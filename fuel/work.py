"""In which states the tank farm's documents wait for whoever posts."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.work import WorkStep, register_work
from fuel.models import (
    ConsignmentState,
    DeliveryTicket,
    FuelConsignment,
    ReconciliationState,
    TankMovement,
    TankMovementState,
    TankReconciliation,
    TicketState,
)
from ledger.postings import CustomsStatus

TICKETS, CONSIGNMENTS = "fuel:ticket_list", "fuel:consignment_list"
RECONCILIATIONS, MOVEMENTS = "fuel:reconciliation_list", "fuel:tank_movement_list"
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
    WorkStep(DeliveryTicket, TicketState.DRAFT, _("Delivery tickets to finish"), "pencil", TICKETS),
    WorkStep(DeliveryTicket, TicketState.METERED, _("Delivery tickets to have signed"), "gas-station", TICKETS),
    WorkStep(
        TankReconciliation, ReconciliationState.BREACHED, _("Tank reconciliations to explain"), "gauge", RECONCILIATIONS
    ),
    WorkStep(TankMovement, TankMovementState.RETURNED, _("Tank movements to correct"), "arrow-back-up", MOVEMENTS),
)


def register_steps() -> None:
    register_work(*STEPS)
