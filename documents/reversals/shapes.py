"""Reversals as JSON."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from documents.api.answers import person, version
from documents.api.kinds import ActsOfKind
from documents.api.requests import ReasonRequest
from documents.models import Reversal
from documents.reversals.offers import REVERSALS
from documents.reversals.operations import reversal_acts
from registry.api.codes import UnknownCode
from registry.api.fields import coded
from registry.errors import FieldError
from registry.models import User


class ReversibleKind(serializers.ChoiceField):
    """The kind of a document that is reversed on request; asked for each answer, when all kinds are known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=sorted(reversal_acts()), **kwargs)


class ReversalRowSerializer(serializers.ModelSerializer[Reversal]):
    """A reversal as a list has it."""

    version = version()
    site = coded()
    document_kind = ReversibleKind(read_only=True)
    requested_by = coded("email")
    decided_by = person()

    class Meta:
        model = Reversal
        fields: tuple[str, ...] = (
            "id",
            "version",
            "site",
            "document_kind",
            "document_id",
            "document_number",
            "state",
            "reason",
            "requested_by",
            "requested_at",
            "decided_by",
            "decided_at",
            "decision_reason",
        )


class ReversalSerializer(ReversalRowSerializer):
    acts = ActsOfKind(REVERSALS)

    class Meta(ReversalRowSerializer.Meta):
        fields = (*ReversalRowSerializer.Meta.fields, "acts")


class ReversalRequest(ReasonRequest):
    """Which document is to be reversed, and why."""

    document = serializers.CharField(help_text=gettext_lazy("Number of the document that is to be reversed."))

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        number = given["document"]
        for act in reversal_acts().values():
            rows: Any = act.model._default_manager
            found = rows.visible_to(user).filter(number=number).first()
            if found is not None:
                return {**given, "document": found}
        message = _("There is no document with the number “%(number)s” here.") % {"number": number}
        raise UnknownCode(message, errors=[FieldError(message, field="document", figure=number)])
