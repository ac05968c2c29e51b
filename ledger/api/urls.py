from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from ledger.api import views

router = SimpleRouter()
router.register("lots", views.LotResource, basename="api_lot")
router.register("transactions", views.TransactionResource, basename="api_transaction")
router.register("entries", views.EntryResource, basename="api_entry")
router.register("balances", views.BalanceResource, basename="api_balance")
router.register("stock", views.StockResource, basename="api_stock")

urlpatterns: list[URLPattern | URLResolver] = router.urls
