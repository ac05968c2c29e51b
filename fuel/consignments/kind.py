"""Consignments of fuel: advised, accepted by customs where bonded, measured into tanks, held for quality, released."""

from collections.abc import Iterator
from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customs.declaration_number_pages import number_offer
from documents.kinds import Answers, Entry, Figures, Kind, Offer, Waits, each
from documents.offers import offer_change, offer_return, offer_reversal, offer_take_back, offer_void
from documents.officers import Decider
from fuel.consignments import shapes
from fuel.consignments.bridge import BRIDGE
from fuel.consignments.form import (
    CertificateForm,
    ConsignmentForm,
    OverAdmissionForm,
    OverTakenOutForm,
    ReceiveForm,
)
from fuel.consignments.operations import declaring, over_deliveries, quality, receipts
from fuel.consignments.pages import ConsignmentDetail, ConsignmentReceive
from fuel.consignments.tables import OverDeliveryTable, ReceiptTable, TransportLossTable
from fuel.models import ConsignmentState, FuelConsignment
from fuel.models.tickets import DUTY_STATUSES
from fuel.queries import has_undecided_over_delivery, outstanding_loss, outstanding_losses, undecided_over_deliveries
from ledger.postings import CustomsStatus
from registry.columns import CodeColumn, LocalTimeColumn, QuantityColumn, StatusColumn
from registry.filters import CodeFilter
from registry.pages import Text
from registry.wording import money_text, quantity_text

IS_BONDED = Q(customs_status=CustomsStatus.BONDED)
PEOPLE = ("prepared_by", "accepted_by", "received_by", "released_by")
DIFFERENCES = ("over_delivery__lot", "over_delivery__decided_by", "transport_loss__decided_by")


def figures(one: FuelConsignment) -> Figures:
    """Its mass by document and as received, and the tax on it."""
    shown: Figures = [{"label": _("Mass by document"), "value": quantity_text(one.document_mass_kg), "unit": "kg"}]
    if one.received_mass_kg is not None:
        shown += [
            {"label": _("Mass received"), "value": quantity_text(one.received_mass_kg), "unit": "kg"},
            {
                "label": _("Document minus received"),
                "value": quantity_text(one.transport_loss_kg),
                "unit": "kg",
                "hint": _open_difference(one),
            },
        ]
    if one.accepted_at:
        shown += [
            {"label": _("Customs value"), "value": money_text(one.customs_value_cny), "unit": "CNY"},
            {"label": _("Suspended duty and tax"), "value": money_text(one.tax_cny), "unit": "CNY"},
        ]
    if one.state != ConsignmentState.REVERSED and (over := getattr(one, "over_delivery", None)) and over.lot_id:
        suspended_cny = money_text(over.tax_cny)
        shown.append({"label": _("Suspended on the over-delivery"), "value": suspended_cny, "unit": "CNY"})
    if one.state == ConsignmentState.RELEASED and (loss := getattr(one, "transport_loss", None)) and loss.tax_cny:
        tax_cny = money_text(loss.tax_cny)
        shown.append({"label": _("Tax payable on the transport loss"), "value": tax_cny, "unit": "CNY"})
    return shown


def _open_difference(consignment: FuelConsignment) -> Text:
    """What has still to be decided about the difference between document and receipt."""
    if has_undecided_over_delivery(consignment):
        return _("Not admitted yet.")
    return _("Not written off yet.") if outstanding_loss(consignment) else ""


def what_came(consignment: Any) -> list[tuple[Text, Any]]:
    """What came into which tank, and what was decided on the difference."""
    if consignment.received_at is None:
        return []
    rows = consignment.receipts.select_related("tank__place", "gauge_before", "gauge_after", "meter")
    shown: list[tuple[Text, Any]] = [(_("Receipts by tank"), ReceiptTable(rows))]
    if loss := getattr(consignment, "transport_loss", None):
        shown.append((_("Transport loss beyond the tolerance"), TransportLossTable([loss])))
    if over := getattr(consignment, "over_delivery", None):
        shown.append((_("Over-deliveries"), OverDeliveryTable([over])))
    return shown


