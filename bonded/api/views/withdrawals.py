from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from bonded.acceptance import preview_withdrawal
from bonded.api.filters import WithdrawalFilter
from bonded.api.serializers import withdrawals as shapes
from bonded.api.serializers.acceptance import WithdrawalPreviewSerializer
from bonded.api.views.payments import PayableResource, payment_act
from bonded.api.views.reversals import reversal_request
from bonded.models import Withdrawal, WithdrawalState
from bonded.operations import discharge, withdrawals
from customs.api.asked import AcceptanceAsked
from customs.api.documents import number_act
from documents.api.asked import ReasonAsked, of_version
from documents.api.documents import act


class WithdrawalResource(PayableResource):
    """Goods that leave a bonded warehouse: drafted, submitted, accepted, picked, passed, discharged, closed."""

    model = Withdrawal
    argument = "withdrawal"
    serializer_class = shapes.WithdrawalSerializer
    row_class = shapes.WithdrawalRowSerializer
    filterset_class = WithdrawalFilter
    related = (
        *("site", "prepared_by", "book", "owner", "accepted_by", "picked_by"),
        *("payment_recorded_by", "released_by"),
    )
    lines = ("lines__item", "lines__lot", "lines__picks__lot", "lines__picks__place")

    @extend_schema(request=shapes.WithdrawalAsked, responses={201: shapes.WithdrawalSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Enter a withdrawal with all its lines as a draft."""
        return self.enter(withdrawals.prepare_withdrawal, shapes.WithdrawalAsked)

    @extend_schema(request=of_version(shapes.WithdrawalAsked))
    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Replace what a draft or returned withdrawal asks for."""
        return self.amend(withdrawals.amend_withdrawal, shapes.WithdrawalAsked, partly=False)

    @extend_schema(request=of_version(shapes.WithdrawalAsked)(partial=True))
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Replace some of what a draft or returned withdrawal asks for; lines, when given, as a whole."""
        return self.amend(withdrawals.amend_withdrawal, shapes.WithdrawalAsked, partly=True)

    @extend_schema(responses=WithdrawalPreviewSerializer, filters=False)
    @action(detail=True, filter_backends=[])
    def acceptance(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Tell what accepting it now would fix: value, duty and taxes line by line, and the guarantee afterwards."""
        withdrawal = self.get_object()
        if withdrawal.state != WithdrawalState.SUBMITTED:
            raise exceptions.NotFound(_("%(number)s does not wait for acceptance.") % {"number": withdrawal.number})
        return Response(WithdrawalPreviewSerializer(preview_withdrawal(withdrawal, at=self.now)).data)

    submit = act("submit", withdrawals.submit_withdrawal)
    send_back = act("send_back", withdrawals.return_withdrawal, ReasonAsked, path="return")
    accept = act("accept", discharge.accept_withdrawal, AcceptanceAsked)
    pick = act("pick", withdrawals.confirm_picking)
    pass_gate = act("pass_gate", discharge.pass_gate, shapes.PassAsked, rule="pass")
    pay = payment_act("withdrawal")
    release = act("release", discharge.release_withdrawal)
    close = act("close", withdrawals.close_withdrawal)
    number = number_act()
    void = act("void", withdrawals.void_withdrawal, ReasonAsked)
    request_reversal = reversal_request()
