from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from documents.api.notices import NoticeResource

router = SimpleRouter()
router.register("notices", NoticeResource, basename="api_notice")

urlpatterns: list[URLPattern | URLResolver] = router.urls
