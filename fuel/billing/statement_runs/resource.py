"""Statement runs over the API, each with how far it is."""

from typing import Any, ClassVar

from django.db import models

from documents.api.documents import DocumentResource
from registry.models import Role


class StatementRunResource(DocumentResource):
    writers: ClassVar[frozenset[Role]] = frozenset({Role.SUPERVISOR})

    def get_queryset(self) -> models.QuerySet[Any]:
        rows: Any = super().get_queryset()
        found: models.QuerySet[Any] = rows.with_progress()
        return found
