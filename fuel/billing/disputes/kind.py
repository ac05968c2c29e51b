"""What an airline disputes of a statement."""

from collections.abc import Iterator

import django_filters as filters
import django_tables2 as tables
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.kinds import Answers, Figures, Kind, Offer, Waits, each
from fuel.billing.charges.shapes import CreditRequest
from fuel.billing.disputes import operations
from fuel.billing.disputes.form import MessageForm
from fuel.billing.disputes.pages import DisputeDetail, DisputeList, DisputeMessagePage
from fuel.billing.disputes.resource import DisputeResource
from fuel.billing.disputes.shapes import DisputeRowSerializer, DisputeSerializer, MessageRequest
from fuel.filters import AirlineChoiceFilter
from fuel.forms.prices import CreditForm
from fuel.models import Dispute, DisputeGround, DisputeState
from registry.columns import CodeColumn, MoneyColumn, StatusColumn
from registry.filters import CodeFilter
from registry.navigation import READERS_OF_TICKETS
from registry.pages import Text
from registry.wording import money_text, quantity_text

OF_CHARGE = ("charge__ticket", "charge__manual")


def figures(dispute: Dispute) -> Figures:
    """What was charged."""
    charge = dispute.charge
    return [
        {"label": _("Amount charged"), "value": money_text(charge.total_amount), "unit": charge.currency},
        {"label": _("Observed volume"), "value": quantity_text(charge.litres_observed), "unit": "L"},
        {"label": _("Mass"), "value": quantity_text(charge.mass_kg), "unit": "kg"},
        {"label": _("Price per tonne"), "value": money_text(charge.unit_price), "unit": charge.currency},
    ]


def about(dispute: Dispute) -> Iterator[str]:
    """What the airline objects to."""
    charge = dispute.charge
    yield dispute.airline.iata_code
    yield str(dispute.get_ground_display())
    yield _("Ticket %(ticket)s") % {"ticket": charge.told_number} if charge.ticket else charge.price_basis
    yield _("%(amount)s charged") % {"amount": money_text(charge.total_amount, charge.currency)}
    if dispute.claimed_amount is not None:
        yield _("%(amount)s claimed") % {"amount": money_text(dispute.claimed_amount, charge.currency)}


def answered(dispute: Dispute) -> Text:
    """What is said when the airline was answered."""
    return _("%(number)s was answered.") % {"number": dispute.number}


def replied(dispute: Dispute) -> Text:
    """What is said when the airline has added something."""
    return _("Your reply to %(number)s was sent.") % {"number": dispute.number}


def credited(dispute: Dispute) -> Text:
    """What is said when the charge was taken back."""
    words = {"number": dispute.number, "statement": dispute.statement.number}
    return _("%(number)s is credited. Issue %(statement)s again, or let it go on the next statement.") % words


KIND = Kind(
    model=Dispute,
    path="disputes",
    title=gettext_lazy("Disputes"),
    section="fuel",
    place=235,
    icon="help-circle",
    readers=READERS_OF_TICKETS,
    offers=(
        Offer(
            operation=operations.answer_dispute,
            label=gettext_lazy("Answer"),
            icon="send",
            tone="primary",
            form=MessageForm,
            asked=MessageRequest,
            told=answered,
            page=DisputeMessagePage,
        ),
        Offer(
            operation=operations.credit_dispute,
            label=gettext_lazy("Credit"),
            icon="cash-banknote",
            question=gettext_lazy(
                "The charge is taken back, whole or down to what is right; it stands on the next statement."
            ),
            form=CreditForm,
            asked=CreditRequest,
            told=credited,
            waits=(
                Waits(
                    label=gettext_lazy("Disputes to answer"),
                    icon="help-circle",
                    states=(DisputeState.OPEN,),
                    answers=("credit", "refuse"),
                ),
            ),
        ),
        Offer(
            operation=operations.refuse_dispute,
            label=gettext_lazy("Let the charge stand"),
            icon="x",
            tone="outline-danger",
            question=gettext_lazy("The airline reads why."),
        ),
        Offer(
            operation=operations.reply_to_dispute,
            label=gettext_lazy("Reply"),
            icon="send",
            tone="primary",
            form=MessageForm,
            asked=MessageRequest,
            told=replied,
            page=DisputeMessagePage,
        ),
        Offer(
            operation=operations.withdraw_dispute,
            label=gettext_lazy("Withdraw"),
            icon="arrow-back-up",
            question=gettext_lazy("The charge stands. Say why; the supplier reads it."),
        ),
    ),
    columns={
        "state": StatusColumn(verbose_name=gettext_lazy("State")),
        "airline": CodeColumn(accessor="airline__iata_code", verbose_name=gettext_lazy("Airline")),
        "statement": CodeColumn(accessor="statement__number", verbose_name=gettext_lazy("Statement")),
        "ticket": CodeColumn(accessor="charge__ticket__ticket_number", verbose_name=gettext_lazy("Ticket")),
        "flight": CodeColumn(accessor="charge__flight_number", verbose_name=gettext_lazy("Flight")),
        "flight_date": tables.DateColumn(accessor="charge__flight_date", verbose_name=gettext_lazy("Flight date")),
        "ground": tables.Column(verbose_name=gettext_lazy("Ground")),
        "amount": MoneyColumn(
            accessor="charge__total_amount", verbose_name=gettext_lazy("Amount charged"), orderable=False
        ),
        "claimed_amount": MoneyColumn(verbose_name=gettext_lazy("Claimed")),
        "currency": CodeColumn(accessor="charge__currency", verbose_name=gettext_lazy("Currency")),
    },
    sequence=(
        *("number", "state", "airline", "ground", "statement", "ticket", "flight", "flight_date"),
        *("amount", "claimed_amount", "currency", "prepared_at", "prepared_by", "site", "..."),
    ),
    empty_text=gettext_lazy("No dispute matches what you asked for."),
    searched=("number", "statement__number", "charge__ticket__ticket_number", "charge__flight_number"),
    filters={
        "state": filters.MultipleChoiceFilter(choices=DisputeState.choices, label=gettext_lazy("State")),
        "ground": filters.ChoiceFilter(choices=DisputeGround.choices, label=gettext_lazy("Ground")),
        "airline": AirlineChoiceFilter(),
        "statement": CodeFilter("statement__number", label=gettext_lazy("Number of the statement")),
    },
    folded=("statement",),
    related=("site", "airline", "statement", *OF_CHARGE, "prepared_by"),
    detail_related=(
        *("site__zone", "airline__organisation", "statement", "prepared_by", "decided_by"),
        *("charge__ticket__site", "charge__ticket__replaced_by", "charge__airport", "charge__destination"),
        "charge__manual",
    ),
    facts=(
        *("airline", "site", "statement", "ground", "claimed_amount", "prepared_by", "prepared_at"),
        *("decided_by", "decided_at"),
    ),
    figures=figures,
    about=each(about),
    pages={"list": DisputeList, "detail": DisputeDetail},
    answers=Answers(
        whole=DisputeSerializer,
        row=DisputeRowSerializer,
        doc="What airlines dispute of their statements. An airline reads and raises its own, and no others.",
        related=("site", "prepared_by", "airline__organisation", "statement", "decided_by", *OF_CHARGE),
        base=DisputeResource,
    ),
)
