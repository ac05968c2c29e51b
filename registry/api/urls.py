from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from registry.api import views

router = SimpleRouter()
router.register("units", views.UnitResource, basename="api_unit")
router.register("hs-codes", views.HsCodeResource, basename="api_hs_code")
router.register("zones", views.ZoneResource, basename="api_zone")
router.register("items", views.ItemResource, basename="api_item")
router.register("airports", views.AirportResource, basename="api_airport")
router.register("airlines", views.AirlineResource, basename="api_airline")
router.register("aircraft", views.AircraftResource, basename="api_aircraft")
router.register("organisations", views.OrganisationResource, basename="api_organisation")
router.register("sites", views.SiteResource, basename="api_site")
router.register("places", views.PlaceResource, basename="api_place")
router.register("exchange-rates", views.ExchangeRateResource, basename="api_exchange_rate")
router.register("country-groups", views.CountryGroupResource, basename="api_country_group")
router.register("tariff-rates", views.TariffRateResource, basename="api_tariff_rate")
router.register("users", views.UserResource, basename="api_user")
router.register("memberships", views.MembershipResource, basename="api_membership")

urlpatterns: list[URLPattern | URLResolver] = [path("me/", views.OwnAccount.as_view(), name="api_me"), *router.urls]
