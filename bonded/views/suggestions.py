"""Codes offered while somebody fills in a warehouse document."""

from typing import Any

from django.db import models

from registry.models import Organisation, OrganisationKind, Place
from registry.navigation import STAFF
from registry.suggestions import SuggestPage


class OwnerSuggest(SuggestPage):
    """Organisations whose goods may lie in the zone."""

    model = Organisation
    readers = STAFF
    name_fields = ("name", "name_zh")

    def queryset(self) -> models.QuerySet[Any]:
        owning = [OrganisationKind.GOODS_OWNER, OrganisationKind.WAREHOUSE_KEEPER, OrganisationKind.AIRLINE]
        return Organisation.objects.filter(kind__in=owning)


class BinSuggest(SuggestPage):
    """Open bins, tanks and stores at the user's sites, by their barcode."""

    model = Place
    readers = STAFF
    code_field = "barcode"
    name_fields = ("name", "code")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().physical().filter(is_open=True)