def about(consignment: Any) -> Iterator[str]:
    """What is decided on: where it comes from, and how much came of what was declared."""
    yield str(consignment.get_transport_display())
    yield str(consignment.supplier)
    declared, received = consignment.document_mass_kg, consignment.received_mass_kg
    yield _("%(mass)s by document") % {"mass": quantity_text(declared, "kg")}
    if received is None:
        return
    yield _("%(mass)s received") % {"mass": quantity_text(received, "kg")}
    if received < declared:
        percent = round((declared - received) * 100 / declared, 3)
        missing = {"mass": quantity_text(declared - received, "kg"), "percent": quantity_text(percent, "%")}
        yield _("%(mass)s missing, %(percent)s of the document") % missing
    elif received > declared:
        yield _("%(mass)s over") % {"mass": quantity_text(received - declared, "kg")}


def to_release(who: Decider) -> Any:
    """Consignments that lie in their tanks until quality releases them."""
    return FuelConsignment.objects.filter(_decided_by(who), state__in=[ConsignmentState.GAUGED, ConsignmentState.HELD])


def losses_to_approve(who: Decider) -> Any:
    """Released consignments of which more is missing than is tolerated, and not written off."""
    lost_kg = F("document_mass_kg") - F("received_mass_kg")
    beyond = FuelConsignment.objects.annotate(
        lost_percent_kg=lost_kg * 100, tolerated_percent_kg=F("document_mass_kg") * F("loss_tolerance_percent")
    ).filter(state=ConsignmentState.RELEASED, transport_loss=None, lost_percent_kg__gt=F("tolerated_percent_kg"))
    return FuelConsignment.objects.filter(pk__in=list(outstanding_losses(beyond.filter(_decided_by(who)))))


def over_deliveries_to_decide(who: Decider) -> Any:
    """Bonded consignments of which more came than was declared, not admitted and not taken out."""
    return undecided_over_deliveries().filter(site__in=who.for_customs_at)


def _decided_by(who: Decider) -> Q:
    """Consignments on which somebody decides: bonded ones for customs, duty-paid ones at their sites."""
    return Q(site__in=who.for_customs_at) & IS_BONDED | Q(site__in=who.decides_at) & ~IS_BONDED


def answers_on_quality(consignment: Any) -> tuple[str, ...]:
    """What may be answered to one that lies in its tanks."""
    return ("release", "hold") if consignment.state == ConsignmentState.GAUGED else ("release",)


def measured(consignment: FuelConsignment) -> Text:
    """What is said when it was measured."""
    return _("%(number)s was measured; it is blocked in its tanks until it is released.") % {
        "number": consignment.number
    }


def loss_approved(consignment: Any) -> Text:
    """What is said when its loss was approved."""
    if (tax_cny := consignment.transport_loss.tax_cny) is None:
        return _("The transport loss of %(number)s was written off.") % {"number": consignment.number}
    words = {"number": consignment.number, "tax": money_text(tax_cny, "CNY")}
    return _("The transport loss of %(number)s was written off; %(tax)s of duty and tax are payable on it.") % words


def over_admitted(consignment: FuelConsignment) -> Text:
    """What is said when what came over was admitted."""
    return _("The over-delivery of %(number)s was admitted.") % {"number": consignment.number}


def over_taken_out(consignment: FuelConsignment) -> Text:
    """What is said when what came over left again."""
    return _("What came over %(number)s was taken out again.") % {"number": consignment.number}


