from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from customs.api import views
from documents.api.kinds import register_kinds

router = SimpleRouter()
router.register("account-books", views.AccountBookResource, basename="api_account_book")
router.register("guarantees", views.GuaranteeResource, basename="api_guarantee")
router.register("regimes", views.RegimeResource, basename="api_regime")
register_kinds(router, "customs")
router.register("periods", views.PeriodResource, basename="api_period")

urlpatterns: list[URLPattern | URLResolver] = router.urls
