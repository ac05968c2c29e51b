from django.urls import URLPattern, URLResolver, path

from fuel.api.calculator import CalculationView

urlpatterns: list[URLPattern | URLResolver] = [
    path("fuel/calculation/", CalculationView.as_view(), name="api_fuel_calculation"),
]
