"""The API's description as a file: the same for everybody who may read it, so each process writes it once."""

from functools import cache
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language, override
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request


class SchemaView(SpectacularAPIView):
    """OpenAPI 3 as YAML or JSON, in the reader's language; writing it takes more than a second."""

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        renderer: Any = request.accepted_renderer
        answer = HttpResponse(_written(get_language() or "", renderer.media_type), content_type=renderer.media_type)
        answer.headers["Content-Disposition"] = f'inline; filename="Bondbook API.{renderer.format}"'
        return answer


@cache
def _written(language: str, media_type: str) -> str | bytes:
    generator: Any = SchemaGenerator
    renderer = next(one for one in SchemaView.renderer_classes if one.media_type == media_type)
    with override(language):
        return renderer().render(generator().get_schema(public=True))
