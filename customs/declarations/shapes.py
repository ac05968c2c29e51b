"""Consolidated declarations as JSON. Quantities in the lot's unit, masses in kg, amounts in CNY."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from customs.api.answers import ASSESSED_FIELDS, AssessedSerializer
from customs.api.codes import BookCodes
from customs.declared import sources
from customs.models import Declaration, DeclarationLine, DeclaredDocument
from customs.queries import documents_of
from documents.api.answers import DOCUMENT_FIELDS, DocumentSerializer, person
from documents.api.documents import DocumentResource
from documents.api.kinds import ActsOfKind
from documents.api.requests import RequestSerializer
from registry.api.fields import coded
from registry.models import Organisation, User

RELEASED_FIELDS = (
    *("released_value_cny", "released_duty_cny", "released_consumption_tax_cny", "released_vat_cny"),
    "released_tax_cny",
)


class DeclarationLineSerializer(AssessedSerializer):
    """What of one lot went to one country; the assessed figures are what is payable."""

    lot = coded("number")
    item = coded("code")
    unit = serializers.CharField(source="item.unit_id", read_only=True)
    hs_code = serializers.CharField(source="lot.hs_code", read_only=True)
    origin = serializers.CharField(source="lot.origin", read_only=True)
    released_tax_cny = serializers.DecimalField(max_digits=18, decimal_places=2, read_only=True, allow_null=True)

    class Meta:
        model = DeclarationLine
        fields = (
            *("row", "lot", "item", "hs_code", "origin", "destination", "quantity", "unit", "net_mass_kg"),
            *("relieves_duty", "relieves_consumption_tax", "relieves_vat"),
            *RELEASED_FIELDS,
            *ASSESSED_FIELDS,
        )


class DeclarationRowSerializer(DocumentSerializer):
    """A declaration as a list has it: without its lines."""

    book = coded("number")
    declarant = coded("code")
    accepted_by = person()
    released_by = person()
    deduction = serializers.CharField(read_only=True)
    due_date = serializers.DateField(read_only=True)

    class Meta:
        model = Declaration
        fields: tuple[str, ...] = (
            *DOCUMENT_FIELDS,
            *("book", "declared_kind", "declarant", "from_date", "through_date", "due_date", "deduction"),
            *("bonded_note_number", "declaration_number", "submitted_at", "accepted_by", "accepted_at"),
            *("released_by", "released_at"),
        )


class DeclarationSerializer(DeclarationRowSerializer):
    acts = ActsOfKind()
    lines = DeclarationLineSerializer(many=True, read_only=True)

    class Meta(DeclarationRowSerializer.Meta):
        fields = (*DeclarationRowSerializer.Meta.fields, "acts", "lines")


class DeclaredDocumentSerializer(serializers.ModelSerializer[DeclaredDocument]):
    row = serializers.IntegerField(source="line.row", read_only=True)
    lot = coded("number")
    unit = serializers.CharField(source="line.item.unit_id", read_only=True)

    class Meta:
        model = DeclaredDocument
        fields = (
            *("document_kind", "document_id", "document_number", "occurred_at", "row", "lot", "quantity", "unit"),
            "deducted_quantity",
        )


class DeclarationRequest(RequestSerializer):
    """Whose declaration of which days; the documents that left on them say the rest."""

    book = serializers.CharField(help_text=gettext_lazy("Number of the account book."))
    declared_kind = serializers.CharField(help_text=gettext_lazy("Such as delivery_ticket."))
    declarant = serializers.CharField(help_text=gettext_lazy("Code of the organisation that took the goods out."))
    from_date = serializers.DateField()
    through_date = serializers.DateField(help_text=gettext_lazy("Of the same month."))
    bonded_note_number = serializers.CharField(required=False, allow_blank=True, max_length=40)
    remark = serializers.CharField(required=False, allow_blank=True, max_length=400)

    def validate_declared_kind(self, kind: str) -> str:
        known = [source.kind for source in sources()]
        if kind not in known:
            words = {"kind": kind, "known": ", ".join(known)}
            raise serializers.ValidationError(
                _("%(kind)s is not declared in a consolidated declaration. Known: %(known)s.") % words
            )
        return kind

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        codes = BookCodes(user)
        given["book"] = codes.book(given["book"])
        organisations = Organisation.objects.visible_to(user)
        given["declarant"] = codes.one(organisations, given["declarant"], field="declarant", by="code")
        codes.raise_if_unknown()
        return given


class RedrawRequest(RequestSerializer):
    """What is left out stays as it is."""

    bonded_note_number = serializers.CharField(required=False, allow_blank=True, max_length=40)
    remark = serializers.CharField(required=False, allow_blank=True, max_length=400)


class AcceptRequest(RequestSerializer):
    declaration_number = serializers.CharField(max_length=40, help_text=gettext_lazy("As customs gave it."))


class DeclarationResource(DocumentResource):
    """Declarations, each with the documents that it declares."""

    @extend_schema(responses=DeclaredDocumentSerializer(many=True), filters=False)
    @action(detail=True, filter_backends=[])
    def documents(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List the documents that it declares, in the order in which they left."""
        page = self.paginate_queryset(documents_of(self.get_object()))
        return self.get_paginated_response(DeclaredDocumentSerializer(page, many=True).data)
