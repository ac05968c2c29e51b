from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from fuel.api.account import AirlineAccountView
from fuel.api.calculator import CalculationView
from fuel.api.consignments import ConsignmentResource, TankMovementResource
from fuel.api.disputes import DisputeResource
from fuel.api.tickets import DefuelResource, FlightResource, TicketResource

router = SimpleRouter()
router.register("consignments", ConsignmentResource, basename="api_consignment")
router.register("tickets", TicketResource, basename="api_ticket")
router.register("defuels", DefuelResource, basename="api_defuel")
router.register("disputes", DisputeResource, basename="api_dispute")
router.register("flights", FlightResource, basename="api_flight")
router.register("tank-movements", TankMovementResource, basename="api_tank_movement")

urlpatterns: list[URLPattern | URLResolver] = [
    path("fuel/calculation/", CalculationView.as_view(), name="api_fuel_calculation"),
    path("airline-account/", AirlineAccountView.as_view(), name="api_airline_account"),
    *router.urls,
]
