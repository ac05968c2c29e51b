from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from documents.api.kinds import register_kinds
from fuel.api.account import AirlineAccountView
from fuel.api.calculator import CalculationView
from fuel.api.contracts import ContractResource, PaymentResource
from fuel.api.flights import FlightResource
from fuel.api.meters import (
    MeasurementBasisResource,
    MeterResource,
    MovementLimitResource,
    ProvingResource,
    ReconciliationRuleResource,
)
from fuel.api.plausibility import FuelLimitsResource, TicketExceptionResource
from fuel.api.prices import DutyPaidPriceResource, IndexQuoteResource, PriceIndexResource, ReliefRuleResource
from fuel.api.tanks import StrappingTableResource, TankGroupResource, TankResource
from fuel.billing.charges.resource import ChargeResource

router = SimpleRouter()
router.register("ticket-exceptions", TicketExceptionResource, basename="api_ticket_exception")
router.register("fuel-limits", FuelLimitsResource, basename="api_fuel_limits")
router.register("flights", FlightResource, basename="api_flight")
register_kinds(router, "fuel")
router.register("price-indices", PriceIndexResource, basename="api_price_index")
router.register("index-quotes", IndexQuoteResource, basename="api_index_quote")
router.register("duty-paid-prices", DutyPaidPriceResource, basename="api_duty_paid_price")
router.register("relief-rules", ReliefRuleResource, basename="api_relief_rule")
router.register("contracts", ContractResource, basename="api_contract")
router.register("payments", PaymentResource, basename="api_payment")
router.register("charges", ChargeResource, basename="api_charge")
router.register("tank-groups", TankGroupResource, basename="api_tank_group")
router.register("tanks", TankResource, basename="api_tank")
router.register("strapping-tables", StrappingTableResource, basename="api_strapping_table")
router.register("meters", MeterResource, basename="api_meter")
router.register("meter-provings", ProvingResource, basename="api_meter_proving")
router.register("measurement-bases", MeasurementBasisResource, basename="api_measurement_basis")
router.register("reconciliation-rules", ReconciliationRuleResource, basename="api_reconciliation_rule")
router.register("movement-limits", MovementLimitResource, basename="api_movement_limit")

urlpatterns: list[URLPattern | URLResolver] = [
    path("fuel/calculation/", CalculationView.as_view(), name="api_fuel_calculation"),
    path("airline-account/", AirlineAccountView.as_view(), name="api_airline_account"),
    *router.urls,
]
