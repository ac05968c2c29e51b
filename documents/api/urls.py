from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from documents.api.notices import NoticeResource
from documents.reversals.resource import ReversalResource

router = SimpleRouter()
router.register("notices", NoticeResource, basename="api_notice")
router.register("reversals", ReversalResource, basename="api_reversal")

urlpatterns: list[URLPattern | URLResolver] = router.urls
