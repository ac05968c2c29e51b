"""Disputes as JSON: what an airline objects to, and what both sides said."""

import base64
import binascii
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from documents.api.answers import DOCUMENT_FIELDS, DocumentSerializer, person
from documents.api.kinds import ActsOfKind
from documents.api.requests import Figure, RequestSerializer
from fuel.billing.disputes.operations import LONGEST_MESSAGE, Attachment
from fuel.models import (
    Charge,
    Dispute,
    DisputeAttachment,
    DisputeGround,
    DisputeMessage,
    Statement,
    StatementLine,
)
from fuel.operations.attachments import too_large
from registry.api.codes import UnknownCode
from registry.api.fields import coded
from registry.errors import FieldError
from registry.models import User


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
        fields: tuple[str, ...] = (
            *DOCUMENT_FIELDS,
            *("airline", "statement", "charge", "ticket_number", "ground", "charged_amount", "claimed_amount"),
            *("currency", "decided_by", "decided_at"),
        )


class DisputeSerializer(DisputeRowSerializer):
    acts = ActsOfKind()
    messages = DisputeMessageSerializer(many=True, read_only=True)

    class Meta(DisputeRowSerializer.Meta):
        fields = (*DisputeRowSerializer.Meta.fields, "acts", "messages")


class AttachmentRequest(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=120)
    content = serializers.CharField(help_text=gettext_lazy("PNG, JPEG or PDF, base 64."))

    def validate_content(self, text: str) -> bytes:
        if message := too_large(len(text) * 3 // 4):
            raise serializers.ValidationError(message)
        try:
            return base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as refused:
            raise serializers.ValidationError(_("This is no base 64.")) from refused


class MessageRequest(RequestSerializer):
    message = serializers.CharField(max_length=LONGEST_MESSAGE)
    attachments = AttachmentRequest(many=True, required=False)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        return {**given, "attachments": [Attachment(**one) for one in given.get("attachments", [])]}


class DisputeRequest(MessageRequest):
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
