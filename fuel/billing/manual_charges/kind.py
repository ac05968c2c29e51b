"""What is charged to an airline, or given back, by hand."""

from collections.abc import Iterator

import django_filters as filters
import django_tables2 as tables
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.kinds import Answers, Entry, Figures, Kind, Offer, Waits, each
from documents.offers import offer_change, offer_return, offer_take_back, offer_void
from fuel.billing.manual_charges import operations
from fuel.billing.manual_charges.form import ManualChargeForm
from fuel.billing.manual_charges.pages import ManualChargeApprove, ManualChargeDetail
from fuel.billing.manual_charges.shapes import ManualChargeRequest, ManualChargeRowSerializer, ManualChargeSerializer
from fuel.filters import AirlineChoiceFilter
from fuel.models import ManualCharge, ManualChargeState
from registry.columns import CodeColumn, MoneyColumn, StatusColumn
from registry.filters import CodeFilter
from registry.pages import Text
from registry.wording import local_time_text, money_text


def figures(charge: ManualCharge) -> Figures:
    """What it comes to."""
    told = ((_("Net"), charge.net_amount), (_("VAT"), charge.vat_amount), (_("Total"), charge.total_amount))
    return [{"label": label, "value": money_text(amount), "unit": charge.currency} for label, amount in told]


def about(charge: ManualCharge) -> Iterator[str]:
    """What is to be approved."""
    yield charge.contract.airline.iata_code
    yield charge.description
    period = {"from": local_time_text(charge.from_date), "to": local_time_text(charge.through_date)}
    yield _("%(from)s to %(to)s") % period
    yield _("%(amount)s with VAT") % {"amount": money_text(charge.total_amount, charge.currency)}
    yield charge.reason


def asked(charge: ManualCharge) -> Text:
    """What is said when it has been asked for."""
    words = {"number": charge.number}
    return _("%(number)s waits until somebody else approves it; nothing is charged yet.") % words


KIND = Kind(
    model=ManualCharge,
    path="manual-charges",
    title=gettext_lazy("Manual charges"),
    section="fuel",
    place=230,
    icon="coins",
    entry=Entry(
        operation=operations.ask_for_manual_charge,
        title=gettext_lazy("New manual charge"),
        subtitle=gettext_lazy(
            "Somebody else has to approve it; it then stands on the airline's next statement that goes through its"
            " period."
        ),
        form=ManualChargeForm,
        button=gettext_lazy("Send"),
        button_again=gettext_lazy("Send again"),
        asked=ManualChargeRequest,
        told=asked,
    ),
    offers=(
        Offer(
            operation=operations.approve_manual_charge,
            label=gettext_lazy("Approve"),
            icon="check",
            tone="primary",
            question=gettext_lazy("It is charged, and stands on the airline's next statement."),
            page=ManualChargeApprove,
            waits=(
                Waits(label=gettext_lazy("Manual charges to approve"), icon="coins", answers=("approve", "return")),
            ),
        ),
        offer_return(operations.return_manual_charge),
        offer_change(
            operations.amend_manual_charge,
            waits=(Waits(label=gettext_lazy("Manual charges to correct"), icon="arrow-back-up"),),
        ),
        offer_take_back(operations.take_back_manual_charge),
        offer_void(operations.void_manual_charge),
    ),
    columns={
        "state": StatusColumn(verbose_name=gettext_lazy("State")),
        "airline": CodeColumn(accessor="contract__airline__iata_code", verbose_name=gettext_lazy("Airline")),
        "description": tables.Column(verbose_name=gettext_lazy("What is charged"), attrs={"td": {"class": "wrap"}}),
        "from_date": tables.DateColumn(verbose_name=gettext_lazy("From")),
        "through_date": tables.DateColumn(verbose_name=gettext_lazy("Through")),
        "net_amount": MoneyColumn(verbose_name=gettext_lazy("Net")),
        "vat_amount": MoneyColumn(verbose_name=gettext_lazy("VAT")),
        "total_amount": MoneyColumn(verbose_name=gettext_lazy("Total"), orderable=False),
        "currency": CodeColumn(verbose_name=gettext_lazy("Currency")),
        "contract": CodeColumn(accessor="contract__number", verbose_name=gettext_lazy("Contract")),
    },
    sequence=(
        *("number", "state", "airline", "description", "total_amount", "currency", "from_date", "through_date"),
        *("net_amount", "vat_amount", "prepared_at", "prepared_by", "site", "..."),
    ),
    empty_text=gettext_lazy("No manual charge matches what you asked for."),
    searched=("number", "contract__number", "contract__airline__iata_code", "description", "reason", "remark"),
    filters={
        "state": filters.MultipleChoiceFilter(choices=ManualChargeState.choices, label=gettext_lazy("State")),
        "airline": AirlineChoiceFilter("contract__airline"),
        "contract": CodeFilter("contract__number", label=gettext_lazy("Contract number")),
    },
    folded=("contract",),
    related=("site", "prepared_by", "contract__airline"),
    detail_related=("site__zone", "contract__airline__organisation", "contract__index", "prepared_by", "decided_by"),
    facts=(
        *("site", "contract", "from_date", "through_date", "description", "reason", "currency"),
        *("prepared_by", "prepared_at", "decided_by", "decided_at", "remark"),
    ),
    figures=figures,
    about=each(about),
    pages={"detail": ManualChargeDetail},
    answers=Answers(
        whole=ManualChargeSerializer,
        row=ManualChargeRowSerializer,
        doc=(
            "What is charged to airlines, or given back, by hand. What is charged is found, and credited, under"
            " /charges/."
        ),
        related=("site", "prepared_by", "decided_by", "contract__airline"),
    ),
)
