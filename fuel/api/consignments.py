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
from fuel.models import ConsignmentState, FuelConsignment
from fuel.models.tickets import DUTY_STATUSES
from fuel.operations import consignments, over_deliveries, quality, receipts, reversals


class ConsignmentFilter(DocumentFilter):
    state = filters.MultipleChoiceFilter(choices=ConsignmentState.choices, label=_("State"))
    customs_status = filters.ChoiceFilter(choices=DUTY_STATUSES, label=_("Duty status"))
    book = CodeFilter(field_name="book__number", label=_("Number of the account book"))
    supplier = CodeFilter(field_name="supplier__code", label=_("Code of the supplier"))
    tank = CodeFilter(field_name="receipts__tank__place__code", label=_("Code of a tank that received of it"))

    class Meta:
        model = FuelConsignment
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
