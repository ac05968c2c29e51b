from typing import Any

import django_filters as filters
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api.asked import ReasonAsked
from documents.api.documents import act
from documents.api.filters import CodeFilter, DocumentFilter
from fuel.api import consignment_shapes as shapes
from fuel.api.documents import DocumentResource
from fuel.models import TankMovement, TankMovementKind, TankMovementState
from fuel.operations import reversals, tank_movements
from registry.filters import yes_or_no


class TankMovementFilter(DocumentFilter):
    state = filters.MultipleChoiceFilter(choices=TankMovementState.choices, label=_("State"))
    movement = filters.ChoiceFilter(choices=TankMovementKind.choices, label=_("Movement"))
    from_tank = CodeFilter(field_name="from_tank__place__code", label=_("Code of the tank that the fuel left"))
    to_tank = CodeFilter(field_name="to_tank__place__code", label=_("Code of the tank that the fuel came to"))
    is_reversed = yes_or_no(_("Reversed"))

    class Meta:
        model = TankMovement
        fields = ()


class TankMovementResource(DocumentResource):
    """Transfers between tanks, samples, drains to slops and their destruction.

    Posted as soon as they are entered; above the site's limits, and every destruction, when somebody else approves.
    """

    model = TankMovement
    argument = "tank_movement"
    serializer_class = shapes.TankMovementSerializer
    row_class = shapes.TankMovementRowSerializer
    filterset_class = TankMovementFilter
    related = ("site", "prepared_by", "decided_by", "from_tank__place", "to_tank__place")
    lines = ("draws__lot",)

    @extend_schema(request=shapes.TankMovementAsked, responses={201: shapes.TankMovementSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Move fuel out of a tank: at once, or when somebody else has approved it."""
        return self.enter(tank_movements.move_fuel, shapes.TankMovementAsked)

    @extend_schema(request=shapes.TankMovementAsked)
    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Say a returned movement anew."""
        return self.amend(tank_movements.amend_tank_movement, shapes.TankMovementAsked, partly=False)

    @extend_schema(request=shapes.TankMovementAsked(partial=True))
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Say some of a returned movement anew."""
        return self.amend(tank_movements.amend_tank_movement, shapes.TankMovementAsked, partly=True)

    approve = act("approve", tank_movements.approve_tank_movement)
    send_back = act("send_back", tank_movements.return_tank_movement, ReasonAsked, path="return")
    void = act("void", tank_movements.void_tank_movement, ReasonAsked)
    reverse = act("reverse", reversals.reverse_tank_movement, ReasonAsked)
