from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from bonded.api.views.suspense import SuspenseResource
from bonded.reversals.resource import ReversalResource
from documents.api.kinds import register_kinds

router = SimpleRouter()
register_kinds(router, "bonded")
router.register("suspense", SuspenseResource, basename="api_suspense")
router.register("reversals", ReversalResource, basename="api_reversal")

urlpatterns: list[URLPattern | URLResolver] = router.urls
