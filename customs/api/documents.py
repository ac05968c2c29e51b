"""The act by which a document of any kind comes to stand under its declaration number."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from customs.api.asked import NumberAsked
from customs.operations.declaration_numbers import correct_declaration_number
from documents.api.asked import of_version
from documents.api.documents import DocumentResource


def number_act() -> Any:
    """The POST by which a declaration number is entered or put right; it answers the document."""

    @extend_schema(request=of_version(NumberAsked))
    @action(detail=True, methods=["post"])
    def number(self: DocumentResource, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Enter the declaration number that is missing, or put a wrong one right."""

        def correct(**given: Any) -> Any:
            return correct_declaration_number(document=given.pop(self.argument), **given)

        return self.do(correct, of_version(NumberAsked), "number")

    return number
