"""Pages of fuel consignments."""

from dataclasses import fields, replace
from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customs.declaration_number_pages import NumberAct
from documents.form_fields import figures
from fuel.consignment_tables import ConsignmentTable, OverDeliveryTable, ReceiptTable, TransportLossTable
from fuel.filters import ConsignmentFilter
from fuel.forms.consignments import ConsignmentForm, Offered, ReceiptLines, ReceiveForm
from fuel.models import ConsignmentState, FuelConsignment
from fuel.operations import consignments, over_deliveries, quality, reversals
from fuel.operations.consignments import ConsignmentDetails
from fuel.operations.receipts import ReceiptInput, receive_consignment
from fuel.queries import has_undecided_over_delivery, outstanding_loss
from fuel.rules import may_act
from fuel.views.documents import DocumentAct, DocumentChange, DocumentDetail, DocumentFormPage, DocumentList
from registry.pages import Text
from registry.timeline import Entry
from registry.wording import money_text, quantity_text

DETAIL_FIELDS = tuple(field.name for field in fields(ConsignmentDetails))
RECEIPT_FIELDS = tuple(field.name for field in fields(ReceiptInput))
AMOUNTS = (
    "document_mass_kg",
    "document_litres_15c",
    "document_density_15c",
    "invoice_value",
    "loss_tolerance_percent",
)


RELATED = ("over_delivery__lot", "over_delivery__decided_by", "transport_loss__decided_by")


class ConsignmentPage:
    model = FuelConsignment
    kind_url = "consignment"
    list_label = gettext_lazy("Fuel consignments")


class ConsignmentList(ConsignmentPage, DocumentList):
    title = gettext_lazy("Fuel consignments")
    add_label = gettext_lazy("New consignment")
    filterset_class = ConsignmentFilter
    table_class = ConsignmentTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site", "supplier", "product", "prepared_by")


class ConsignmentDetail(ConsignmentPage, DocumentDetail):
    fact_names = (
        "site",
        "customs_status",
        "book",
        "source",
        "transport",
        "supplier",
        "product",
        "origin",
        "declaration_number",
        "bonded_note_number",
        "vehicles",
        "seals",
        "document_litres_15c",
        "document_density_15c",
        "invoice_value",
        "currency",
        "exchange_rate_cny_per_unit",
        "loss_tolerance_percent",
        "lot",
        "certificate_kind",
        "certificate_number",
        "specification",
        "batch_number",
        "prepared_by",
        "prepared_at",
        "accepted_by",
        "accepted_at",
        "received_by",
        "received_at",
        "released_by",
        "released_at",
        "remark",
    )

    def queryset(self) -> models.QuerySet[Any]:
        people = ("prepared_by", "accepted_by", "received_by", "released_by")
        return super().queryset().select_related("site__zone", "book", "supplier", "product", "lot", *RELATED, *people)

    def figures(self) -> list[dict[str, Any]]:
        one = self.object
        shown = [{"label": _("Mass by document"), "value": quantity_text(one.document_mass_kg), "unit": "kg"}]
        if one.received_mass_kg is not None:
            shown += [
                {"label": _("Mass received"), "value": quantity_text(one.received_mass_kg), "unit": "kg"},
                {
                    "label": _("Document less received"),
                    "value": quantity_text(one.transport_loss_kg),
                    "unit": "kg",
                    "hint": self.open_difference(),
                },
            ]
        if one.accepted_at:
            shown += [
                {"label": _("Customs value"), "value": money_text(one.customs_value_cny), "unit": "CNY"},
                {"label": _("Suspended duty and tax"), "value": money_text(one.tax_cny), "unit": "CNY"},
            ]
        if one.state != ConsignmentState.REVERSED and (over := getattr(one, "over_delivery", None)) and over.lot_id:
            suspended_cny = money_text(over.tax_cny)
            shown.append({"label": _("Suspended on what came over"), "value": suspended_cny, "unit": "CNY"})
        if one.state == ConsignmentState.RELEASED and (loss := getattr(one, "transport_loss", None)) and loss.tax_cny:
            tax_cny = money_text(loss.tax_cny)
            shown.append({"label": _("Tax payable on the transport loss"), "value": tax_cny, "unit": "CNY"})
        return shown

    @cached_property
    def told(self) -> list[Entry]:
        """What was decided on a difference changes nothing on the consignment itself; it is named by what it was."""
        decided: dict[Any, Text] = {}
        if loss := getattr(self.object, "transport_loss", None):
            decided[loss.decided_at] = _("Transport loss approved")
        if over := getattr(self.object, "over_delivery", None):
            words = {"outcome": over.get_outcome_display()}
            decided[over.decided_at] = _("Fuel over the document: %(outcome)s") % words
        return [
            replace(entry, what=decided[entry.at]) if entry.at in decided and not entry.changes else entry
            for entry in super().told
        ]

    def open_difference(self) -> Text:
        """What has still to be decided about the difference between document and receipt."""
        if has_undecided_over_delivery(self.object):
            return _("Not admitted yet.")
        return _("Not written off yet.") if outstanding_loss(self.object) else ""

    def tables(self) -> list[Any]:
        if self.object.received_at is None:
            return []
        rows = self.object.receipts.select_related("tank__place", "gauge_before", "gauge_after", "meter")
        shown: list[Any] = [(_("Receipts by tank"), ReceiptTable(rows))]
        if loss := getattr(self.object, "transport_loss", None):
            shown.append((_("Transport loss beyond the tolerance"), TransportLossTable([loss])))
        if over := getattr(self.object, "over_delivery", None):
            shown.append((_("Fuel over the document"), OverDeliveryTable([over])))
        return shown