KIND = Kind(
    model=FuelConsignment,
    path="consignments",
    title=gettext_lazy("Fuel consignments"),
    place=250,
    icon="train",
    entry=Entry(
        operation=declaring.advise_consignment,
        title=gettext_lazy("New consignment"),
        form=ConsignmentForm,
        button=gettext_lazy("Advise"),
        button_again=gettext_lazy("Save"),
        asked=shapes.ConsignmentRequest,
    ),
    offers=(
        Offer(
            operation=declaring.accept_consignment,
            label=gettext_lazy("Accept"),
            icon="check",
            tone="primary",
            question=gettext_lazy("The rates of today are fixed with it."),
            waits=(
                Waits(
                    label=gettext_lazy("Consignments of fuel to accept"),
                    icon="train",
                    only=IS_BONDED,
                    answers=("accept", "return"),
                    query="state=advised&customs_status=bonded",
                ),
            ),
        ),
        offer_return(declaring.return_consignment),
        Offer(
            operation=declaring.submit_consignment,
            label=gettext_lazy("Submit"),
            icon="send",
            tone="primary",
            question=gettext_lazy("It then waits for customs to accept it."),
            waits=(Waits(label=gettext_lazy("Consignments to correct"), icon="arrow-back-up"),),
        ),
        Offer(
            operation=receipts.receive_consignment,
            label=gettext_lazy("Receive into tanks"),
            icon="clipboard-check",
            tone="primary",
            form=ReceiveForm,
            asked=shapes.ReceiveRequest,
            told=measured,
            page=ConsignmentReceive,
            waits=(
                Waits(
                    label=gettext_lazy("Duty-paid consignments to receive"),
                    icon="train",
                    states=(ConsignmentState.ADVISED,),
                    only=~IS_BONDED,
                ),
                Waits(
                    label=gettext_lazy("Accepted consignments to receive"),
                    icon="train",
                    states=(ConsignmentState.ACCEPTED,),
                ),
            ),
        ),
        offer_change(declaring.amend_consignment),
        Offer(
            operation=quality.release_consignment,
            label=gettext_lazy("Release"),
            icon="rubber-stamp",
            tone="primary",
            question=gettext_lazy("The fuel may then be used. A transport loss within its tolerance is written off."),
            form=CertificateForm,
            asked=shapes.CertificateRequest,
            waits=(
                Waits(
                    label=gettext_lazy("Consignments of fuel to release"),
                    icon="rubber-stamp",
                    since="received_at",
                    find=to_release,
                    answers=answers_on_quality,
                ),
            ),
        ),
        Offer(
            operation=quality.hold_consignment,
            label=gettext_lazy("Hold for quality"),
            icon="barrier-block",
            question=gettext_lazy("It stays blocked in its tanks. Say what is wrong."),
        ),
        Offer(
            operation=quality.approve_transport_loss,
            label=gettext_lazy("Approve the loss"),
            icon="check",
            tone="primary",
            question=gettext_lazy(
                "What is missing leaves stock and account book as an approved adjustment; beyond the tolerance duty and"
                " tax become payable at the rates of today. Say why it was lost."
            ),
            told=loss_approved,
            waits=(
                Waits(
                    label=gettext_lazy("Transport losses to approve"),
                    icon="scale",
                    since="released_at",
                    find=losses_to_approve,
                ),
            ),
        ),
        Offer(
            operation=over_deliveries.admit_over_delivery,
            label=gettext_lazy("Admit the over-delivery"),
            icon="circle-check",
            tone="primary",
            question=gettext_lazy(
                "What came over the document enters the account book, with duty and tax at the rates of today."
            ),
            form=OverAdmissionForm,
            asked=shapes.OverAdmissionRequest,
            told=over_admitted,
            waits=(
                Waits(
                    label=gettext_lazy("Over-deliveries to admit"),
                    icon="circle-check",
                    since="received_at",
                    find=over_deliveries_to_decide,
                    answers=("admit_over", "take_out_over"),
                ),
            ),
        ),
        Offer(
            operation=over_deliveries.take_out_over_delivery,
            label=gettext_lazy("Take out the over-delivery"),
            icon="truck-delivery",
            question=gettext_lazy("What came over the document leaves the tanks for where it came from. Say why."),
            form=OverTakenOutForm,
            asked=shapes.OverTakenOutRequest,
            told=over_taken_out,
        ),
        number_offer(
            FuelConsignment,
            ConsignmentState.ACCEPTED,
            ConsignmentState.GAUGED,
            ConsignmentState.HELD,
            ConsignmentState.RELEASED,
        ),
        offer_take_back(declaring.take_back_consignment),
        offer_void(declaring.void_consignment),
        offer_reversal(declaring.reverse_consignment, told=None),
    ),
    columns={
        "state": StatusColumn(verbose_name=gettext_lazy("State")),
        "customs_status": tables.Column(verbose_name=gettext_lazy("Duty status")),
        "supplier": tables.Column(
            accessor="supplier__name", verbose_name=gettext_lazy("Supplier"), attrs={"td": {"class": "wrap"}}
        ),
        "product": CodeColumn(accessor="product__code", verbose_name=gettext_lazy("Product")),
        "transport": tables.Column(verbose_name=gettext_lazy("Transport")),
        "document_mass_kg": QuantityColumn(verbose_name=gettext_lazy("By document (kg)")),
        "received_mass_kg": QuantityColumn(verbose_name=gettext_lazy("Received (kg)")),
        "transport_loss_kg": QuantityColumn(verbose_name=gettext_lazy("Loss (kg)"), orderable=False),
        "received_at": LocalTimeColumn(verbose_name=gettext_lazy("Received")),
    },
    sequence=(
        *("number", "state", "site", "customs_status", "document_mass_kg", "received_mass_kg"),
        *("transport_loss_kg", "received_at", "...", "prepared_at", "prepared_by"),
    ),
    empty_text=gettext_lazy("No consignment matches what you asked for."),
    searched=("number", "declaration_number", "bonded_note_number", "vehicles", "supplier__name", "supplier__code"),
    filters={
        "state": filters.MultipleChoiceFilter(choices=ConsignmentState.choices, label=gettext_lazy("State")),
        "customs_status": filters.ChoiceFilter(choices=DUTY_STATUSES, label=gettext_lazy("Duty status")),
        "book": CodeFilter("book__number", label=gettext_lazy("Number of the account book")),
        "supplier": CodeFilter("supplier__code", label=gettext_lazy("Code of the supplier")),
        "tank": CodeFilter("receipts__tank__place__code", label=gettext_lazy("Code of a tank that received of it")),
    },
    folded=("book", "supplier", "tank"),
    related=("site", "supplier", "product", "prepared_by"),
    detail_related=("site__zone", "book", "supplier", "product", "lot", *DIFFERENCES, *PEOPLE),
    facts=(
        *("site", "customs_status", "book", "source", "transport", "supplier", "product", "origin"),
        *("declaration_number", "bonded_note_number", "vehicles", "seals"),
        *("document_litres_15c", "document_density_15c"),
        *("invoice_value", "currency", "exchange_rate_cny_per_unit", "loss_tolerance_percent", "lot"),
        *("certificate_kind", "certificate_number", "specification", "batch_number"),
        *("prepared_by", "prepared_at", "accepted_by", "accepted_at"),
        *("received_by", "received_at", "released_by", "released_at", "remark"),
    ),
    figures=figures,
    tables=what_came,
    about=each(about),
    unfinished=(
        "prepared_at",
        (
            *(ConsignmentState.DRAFT, ConsignmentState.ADVISED, ConsignmentState.RETURNED, ConsignmentState.ACCEPTED),
            *(ConsignmentState.GAUGED, ConsignmentState.HELD),
        ),
    ),
    bridge=BRIDGE,
    answers=Answers(
        whole=shapes.ConsignmentSerializer,
        row=shapes.ConsignmentRowSerializer,
        doc="Fuel that arrives: advised, accepted by customs where it is bonded, measured, held for quality, released.",
        related=("site", "book", "supplier", "product", "lot", "over_delivery__over_lot", *DIFFERENCES, *PEOPLE),
        lines=("receipts__tank__place", "receipts__gauge_before", "receipts__gauge_after", "receipts__meter"),
    ),
    pages={"detail": ConsignmentDetail},
)
