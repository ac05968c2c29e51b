from django.urls import URLPattern, URLResolver, path

from fuel.views.calculator import Calculator

app_name = "fuel"
urlpatterns: list[URLPattern | URLResolver] = [
    path("calculator/", Calculator.as_view(), name="calculator"),
]
