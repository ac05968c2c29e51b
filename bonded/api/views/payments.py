"""The resources whose documents make duty and tax payable."""

from typing import Any

from django.db import models

from bonded.payable import with_payable
from documents.api.documents import DocumentResource


class PayableResource(DocumentResource):
    def get_queryset(self) -> models.QuerySet[Any]:
        return with_payable(super().get_queryset())
