from typing import Any

import django_filters as filters
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from customs.api.documents import number_act
from documents.api.asked import ReasonAsked, of_version
from documents.api.documents import act
from documents.api.filters import CodeFilter, DocumentFilter
from fuel.api import consignment_shapes as shapes
from fuel.api.documents import DocumentResource
from fuel.models import ConsignmentState, FuelConsignment, TankMovement, TankMovementKind, TankMovementState
from fuel.models.tickets import DUTY_STATUSES
from fuel.operations import consignments, over_deliveries, quality, receipts, reversals, tank_movements
from registry.filters import yes_or_no


class ConsignmentFilter(DocumentFilter):
    state = filters.MultipleChoiceFilter(choices=ConsignmentState.choices, label=_("State"))
    customs_status = filters.ChoiceFilter(choices=DUTY_STATUSES, label=_("Duty status"))
    book = CodeFilter(field_name="book__number", label=_("Number of the account book"))
    supplier = CodeFilter(field_name="supplier__code", label=_("Code of the supplier"))
    tank = CodeFilter(field_name="receipts__tank__place__code", label=_("Code of a tank that received of it"))

    class Meta:
        model = FuelConsignment
        fields = ()


class TankMovementFilter(DocumentFilter):
    state = filters.MultipleChoiceFilter(choices=TankMovementState.choices, label=_("State"))
    movement = filters.ChoiceFilter(choices=TankMovementKind.choices, label=_("Movement"))
    from_tank = CodeFilter(field_name="from_tank__place__code", label=_("Code of the tank that the fuel left"))
    to_tank = CodeFilter(field_name="to_tank__place__code", label=_("Code of the tank that the fuel came to"))
    is_reversed = yes_or_no(_("Reversed"))

    class Meta:
        model = TankMovement
        fields = ()


class ConsignmentResource(DocumentResource):
    """Fuel that arrives: advised, accepted by customs where it is bonded, measured, held for quality, released."""

    model = FuelConsignment
    argument = "consignment"
    serializer_class = shapes.ConsignmentSerializer
    row_class = shapes.ConsignmentRowSerializer
    filterset_class = ConsignmentFilter
    related = (
        "site",
        "prepared_by",
        "book",
        "supplier",
        "product",
        "lot",
        "accepted_by",
        "received_by",
        "released_by",
        "over_delivery__over_lot",
        "over_delivery__lot",
        "over_delivery__decided_by",
        "transport_loss__decided_by",
    )
    lines = ("receipts__tank__place", "receipts__gauge_before", "receipts__gauge_after", "receipts__meter")

    @extend_schema(request=shapes.ConsignmentAsked, responses={201: shapes.ConsignmentSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Enter a consignment that is on its way."""
        return self.enter(consignments.advise_consignment, shapes.ConsignmentAsked)

    @extend_schema(request=of_version(shapes.ConsignmentAsked))
    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Replace what an advised consignment says."""
        return self.amend(consignments.amend_consignment, shapes.ConsignmentAsked, partly=False)

    @extend_schema(request=of_version(shapes.ConsignmentAsked)(partial=True))
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Replace some of what an advised consignment says."""
        return self.amend(consignments.amend_consignment, shapes.ConsignmentAsked, partly=True)

    accept = act("accept", consignments.accept_consignment)
    send_back = act("send_back", consignments.return_consignment, ReasonAsked, path="return")
    submit = act("submit", consignments.submit_consignment)
    receive = act("receive", receipts.receive_consignment, shapes.ReceiveAsked)
    hold = act("hold", quality.hold_consignment, ReasonAsked)
    release = act("release", quality.release_consignment, shapes.CertificateAsked)
    approve_loss = act("approve_loss", quality.approve_transport_loss, ReasonAsked, rule="approve_loss")
    admit_over = act("admit_over", over_deliveries.admit_over_delivery, shapes.OverAdmissionAsked, rule="admit_over")
    take_out_over = act(
        "take_out_over", over_deliveries.take_out_over_delivery, shapes.OverTakenOutAsked, rule="take_out_over"
    )
    number = number_act()
    void = act("void", consignments.void_consignment, ReasonAsked)
    reverse = act("reverse", reversals.reverse_consignment, ReasonAsked)


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
