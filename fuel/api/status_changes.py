from typing import Any

import django_filters as filters
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api.asked import ReasonAsked
from documents.api.documents import act
from documents.api.filters import CodeFilter, DocumentFilter
from fuel.api import status_change_shapes as shapes
from fuel.api.documents import DocumentResource
from fuel.models import StatusChange, StatusChangeState
from fuel.operations import status_changes
from fuel.operations.reversals import reverse_status_change
from registry.filters import yes_or_no


class StatusChangeFilter(DocumentFilter):
    from_tank = CodeFilter(field_name="from_tank__place__code", label=_("Code of the tank that the fuel lay in"))
    to_tank = CodeFilter(field_name="to_tank__place__code", label=_("Code of the tank that the fuel came to"))
    reference = CodeFilter(field_name="reference", label=_("Number of the domestic declaration"))
    state = filters.MultipleChoiceFilter(choices=StatusChangeState.choices, label=_("State"))
    is_reversed = yes_or_no(_("Reversed"))

    class Meta:
        model = StatusChange
        fields = ()


class StatusChangeResource(DocumentResource):
    """Bonded fuel cleared for the domestic market in its tank; posted when customs accepts it."""

    model = StatusChange
    argument = "status_change"
    serializer_class = shapes.StatusChangeSerializer
    row_class = shapes.StatusChangeRowSerializer
    filterset_class = StatusChangeFilter
    related = ("site", "prepared_by", "accepted_by", "from_tank__place", "to_tank__place")
    lines = ("lots__lot", "lots__new_lot")

    @extend_schema(request=shapes.StatusChangeAsked, responses={201: shapes.StatusChangeSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Ask customs to clear released bonded fuel in a tank for the domestic market."""
        return self.enter(status_changes.ask_for_status_change, shapes.StatusChangeAsked)

    @extend_schema(request=shapes.StatusChangeAsked)
    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Say a returned status change anew."""
        return self.amend(status_changes.amend_status_change, shapes.StatusChangeAsked, partly=False)

    @extend_schema(request=shapes.StatusChangeAsked(partial=True))
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Say some of a returned status change anew."""
        return self.amend(status_changes.amend_status_change, shapes.StatusChangeAsked, partly=True)

    accept = act("accept", status_changes.accept_status_change)
    send_back = act("send_back", status_changes.return_status_change, ReasonAsked, path="return")
    void = act("void", status_changes.void_status_change, ReasonAsked)
    reverse = act("reverse", reverse_status_change, ReasonAsked)
