from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from fuel.api.calculator import CalculationView
from fuel.api.consignments import ConsignmentResource, TankMovementResource

router = SimpleRouter()
router.register("consignments", ConsignmentResource, basename="api_consignment")
router.register("tank-movements", TankMovementResource, basename="api_tank_movement")

urlpatterns: list[URLPattern | URLResolver] = [
    path("fuel/calculation/", CalculationView.as_view(), name="api_fuel_calculation"),
    *router.urls,
]
