"""Tanks, gauges, meters, consignments, tickets and what else moves jet fuel."""

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
from fuel.models.movements import TankMovement, TankMovementDraw, TankMovementKind
from fuel.models.over_deliveries import OverDelivery, OverDeliveryOutcome
from fuel.models.plausibility import ExceptionKind, FuelLimits, TicketException
from fuel.models.pricing import Averaging, DutyPaidPrice, FuelContract, IndexQuote, PriceIndex, PriceUnit
from fuel.models.reclassifications import ReclassifiedLot, TicketReclassification
from fuel.models.reconciliations import (
    ReconciliationRule,
    ReconciliationState,
    SplitBy,
    TankReconciliation,
    TankReconciliationLine,
)
from fuel.models.statement_runs import UNDER_WAY, RunOutcome, RunState, StatementRun, StatementRunLine
from fuel.models.statements import (
    Charge,
    ChargeKind,
    FuelPayment,
    Statement,
    StatementLine,
    StatementPayment,
    StatementState,
)
from fuel.models.status_changes import StatusChange, StatusChangeLot
from fuel.models.tanks import StrappingRow, StrappingTable, Tank, TankGroup, TankMode
from fuel.models.tickets import (
    AttachmentKind,
    CarrierNationality,
    Defuel,
    DefuelDraw,
    DefuelState,
    DeliveryTicket,
    FlightType,
    ReliefRule,
    TicketAttachment,
    TicketDraw,
    TicketState,
)
from fuel.models.transport_losses import TransportLoss

__all__ = [
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
    "MassIn",
    "MeasuredBy",
    "MeasuredFuel",
    "MeasurementBasis",
    "MeasurementStandard",
    "Meter",
    "MeterKind",
    "MeterProving",
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
    "StrappingRow",
    "StrappingTable",
    "Tank",
    "TankGroup",
    "TankMode",
    "TankMovement",
    "TankMovementDraw",
    "TankMovementKind",
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