class ConsignmentAdd(ConsignmentPage, DocumentFormPage):
    model = None  # type: ignore[assignment]
    title = gettext_lazy("New consignment")
    template_name = "registry/act_page.html"
    form_class = ConsignmentForm
    button = gettext_lazy("Advise")

    def act(self, form: Any, rows: list[dict[str, Any]]) -> FuelConsignment:
        return consignments.advise_consignment(
            site=form.cleaned_data["site"],
            details=_details(form),
            actor=self.user,
            at=self.now,
            request_key=self.request_key,
        )


class ConsignmentChange(ConsignmentPage, DocumentChange):
    template_name = "registry/act_page.html"
    form_class = ConsignmentForm
    button = gettext_lazy("Save")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("product")

    def initial(self) -> dict[str, Any]:
        one = self.object
        plain = {name: getattr(one, name) for name in DETAIL_FIELDS if name not in AMOUNTS}
        return {**plain, **figures(one, *AMOUNTS), "product": one.product.code}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> FuelConsignment:
        return consignments.amend_consignment(
            consignment=self.object, details=_details(form), actor=self.user, at=self.now
        )


class ConsignmentReceive(ConsignmentPage, DocumentFormPage):
    """Tank by tank: two gauges, or metered litres."""

    template_name = "registry/act_page.html"
    form_class = ReceiveForm
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

    def may_act(self) -> bool:
        return may_act(self.user, self.object, "receive")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site__zone")

    def form_kwargs(self) -> dict[str, Any]:
        return {}

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

    def success_message(self, outcome: Any) -> Text:
        return _("%(number)s was measured; it is blocked in its tanks until it is released.") % {
            "number": outcome.number
        }


class ConsignmentAccept(ConsignmentPage, DocumentAct):
    act_name = "accept"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> FuelConsignment:
        return consignments.accept_consignment(consignment=self.object, actor=self.user, at=self.now)


class ConsignmentReturn(ConsignmentPage, DocumentAct):
    act_name = "return"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> FuelConsignment:
        return consignments.return_consignment(
            consignment=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now
        )


class ConsignmentSubmit(ConsignmentPage, DocumentAct):
    act_name = "submit"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> FuelConsignment:
        return consignments.submit_consignment(consignment=self.object, actor=self.user, at=self.now)


class ConsignmentHold(ConsignmentPage, DocumentAct):
    act_name = "hold"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> FuelConsignment:
        return quality.hold_consignment(
            consignment=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now
        )


class ConsignmentRelease(ConsignmentPage, DocumentAct):
    act_name = "release"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> FuelConsignment:
        return quality.release_consignment(consignment=self.object, actor=self.user, at=self.now, **form.cleaned_data)


class ConsignmentApproveLoss(ConsignmentPage, DocumentAct):
    act_name = "approve_loss"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> FuelConsignment:
        return quality.approve_transport_loss(
            consignment=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now
        )

    def success_message(self, outcome: Any) -> Text:
        if (tax_cny := outcome.transport_loss.tax_cny) is None:
            return _("The transport loss of %(number)s was written off.") % {"number": outcome.number}
        words = {"number": outcome.number, "tax": money_text(tax_cny, "CNY")}
        return _("The transport loss of %(number)s was written off; %(tax)s of duty and tax are payable on it.") % words


class ConsignmentAdmitOver(ConsignmentPage, DocumentAct):
    act_name = "admit_over"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> FuelConsignment:
        return over_deliveries.admit_over_delivery(
            consignment=self.object, actor=self.user, at=self.now, **form.cleaned_data
        )

    def success_message(self, outcome: Any) -> Text:
        return _("What came over %(number)s was admitted.") % {"number": outcome.number}


class ConsignmentTakeOutOver(ConsignmentPage, DocumentAct):
    act_name = "take_out_over"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> FuelConsignment:
        return over_deliveries.take_out_over_delivery(
            consignment=self.object, actor=self.user, at=self.now, **form.cleaned_data
        )

    def success_message(self, outcome: Any) -> Text:
        return _("What came over %(number)s was taken out again.") % {"number": outcome.number}


class ConsignmentNumber(NumberAct, ConsignmentPage, DocumentAct):
    """The declaration number, put right by somebody else."""


class ConsignmentVoid(ConsignmentPage, DocumentAct):
    act_name = "void"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> FuelConsignment:
        return consignments.void_consignment(
            consignment=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now
        )


class ConsignmentReverse(ConsignmentPage, DocumentAct):
    act_name = "reverse"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> FuelConsignment:
        return reversals.reverse_consignment(
            consignment=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now
        )


def _details(form: Any) -> ConsignmentDetails:
    return ConsignmentDetails(**{name: form.cleaned_data[name] for name in DETAIL_FIELDS})
