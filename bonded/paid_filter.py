"""How the lists of pages and API are narrowed to what is paid, or waits for its payment."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from bonded.payable import unpaid
from registry.filters import yes_or_no


def paid_filter() -> Any:
    """Narrows a list to documents whose duty and tax are paid, or are not; those that owe none are neither."""
    asked = yes_or_no(_("Duty and tax paid"), method=_narrow)
    # No column is called so, from which the API's description could tell what it is.
    return extend_schema_field(OpenApiTypes.STR)(asked)


def _narrow(queryset: QuerySet[Any], _name: str, is_paid: bool) -> QuerySet[Any]:  # noqa: FBT001
    return queryset.exclude(payment_recorded_at=None) if is_paid else unpaid(queryset)
