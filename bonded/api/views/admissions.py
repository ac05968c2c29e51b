from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from bonded.acceptance import preview_admission
from bonded.api.filters import AdmissionFilter
from bonded.api.serializers import admissions as shapes
from bonded.api.serializers.acceptance import AdmissionPreviewSerializer
from bonded.api.views.resources import DocumentResource
from bonded.api.views.reversals import reversal_request
from bonded.models import Admission, AdmissionState
from bonded.operations import admissions, receiving
from customs.api.asked import AcceptanceAsked
from customs.api.documents import number_act
from documents.api.asked import ReasonAsked, of_version
from documents.api.documents import act


class AdmissionResource(DocumentResource):
    """Goods that enter a bonded warehouse: drafted, submitted, accepted, arrived, counted, closed."""

    model = Admission
    argument = "admission"
    serializer_class = shapes.AdmissionSerializer
    row_class = shapes.AdmissionRowSerializer
    filterset_class = AdmissionFilter
    related = ("site", "prepared_by", "book", "owner", "accepted_by", "counted_by")
    lines = (
        "lines__item",
        "lines__lot",
        "lines__over_lot",
        "lines__counted__place",
        "undeclared__item",
        "undeclared__place",
        "undeclared__lot",
    )

    @extend_schema(request=shapes.AdmissionAsked, responses={201: shapes.AdmissionSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Enter an admission with all its lines as a draft."""
        return self.enter(admissions.prepare_admission, shapes.AdmissionAsked)

    @extend_schema(request=of_version(shapes.AdmissionAsked))
    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Replace what a draft or returned admission declares."""
        return self.amend(admissions.amend_admission, shapes.AdmissionAsked, partly=False)

    @extend_schema(request=of_version(shapes.AdmissionAsked)(partial=True))
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Replace some of what a draft or returned admission declares; lines, when given, as a whole."""
        return self.amend(admissions.amend_admission, shapes.AdmissionAsked, partly=True)

    @extend_schema(responses=AdmissionPreviewSerializer, filters=False)
    @action(detail=True, filter_backends=[])
    def acceptance(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Tell what accepting it now would fix: value, duty and taxes line by line, and the guarantee afterwards."""
        admission = self.get_object()
        if admission.state != AdmissionState.SUBMITTED:
            raise exceptions.NotFound(_("%(number)s does not wait for acceptance.") % {"number": admission.number})
        return Response(AdmissionPreviewSerializer(preview_admission(admission, at=self.now)).data)

    submit = act("submit", admissions.submit_admission)
    send_back = act("send_back", admissions.return_admission, ReasonAsked, path="return")
    accept = act("accept", admissions.accept_admission, AcceptanceAsked)
    arrive = act("arrive", admissions.record_arrival, shapes.ArrivalAsked)
    count = act("count", receiving.count_admission, shapes.CountAsked)
    close = act("close", admissions.close_admission)
    number = number_act()
    void = act("void", admissions.void_admission, ReasonAsked)
    request_reversal = reversal_request()
