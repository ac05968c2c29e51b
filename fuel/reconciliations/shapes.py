"""Tank reconciliations as JSON, masses in kg."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from customs.api.answers import ASSESSED_FIELDS, AssessedSerializer
from documents.api.answers import DOCUMENT_FIELDS, DocumentSerializer, person
from documents.api.codes import DocumentCodes
from documents.api.kinds import ActsOfKind
from documents.api.requests import RequestSerializer
from fuel.models import Gauge, TankLoss, TankReconciliation, TankReconciliationLine
from fuel.queries import posted_late_kg
from registry.api.fields import coded
from registry.models import User


class ReconciliationLineSerializer(serializers.ModelSerializer[TankReconciliationLine]):
    """One duty status.

    Opening + receipts + defuels ± transfers ± status changes ± adjustments − uplifts − samples − drains = book.
    """

    class Meta:
        model = TankReconciliationLine
        fields = (
            "customs_status",
            "opening_kg",
            "receipts_kg",
            "defuels_kg",
            "transfers_kg",
            "status_changes_kg",
            "adjustments_kg",
            "uplifts_kg",
            "samples_kg",
            "drains_kg",
            "book_kg",
            "gain_loss_kg",
        )


class TankLossSerializer(AssessedSerializer):
    """What of a bonded lot was lost beyond the tolerance, and the tax payable on it."""

    lot = coded("number")

    class Meta:
        model = TankLoss
        fields = ("row", "lot", "lost_mass_kg", "tolerated_mass_kg", "taxed_mass_kg", *ASSESSED_FIELDS, "rates_date")


class TankReconciliationRowSerializer(DocumentSerializer):
    """A tank reconciliation as a list has it: without its lines."""

    tank = serializers.CharField(source="tank.code", read_only=True)
    gauge = coded("number")
    rule = serializers.CharField(source="rule.name", read_only=True)
    rule_version = serializers.IntegerField(source="rule.version", read_only=True)
    explained_by = person()
    approved_by = person()

    class Meta:
        model = TankReconciliation
        fields: tuple[str, ...] = (
            *DOCUMENT_FIELDS,
            *("tank", "gauge", "begins_at", "ends_at", "rule", "rule_version"),
            *("book_kg", "physical_kg", "gain_loss_kg", "percent_of_issues", "percent_of_throughput"),
            *("explanation", "explained_by", "approved_by", "approved_at", "is_entered_for_customs"),
        )


class TankReconciliationSerializer(TankReconciliationRowSerializer):
    acts = ActsOfKind()
    lines = ReconciliationLineSerializer(many=True, read_only=True)
    losses = TankLossSerializer(many=True, read_only=True)
    posted_late_kg = serializers.SerializerMethodField(
        help_text=_("What was posted into the days before after they were reconciled; the opening has it already.")
    )

    class Meta(TankReconciliationRowSerializer.Meta):
        fields = (*TankReconciliationRowSerializer.Meta.fields, "posted_late_kg", "acts", "lines", "losses")

    def get_posted_late_kg(self, reconciliation: TankReconciliation) -> Decimal:
        return posted_late_kg(reconciliation)


class TankReconciliationRequest(RequestSerializer):
    """The closing gauge, and with it the tank and the moment."""

    gauge = serializers.CharField(help_text=_("Number of the gauge."))
    remark = serializers.CharField(required=False, allow_blank=True, max_length=400)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        codes = DocumentCodes(user)
        gauges = Gauge.objects.visible_to(user).select_related("tank__place__site__zone")
        given["gauge"] = codes.one(gauges, given["gauge"], field="gauge", by="number")
        codes.raise_if_unknown()
        return {**given, "tank": given["gauge"].tank}


class ExplainRequest(RequestSerializer):
    """What was found out about the difference; somebody else then approves it."""

    explanation = serializers.CharField(max_length=400)
