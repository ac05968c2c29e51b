"""Tanks, gauges, meters, consignments, tickets and what else moves jet fuel."""

from fuel.delivery_tickets.model import AttachmentKind, DeliveryTicket, TicketAttachment, TicketDraw, TicketState
from fuel.models.consignments import (
    ConsignmentReceipt,
    ConsignmentState,
    FuelConsignment,
    FuelSource,
    QualityCertificate,
    Transport,
)
from fuel.models.disputes import UNDECIDED, Dispute, DisputeAttachment, DisputeGround, DisputeMessage, DisputeState
from fuel.models.flights import FlightRecord
from fuel.models.gauges import Gauge, GaugePurpose
from fuel.models.manual_charges import ManualCharge, ManualChargeState
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
from fuel.models.movements import (
    MovementLimit,
    TankMovement,
    TankMovementDraw,
    TankMovementKind,
    TankMovementState,
)
from fuel.models.over_deliveries import OverDelivery, OverDeliveryOutcome
from fuel.models.plausibility import ExceptionKind, FuelLimits, TicketException
from fuel.models.pricing import Averaging, DutyPaidPrice, FuelContract, IndexQuote, PriceIndex, PriceUnit
from fuel.models.reclassifications import ReclassifiedLot, TicketReclassification
from fuel.models.reconciliations import (
    ReconciliationRule,
    ReconciliationState,
    SplitBy,
    TankLoss,
    TankReconciliation,
    TankReconciliationLine,
)
from fuel.models.statement_runs import UNDER_WAY, RunOutcome, RunState, StatementRun, StatementRunLine
from fuel.models.statements import (
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
from fuel.models.tanks import StrappingRow, StrappingTable, Tank, TankGroup, TankMode
from fuel.models.tickets import CarrierNationality, Defuel, DefuelDraw, DefuelState, FlightType, ReliefRule
from fuel.models.transport_losses import TransportLoss
from fuel.status_changes.model import StatusChange, StatusChangeLot, StatusChangeState

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
