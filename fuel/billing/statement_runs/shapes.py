"""Statement runs as JSON, with what came of each airline, and what asks for them."""

from typing import Any

from rest_framework import serializers

from documents.api.answers import DOCUMENT_FIELDS, DocumentSerializer
from documents.api.kinds import ActsOfKind
from fuel.billing.statements.shapes import PeriodRequest
from fuel.models import StatementRun, StatementRunLine
from registry.api.fields import coded


class RefusalSerializer(serializers.Serializer[Any]):
    """Why an airline got no statement, in the language of whoever asked for the run."""

    message = serializers.CharField()
    field = serializers.CharField(allow_blank=True)
    figure = serializers.CharField(allow_null=True)


class StatementRunLineSerializer(serializers.ModelSerializer[StatementRunLine]):
    """What came of one airline; of a run that was cancelled, those that had not begun stay waiting."""

    airline = coded("iata_code")
    statement = coded("number")
    statement_id = serializers.IntegerField(read_only=True, allow_null=True)
    refusals = RefusalSerializer(many=True, read_only=True)

    class Meta:
        model = StatementRunLine
        fields = (
            "airline",
            "outcome",
            "statement",
            "statement_id",
            "refusal_code",
            "refusals",
            "unmatched_tickets",
            "settled_at",
        )


class StatementRunRowSerializer(DocumentSerializer):
    airlines = serializers.IntegerField(read_only=True)
    airlines_settled = serializers.IntegerField(read_only=True)
    airlines_issued = serializers.IntegerField(read_only=True)
    airlines_with_nothing = serializers.IntegerField(read_only=True)
    airlines_refused = serializers.IntegerField(read_only=True)

    class Meta:
        model = StatementRun
        fields: tuple[str, ...] = (
            *DOCUMENT_FIELDS,
            "from_date",
            "through_date",
            "started_at",
            "ended_at",
            "airlines",
            "airlines_settled",
            "airlines_issued",
            "airlines_with_nothing",
            "airlines_refused",
        )


class StatementRunSerializer(StatementRunRowSerializer):
    lines = StatementRunLineSerializer(many=True, read_only=True)
    acts = ActsOfKind()

    class Meta(StatementRunRowSerializer.Meta):
        fields = (*StatementRunRowSerializer.Meta.fields, "lines", "acts")


class RunRequest(PeriodRequest):
    """A period of every airline of the site. The remark stands on every statement."""
