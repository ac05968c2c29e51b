from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from documents.reversals.resource import ReversalResource

router = SimpleRouter()
router.register("reversals", ReversalResource, basename="api_reversal")

urlpatterns: list[URLPattern | URLResolver] = router.urls
