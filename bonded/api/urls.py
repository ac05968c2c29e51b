from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from bonded.api.views.suspense import SuspenseResource
from documents.api.kinds import register_kinds

router = SimpleRouter()
register_kinds(router, "bonded")
router.register("suspense", SuspenseResource, basename="api_suspense")

urlpatterns: list[URLPattern | URLResolver] = router.urls
