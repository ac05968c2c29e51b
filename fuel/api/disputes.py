"""Disputes over the API: an airline objects to a line of its statement, and both sides go on from there."""

import base64
import binascii
from datetime import datetime
from typing import Any, ClassVar

import django_filters as filters
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api.answers import DOCUMENT_FIELDS, DocumentSerializer, person
from documents.api.asked import Asked, Figure, ReasonAsked
from documents.api.documents import act
from documents.api.filters import CodeFilter, DocumentFilter
from fuel.api.documents import DocumentResource, FuelActs
from fuel.api.statement_shapes import CreditAsked
from fuel.models import (
    Charge,
    Dispute,
    DisputeAttachment,
    DisputeGround,
    DisputeMessage,
    DisputeState,
    Statement,
    StatementLine,
)
from fuel.operations import disputes
from fuel.operations.attachments import too_large
from fuel.operations.disputes import Attachment
from registry.api.codes import UnknownCode
from registry.api.fields import coded
from registry.api.serializers import HistoryEntrySerializer
from registry.errors import FieldError
from registry.models import Role, User
from registry.navigation import READERS_OF_TICKETS, STAFF
from registry.rules import POSTING_ROLES


class DisputeAttachmentSerializer(serializers.ModelSerializer[DisputeAttachment]):
    sha256 = serializers.SerializerMethodField()

    class Meta:
        model = DisputeAttachment
        fields = ("id", "name", "content_type", "sha256")

    def get_sha256(self, attachment: DisputeAttachment) -> str:
        return bytes(attachment.sha256).hex()


class DisputeMessageSerializer(serializers.ModelSerializer[DisputeMessage]):
    written_by = serializers.CharField(source="written_by.name", read_only=True)
    attachments = DisputeAttachmentSerializer(many=True, read_only=True)

    class Meta:
        model = DisputeMessage
        fields = ("is_of_airline", "text", "written_by", "written_at", "attachments")


class DisputeRowSerializer(DocumentSerializer):
    """A dispute as a list has it: without what was said."""

    airline = coded("iata_code")
    statement = coded("number")
    charge = serializers.IntegerField(source="charge_id", read_only=True)
    ticket_number = serializers.CharField(
        source="charge.told_number",
        read_only=True,
        help_text=gettext_lazy("Or the number of what was charged by hand."),
    )
    charged_amount = serializers.DecimalField(
        source="charge.total_amount", max_digits=18, decimal_places=2, read_only=True
    )
    currency = serializers.CharField(source="charge.currency", read_only=True)
    decided_by = person()

    class Meta:
        model = Dispute
        fields = (
            *DOCUMENT_FIELDS,
            *("airline", "statement", "charge", "ticket_number", "ground", "charged_amount", "claimed_amount"),
            *("currency", "decided_by", "decided_at"),
        )


class DisputeSerializer(DisputeRowSerializer):
    acts = FuelActs()
    messages = DisputeMessageSerializer(many=True, read_only=True)

    class Meta(DisputeRowSerializer.Meta):
        fields = (*DisputeRowSerializer.Meta.fields, "acts", "messages")


