from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from bonded.api.views.relocations import RelocationResource
from bonded.api.views.reversals import ReversalResource
from bonded.api.views.stock_counts import StockCountResource
from bonded.api.views.suspense import SuspenseResolutionResource, SuspenseResource
from documents.api.kinds import register_kinds

router = SimpleRouter()
register_kinds(router, "bonded")
router.register("relocations", RelocationResource, basename="api_relocation")
router.register("stock-counts", StockCountResource, basename="api_stock_count")
router.register("suspense", SuspenseResource, basename="api_suspense")
router.register("suspense-resolutions", SuspenseResolutionResource, basename="api_suspense_resolution")
router.register("reversals", ReversalResource, basename="api_reversal")

urlpatterns: list[URLPattern | URLResolver] = router.urls
