"""The pages of consignments with a flow of their own: the document with what was decided on it, and its receipts."""

from dataclasses import fields, replace
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.kind_pages import KindAct, KindDetail
from fuel.consignments.form import Offered, ReceiptLines
from fuel.consignments.operations.receipts import ReceiptInput, receive_consignment
from fuel.models import FuelConsignment
from registry.pages import Text
from registry.timeline import Entry

RECEIPT_FIELDS = tuple(field.name for field in fields(ReceiptInput))


class ConsignmentDetail(KindDetail):
    """A consignment."""

    @cached_property
    def told(self) -> list[Entry]:
        """What was decided on a difference changes nothing on the consignment itself; it is named by what it was."""
        decided: dict[Any, Text] = {}
        if loss := getattr(self.object, "transport_loss", None):
            decided[loss.decided_at] = _("Transport loss approved")
        if over := getattr(self.object, "over_delivery", None):
            words = {"outcome": over.get_outcome_display()}
            decided[over.decided_at] = _("Over-delivery: %(outcome)s") % words
        return [
            replace(entry, what=decided[entry.at]) if entry.at in decided and not entry.changes else entry
            for entry in super().told
        ]


class ConsignmentReceive(KindAct):
    """Tank by tank: two gauges, or metered litres."""

    is_question = False
    lines_class = ReceiptLines
    lines_title = gettext_lazy("Receipts by tank")
    button = gettext_lazy("Take into the tanks")

    def get_title(self) -> Text:
        return _("Measure %(number)s") % {"number": self.object.number}

    def get_subtitle(self) -> Text:
        return _(
            "Name the gauges before and after, or the metered litres with temperature and density. The fuel is held"
            " until quality releases it."
        )

    def lines_kwargs(self) -> dict[str, Any]:
        one = self.object
        offered = Offered(site=one.site, customs_status=one.customs_status, product_id=one.product_id)
        return {"user": self.user, "site": one.site, "form_kwargs": {"offered": offered}}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> FuelConsignment:
        return receive_consignment(
            consignment=self.object,
            receipts=[ReceiptInput(**{name: row[name] for name in RECEIPT_FIELDS}) for row in rows],
            received_at=form.cleaned_data["received_at"] or self.now,
            actor=self.user,
            at=self.now,
        )
