"""Tanks, gauges, meters, consignments, tickets and what else moves jet fuel."""

from fuel.billing.disputes.model import (
    UNDECIDED,
    Dispute,
    DisputeAttachment,
    DisputeGround,
    DisputeMessage,
    DisputeState,
)
from fuel.billing.manual_charges.model import ManualCharge, ManualChargeState
from fuel.billing.statement_runs.model import UNDER_WAY, RunOutcome, RunState, StatementRun, StatementRunLine
from fuel.billing.statements.model import (
    BESIDE_UPLIFTS,
    CHARGED,
    Charge,
    ChargeKind,
    FuelPayment,
    Statement,
    StatementLine,
    StatementPayment,
    StatementState,
)
from fuel.consignments.model import (
    ConsignmentReceipt,
    ConsignmentState,
    FuelConsignment,
    FuelSource,
    OverDelivery,
    OverDeliveryOutcome,
    QualityCertificate,
    Transport,
    TransportLoss,
)
from fuel.defuels.model import Defuel, DefuelDraw, DefuelState
from fuel.delivery_tickets.model import AttachmentKind, DeliveryTicket, TicketAttachment, TicketDraw, TicketState
from fuel.gauges.model import Gauge, GaugePurpose
from fuel.models.flights import FlightRecord
from fuel.models.measuring import (
    BaseTemperature,
    DensityInstrument,
    MassIn,
    MeasuredBy,
    MeasuredFuel,
    MeasurementBasis,
    MeasurementStandard,
)
from fuel.models.meters import Meter, MeterKind, MeterProving
from fuel.models.movement_limits import MovementLimit
from fuel.models.plausibility import ExceptionKind, FuelLimits, TicketException
from fuel.models.pricing import Averaging, DutyPaidPrice, FuelContract, IndexQuote, PriceIndex, PriceUnit
from fuel.models.reclassifications import ReclassifiedLot, TicketReclassification
from fuel.models.reconciliation_rules import ReconciliationRule, SplitBy
from fuel.models.tanks import StrappingRow, StrappingTable, Tank, TankGroup, TankMode
from fuel.models.tickets import CarrierNationality, FlightType, ReliefRule
from fuel.reconciliations.model import (
    ReconciliationState,
    TankLoss,
    TankReconciliation,
    TankReconciliationLine,
)
from fuel.status_changes.model import StatusChange, StatusChangeLot, StatusChangeState
from fuel.tank_movements.model import TankMovement, TankMovementDraw, TankMovementKind, TankMovementState

__all__ = [
    "BESIDE_UPLIFTS",
    "CHARGED",
    "UNDECIDED",
    "UNDER_WAY",
    "AttachmentKind",
    "Averaging",
    "BaseTemperature",
    "CarrierNationality",
    "Charge",
    "ChargeKind",
    "ConsignmentReceipt",
    "ConsignmentState",
    "Defuel",
    "DefuelDraw",
    "DefuelState",
    "DeliveryTicket",
    "DensityInstrument",
    "Dispute",
    "DisputeAttachment",
    "DisputeGround",
    "DisputeMessage",
    "DisputeState",
    "DutyPaidPrice",
    "ExceptionKind",
    "FlightRecord",
    "FlightType",
    "FuelConsignment",
    "FuelContract",
    "FuelLimits",
    "FuelPayment",
    "FuelSource",
    "Gauge",
    "GaugePurpose",
    "IndexQuote",
    "ManualCharge",
    "ManualChargeState",
    "MassIn",
    "MeasuredBy",
    "MeasuredFuel",
    "MeasurementBasis",
    "MeasurementStandard",
    "Meter",
    "MeterKind",
    "MeterProving",
    "MovementLimit",
    "OverDelivery",
    "OverDeliveryOutcome",
    "PriceIndex",
    "PriceUnit",
    "QualityCertificate",
    "ReclassifiedLot",
    "ReconciliationRule",
    "ReconciliationState",
    "ReliefRule",
    "RunOutcome",
    "RunState",
    "SplitBy",
    "Statement",
    "StatementLine",
    "StatementPayment",
    "StatementRun",
    "StatementRunLine",
    "StatementState",
    "StatusChange",
    "StatusChangeLot",
    "StatusChangeState",
    "StrappingRow",
    "StrappingTable",
    "Tank",
    "TankGroup",
    "TankLoss",
    "TankMode",
    "TankMovement",
    "TankMovementDraw",
    "TankMovementKind",
    "TankMovementState",
    "TankReconciliation",
    "TankReconciliationLine",
    "TicketAttachment",
    "TicketDraw",
    "TicketException",
    "TicketReclassification",
    "TicketState",
    "Transport",
    "TransportLoss",
]
