from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from customs.api.asked import ReasonAsked
from customs.api.documents import act
from customs.api.filters import CodeFilter, DocumentFilter
from fuel.api import status_change_shapes as shapes
from fuel.api.documents import DocumentResource
from fuel.models import StatusChange
from fuel.operations.reversals import reverse_status_change
from fuel.operations.status_changes import change_status
from registry.filters import yes_or_no
from registry.navigation import DECIDERS


class StatusChangeFilter(DocumentFilter):
    from_tank = CodeFilter(field_name="from_tank__place__code", label=_("Code of the tank that the fuel lay in"))
    to_tank = CodeFilter(field_name="to_tank__place__code", label=_("Code of the tank that the fuel came to"))
    reference = CodeFilter(field_name="reference", label=_("Number of the domestic declaration"))
    is_reversed = yes_or_no(_("Reversed"))

    class Meta:
        model = StatusChange
        fields = ()


class StatusChangeResource(DocumentResource):
    """Bonded fuel cleared for the domestic market in its tank; posted as soon as it is entered, by who decides."""

    model = StatusChange
    argument = "status_change"
    serializer_class = shapes.StatusChangeSerializer
    row_class = shapes.StatusChangeRowSerializer
    filterset_class = StatusChangeFilter
    writers = DECIDERS
    related = ("site", "prepared_by", "from_tank__place", "to_tank__place")
    lines = ("lots__lot", "lots__new_lot")

    @extend_schema(request=shapes.StatusChangeAsked, responses={201: shapes.StatusChangeSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Clear released bonded fuel in a tank for the domestic market, at once."""
        return self.enter(change_status, shapes.StatusChangeAsked)

    reverse = act("reverse", reverse_status_change, ReasonAsked)
