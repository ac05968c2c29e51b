"""Pages of status changes: bonded fuel in a tank that is cleared for the domestic market."""

from dataclasses import fields
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.form_fields import figures
from fuel.consignment_tables import StatusChangeLotTable, StatusChangeTable
from fuel.filters import StatusChangeFilter
from fuel.forms.consignments import StatusChangeForm
from fuel.models import StatusChange, StatusChangeState
from fuel.operations import status_changes
from fuel.operations.reversals import reverse_status_change
from fuel.operations.status_changes import StatusChangeDetails
from fuel.views.documents import DocumentAct, DocumentChange, DocumentDetail, DocumentFormPage, DocumentList
from registry.pages import Text
from registry.wording import money_text, quantity_text

DETAIL_FIELDS = tuple(field.name for field in fields(StatusChangeDetails))


def _asked(outcome: StatusChange) -> Text:
    words = {"number": outcome.number, "tax": money_text(outcome.tax_cny, "CNY")}
    return _("%(number)s waits for customs; nothing is posted yet. It would come to %(tax)s of duty and tax.") % words


class StatusChangePage:
    model = StatusChange
    kind_url = "status_change"
    list_label = gettext_lazy("Status changes")


class StatusChangeList(StatusChangePage, DocumentList):
    title = gettext_lazy("Status changes")
    add_label = gettext_lazy("New status change")
    filterset_class = StatusChangeFilter
    table_class = StatusChangeTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site", "from_tank__place", "to_tank__place", "prepared_by")


class StatusChangeDetail(StatusChangePage, DocumentDetail):
    fact_names = (
        "site",
        "from_tank",
        "to_tank",
        "reference",
        "changed_at",
        "rates_date",
        "prepared_by",
        "prepared_at",
        "accepted_by",
        "accepted_at",
        "remark",
    )

    def queryset(self) -> models.QuerySet[Any]:
        related = ("site__zone", "from_tank__place", "to_tank__place", "prepared_by", "accepted_by")
        return super().queryset().select_related(*related)

    def figures(self) -> list[dict[str, Any]]:
        one = self.object
        return [
            {
                "label": _("Mass cleared") if self.is_posted else _("Mass to be cleared"),
                "value": quantity_text(one.mass_kg),
                "unit": "kg",
            },
            {"label": _("Customs value"), "value": money_text(one.customs_value_cny), "unit": "CNY"},
            {"label": _("Duty"), "value": money_text(one.duty_cny), "unit": "CNY"},
            {"label": _("Consumption tax"), "value": money_text(one.consumption_tax_cny), "unit": "CNY"},
            {"label": _("VAT"), "value": money_text(one.vat_cny), "unit": "CNY"},
            {"label": _("Tax payable"), "value": money_text(one.tax_cny), "unit": "CNY"},
        ]

    @property
    def is_posted(self) -> bool:
        return self.object.state in {StatusChangeState.POSTED, StatusChangeState.REVERSED}

    def tables(self) -> list[Any]:
        if not self.is_posted:
            return []
        rows = self.object.lots.select_related("lot", "new_lot")
        return [(_("Lots cleared, oldest first"), StatusChangeLotTable(rows))]


class StatusChangeAdd(StatusChangePage, DocumentFormPage):
    """Asked of customs."""

    model = None  # type: ignore[assignment]
    title = gettext_lazy("New status change")
    subtitle = gettext_lazy(
        "Released bonded fuel in a tank becomes duty-paid, the oldest consignment first, when customs accepts it."
    )
    template_name = "registry/act_page.html"
    form_class = StatusChangeForm
    button = gettext_lazy("Submit")

    def act(self, form: Any, rows: list[dict[str, Any]]) -> StatusChange:
        given = form.cleaned_data
        return status_changes.ask_for_status_change(
            **{**given, "changed_at": given["changed_at"] or self.now},
            actor=self.user,
            at=self.now,
            request_key=self.request_key,
        )

    def success_message(self, outcome: StatusChange) -> Text:
        return _asked(outcome)


class StatusChangeChange(StatusChangePage, DocumentChange):
    """A status change that customs returned, said anew."""

    template_name = "registry/act_page.html"
    form_class = StatusChangeForm
    button = gettext_lazy("Submit")

    def initial(self) -> dict[str, Any]:
        one = self.object
        plain = {name: getattr(one, name) for name in DETAIL_FIELDS if name != "mass_kg"}
        return {**plain, **figures(one, "mass_kg")}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> StatusChange:
        given = {name: form.cleaned_data[name] for name in DETAIL_FIELDS}
        return status_changes.amend_status_change(
            status_change=self.object,
            details=StatusChangeDetails(**{**given, "changed_at": given["changed_at"] or self.now}),
            actor=self.user,
            at=self.now,
        )

    def success_message(self, outcome: StatusChange) -> Text:
        return _asked(outcome)


class StatusChangeAccept(StatusChangePage, DocumentAct):
    act_name = "accept"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> StatusChange:
        return status_changes.accept_status_change(status_change=self.object, actor=self.user, at=self.now)

    def success_message(self, outcome: StatusChange) -> Text:
        words = {"number": outcome.number, "tax": money_text(outcome.tax_cny, "CNY")}
        return _("%(number)s was posted. Tax payable: %(tax)s.") % words


class StatusChangeReturn(StatusChangePage, DocumentAct):
    act_name = "return"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> StatusChange:
        return status_changes.return_status_change(
            status_change=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now
        )


class StatusChangeVoid(StatusChangePage, DocumentAct):
    act_name = "void"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> StatusChange:
        return status_changes.void_status_change(
            status_change=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now
        )


class StatusChangeReverse(StatusChangePage, DocumentAct):
    act_name = "reverse"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> StatusChange:
        return reverse_status_change(
            status_change=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now
        )

    def success_message(self, outcome: StatusChange) -> Text:
        return _("%(number)s was reversed.") % {"number": outcome.number}