class AttachmentAsked(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=120)
    content = serializers.CharField(help_text=gettext_lazy("PNG, JPEG or PDF, base 64."))

    def validate_content(self, text: str) -> bytes:
        if message := too_large(len(text) * 3 // 4):
            raise serializers.ValidationError(message)
        try:
            return base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as refused:
            raise serializers.ValidationError(_("This is no base 64.")) from refused


class MessageAsked(Asked):
    message = serializers.CharField(max_length=disputes.LONGEST_MESSAGE)
    attachments = AttachmentAsked(many=True, required=False)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        return {**given, "attachments": [Attachment(**one) for one in given.get("attachments", [])]}


class DisputeAsked(MessageAsked):
    """An objection to one line of a statement."""

    statement = serializers.CharField(help_text=gettext_lazy("Number of the statement."))
    row = serializers.IntegerField(min_value=1, help_text=gettext_lazy("The line of the statement."))
    ground = serializers.ChoiceField(choices=DisputeGround.choices)
    claimed_amount = Figure(required=False, allow_null=True)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = super().figures(user=user, at=at, document=document)
        number, row = given.pop("statement"), given.pop("row")
        statement = Statement.objects.visible_to(user).filter(number=number).first()
        if statement is None:
            message = _("%(code)s stands for nothing that you may see.") % {"code": number}
            raise UnknownCode(message, errors=[FieldError(message, field="statement", figure=number)])
        line = StatementLine.objects.filter(statement=statement, row=row).select_related("charge__airline").first()
        if line is None:
            message = _("%(statement)s has no line %(row)s.") % {"statement": number, "row": row}
            raise UnknownCode(message, errors=[FieldError(message, field="row", figure=str(row))])
        charge: Charge = line.charge
        return {**given, "charge": charge}


class DisputeFilter(DocumentFilter):
    state = filters.MultipleChoiceFilter(choices=DisputeState.choices, label=gettext_lazy("State"))
    ground = filters.ChoiceFilter(choices=DisputeGround.choices, label=gettext_lazy("Ground"))
    airline = CodeFilter(field_name="airline__iata_code", label=gettext_lazy("IATA designator of the airline"))
    statement = CodeFilter(field_name="statement__number", label=gettext_lazy("Number of the statement"))

    class Meta:
        model = Dispute
        fields = ()


class DisputeResource(DocumentResource):
    """What airlines dispute of their statements. An airline reads and raises its own, and no others."""

    model = Dispute
    argument = "dispute"
    readers = READERS_OF_TICKETS
    writers: ClassVar[frozenset[Role]] = POSTING_ROLES | {Role.AIRLINE}
    serializer_class = DisputeSerializer
    row_class = DisputeRowSerializer
    filterset_class = DisputeFilter
    related = ("site", "prepared_by", "airline__organisation", "statement", "decided_by")
    related += ("charge__ticket", "charge__manual")

    def get_queryset(self) -> models.QuerySet[Any]:
        rows = super().get_queryset().order_by("-pk")
        if self.action == "list":
            return rows
        said = DisputeMessage.objects.select_related("written_by").order_by("pk")
        files = models.Prefetch("attachments", DisputeAttachment.objects.defer("content").order_by("pk"))
        return rows.prefetch_related(models.Prefetch("messages", said.prefetch_related(files)))

    @extend_schema(request=DisputeAsked, responses={201: DisputeSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Object to a line of a statement; its ticket is disputed until it is decided."""
        return self.enter(disputes.raise_dispute, DisputeAsked)

    @extend_schema(responses=HistoryEntrySerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None, filter_backends=[])
    def history(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Tell the life of one dispute, newest first; for the people of the zone."""
        if not self.roles & STAFF:
            raise exceptions.PermissionDenied(_("None of your roles may read this."))
        return super().history(request, *args, **kwargs)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}, filters=False)
    @action(
        detail=True,
        pagination_class=None,
        filter_backends=[],
        url_path=r"attachments/(?P<attachment>\d+)",
        url_name="attachment",
    )
    def attachment(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read one attachment."""
        known = DisputeAttachment.objects.filter(message__dispute=self.get_object())
        found = get_object_or_404(known, pk=self.kwargs["attachment"])
        return HttpResponse(bytes(found.content), content_type=found.content_type)

    answer_airline = act("answer_airline", disputes.answer_dispute, MessageAsked, path="answer")
    reply = act("reply", disputes.reply_to_dispute, MessageAsked)
    withdraw = act("withdraw", disputes.withdraw_dispute, ReasonAsked)
    refuse = act("refuse", disputes.refuse_dispute, ReasonAsked)
    credit = act("credit", disputes.credit_dispute, CreditAsked)
