"""Pages of status changes: bonded fuel in a tank that is cleared for the domestic market."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fuel.consignment_tables import StatusChangeLotTable, StatusChangeTable
from fuel.filters import StatusChangeFilter
from fuel.forms.consignments import StatusChangeForm
from fuel.models import StatusChange
from fuel.operations.reversals import reverse_status_change
from fuel.operations.status_changes import change_status
from fuel.rules import may_decide
from fuel.views.documents import DocumentAct, DocumentDetail, DocumentFormPage, DocumentList
from registry.pages import Link, Text
from registry.wording import money_text, quantity_text


class StatusChangePage:
    model = StatusChange
    kind_url = "status_change"
    list_label = gettext_lazy("Status changes")


class StatusChangeList(StatusChangePage, DocumentList):
    """Entered by who decides, and not by who posts."""

    title = gettext_lazy("Status changes")
    add_label = gettext_lazy("New status change")
    filterset_class = StatusChangeFilter
    table_class = StatusChangeTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site", "from_tank__place", "to_tank__place", "prepared_by")

    def links(self) -> list[Link]:
        if not may_decide(self.user):
            return []
        return [Link(self.add_label, self.url("add"), icon="plus", tone="primary")]


class StatusChangeDetail(StatusChangePage, DocumentDetail):
    fact_names = (
        "site",
        "from_tank",
        "to_tank",
        "reference",
        "changed_at",
        "rates_date",
        "is_reversed",
        "prepared_by",
        "prepared_at",
        "remark",
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site__zone", "from_tank__place", "to_tank__place", "prepared_by")

    def figures(self) -> list[dict[str, Any]]:
        one = self.object
        return [
            {"label": _("Mass cleared"), "value": quantity_text(one.mass_kg), "unit": "kg"},
            {"label": _("Customs value"), "value": money_text(one.customs_value_cny), "unit": "CNY"},
            {"label": _("Duty"), "value": money_text(one.duty_cny), "unit": "CNY"},
            {"label": _("Consumption tax"), "value": money_text(one.consumption_tax_cny), "unit": "CNY"},
            {"label": _("VAT"), "value": money_text(one.vat_cny), "unit": "CNY"},
            {"label": _("Tax payable"), "value": money_text(one.tax_cny), "unit": "CNY"},
        ]

    def tables(self) -> list[Any]:
        rows = self.object.lots.select_related("lot", "new_lot")
        return [(_("Lots cleared, oldest first"), StatusChangeLotTable(rows))]


class StatusChangeAdd(StatusChangePage, DocumentFormPage):
    """Posted as soon as it is sent."""

    model = None  # type: ignore[assignment]
    title = gettext_lazy("New status change")
    subtitle = gettext_lazy(
        "Released bonded fuel in a tank becomes duty-paid, the oldest consignment first. It is posted as soon as it is"
        " sent."
    )
    template_name = "registry/act_page.html"
    form_class = StatusChangeForm
    button = gettext_lazy("Post")

    def may_act(self) -> bool:
        return may_decide(self.user)

    def act(self, form: Any, rows: list[dict[str, Any]]) -> StatusChange:
        given = form.cleaned_data
        return change_status(
            **{**given, "changed_at": given["changed_at"] or self.now},
            actor=self.user,
            at=self.now,
            request_key=self.request_key,
        )

    def success_message(self, outcome: StatusChange) -> Text:
        words = {"number": outcome.number, "tax": money_text(outcome.tax_cny, "CNY")}
        return _("%(number)s was posted. Tax payable: %(tax)s.") % words


class StatusChangeReverse(StatusChangePage, DocumentAct):
    act_name = "reverse"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> StatusChange:
        return reverse_status_change(
            status_change=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now
        )

    def success_message(self, outcome: StatusChange) -> Text:
        return _("%(number)s was reversed.") % {"number": outcome.number}
