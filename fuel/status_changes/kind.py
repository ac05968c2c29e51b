"""Status changes: bonded fuel in a tank that customs clears for the domestic market."""

from collections.abc import Iterator
from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.kinds import Answers, Entry, Figures, Kind, Offer, Waits, each
from documents.offers import offer_change, offer_return, offer_reversal, offer_take_back, offer_void
from documents.tables import WITH_TALL_HEAD
from fuel.models import StatusChange, StatusChangeState
from fuel.status_changes import operations
from fuel.status_changes.form import StatusChangeForm
from fuel.status_changes.shapes import StatusChangeRequest, StatusChangeRowSerializer, StatusChangeSerializer
from registry.columns import CodeColumn, LocalTimeColumn, MoneyColumn, QuantityColumn, StatusColumn
from registry.filters import CodeFilter, yes_or_no
from registry.pages import Text
from registry.wording import money_text, quantity_text

POSTED = (StatusChangeState.POSTED, StatusChangeState.REVERSED)
TANKS = ("from_tank__place", "to_tank__place")


class LotTable(tables.Table):
    """What of each bonded lot was cleared, the tax payable on it, and the duty-paid lot that it became."""

    lot = CodeColumn(accessor="lot__number", verbose_name=gettext_lazy("Bonded lot"))
    new_lot = CodeColumn(accessor="new_lot__number", verbose_name=gettext_lazy("Duty-paid lot"))
    mass_kg = QuantityColumn(verbose_name=gettext_lazy("Mass (kg)"))
    customs_value_cny = MoneyColumn(verbose_name=gettext_lazy("Customs value (CNY)"))
    duty_cny = MoneyColumn(verbose_name=gettext_lazy("Duty (CNY)"))
    consumption_tax_cny = MoneyColumn(verbose_name=gettext_lazy("Consumption tax (CNY)"))
    vat_cny = MoneyColumn(verbose_name=gettext_lazy("VAT (CNY)"))
    tax_cny = MoneyColumn(verbose_name=gettext_lazy("Tax payable (CNY)"))

    class Meta:
        caption = gettext_lazy("Lots cleared, oldest first")
        attrs = WITH_TALL_HEAD
        orderable = False


def figures(change: StatusChange) -> Figures:
    """What is cleared, and the tax payable on it."""
    mass = _("Mass cleared") if change.state in POSTED else _("Mass to be cleared")
    amounts = (
        (_("Customs value"), change.customs_value_cny),
        (_("Duty"), change.duty_cny),
        (_("Consumption tax"), change.consumption_tax_cny),
        (_("VAT"), change.vat_cny),
        (_("Tax payable"), change.tax_cny),
    )
    return [
        {"label": mass, "value": quantity_text(change.mass_kg), "unit": "kg"},
        *({"label": label, "value": money_text(amount), "unit": "CNY"} for label, amount in amounts),
    ]


def cleared_lots(change: Any) -> list[tuple[Text, Any]]:
    """The lots, once it is posted."""
    if change.state not in POSTED:
        return []
    return [(_("Lots cleared, oldest first"), LotTable(change.lots.select_related("lot", "new_lot")))]


def about(change: StatusChange) -> Iterator[str]:
    """What customs decides on."""
    yield _("Tank %(tank)s") % {"tank": change.from_tank.code}
    yield quantity_text(change.mass_kg, "kg")
    yield _("Customs value %(value)s") % {"value": money_text(change.customs_value_cny, "CNY")}
    yield _("Tax payable %(tax)s") % {"tax": money_text(change.tax_cny, "CNY")}
    yield _("Declaration %(number)s") % {"number": change.reference}


def asked(change: StatusChange) -> Text:
    """What is said when customs has been asked."""
    words = {"number": change.number, "tax": money_text(change.tax_cny, "CNY")}
    return _("%(number)s waits for customs; nothing is posted yet. It would come to %(tax)s of duty and tax.") % words


def accepted(change: StatusChange) -> Text:
    """What is said when customs has accepted."""
    words = {"number": change.number, "tax": money_text(change.tax_cny, "CNY")}
    return _("%(number)s was posted. Tax payable: %(tax)s.") % words


KIND = Kind(
    model=StatusChange,
    path="status-changes",
    title=gettext_lazy("Status changes"),
    section="fuel",
    place=260,
    icon="receipt-tax",
    entry=Entry(
        operation=operations.ask_for_status_change,
        title=gettext_lazy("New status change"),
        subtitle=gettext_lazy(
            "Released bonded fuel in a tank becomes duty-paid, the oldest consignment first, when customs accepts it."
        ),
        form=StatusChangeForm,
        button=gettext_lazy("Submit"),
        details=operations.StatusChangeDetails,
        asked=StatusChangeRequest,
        told=asked,
    ),
    offers=(
        Offer(
            operation=operations.accept_status_change,
            label=gettext_lazy("Accept"),
            icon="check",
            tone="primary",
            question=gettext_lazy(
                "The fuel is cleared for the domestic market, with duty and tax at the rates of the day it was cleared."
            ),
            told=accepted,
            waits=(
                Waits(label=gettext_lazy("Status changes to accept"), icon="receipt-tax", answers=("accept", "return")),
            ),
        ),
        offer_return(operations.return_status_change),
        offer_change(
            operations.amend_status_change,
            waits=(Waits(label=gettext_lazy("Status changes to correct"), icon="arrow-back-up"),),
        ),
        offer_take_back(operations.take_back_status_change),
        offer_void(operations.void_status_change),
        offer_reversal(operations.reverse_status_change),
    ),
    columns={
        "state": StatusColumn(verbose_name=gettext_lazy("State")),
        "from_tank": CodeColumn(accessor="from_tank__place__code", verbose_name=gettext_lazy("In tank")),
        "to_tank": CodeColumn(accessor="to_tank__place__code", verbose_name=gettext_lazy("To tank")),
        "mass_kg": QuantityColumn(verbose_name=gettext_lazy("Mass (kg)")),
        "reference": CodeColumn(verbose_name=gettext_lazy("Domestic declaration")),
        "changed_at": LocalTimeColumn(verbose_name=gettext_lazy("Cleared")),
        "tax_cny": MoneyColumn(verbose_name=gettext_lazy("Tax payable (CNY)"), orderable=False),
    },
    empty_text=gettext_lazy("No status change matches what you asked for."),
    searched=("number", "reference", "from_tank__place__code", "to_tank__place__code", "remark"),
    filters={
        "state": filters.MultipleChoiceFilter(choices=StatusChangeState.choices, label=gettext_lazy("State")),
        "from_tank": CodeFilter("from_tank__place__code", label=gettext_lazy("Code of the tank that the fuel lay in")),
        "to_tank": CodeFilter("to_tank__place__code", label=gettext_lazy("Code of the tank that the fuel came to")),
        "reference": CodeFilter("reference", label=gettext_lazy("Number of the domestic declaration")),
        "is_reversed": yes_or_no(gettext_lazy("Reversed")),
    },
    folded=("from_tank", "to_tank", "reference", "is_reversed"),
    related=("site", "prepared_by", *TANKS),
    detail_related=("site__zone", "prepared_by", "accepted_by", *TANKS),
    facts=(
        *("site", "from_tank", "to_tank", "reference", "changed_at", "rates_date"),
        *("prepared_by", "prepared_at", "accepted_by", "accepted_at", "remark"),
    ),
    figures=figures,
    tables=cleared_lots,
    about=each(about),
    unfinished=("changed_at", (StatusChangeState.DRAFT, StatusChangeState.ASKED, StatusChangeState.RETURNED)),
    answers=Answers(
        whole=StatusChangeSerializer,
        row=StatusChangeRowSerializer,
        doc="Bonded fuel cleared for the domestic market in its tank; posted when customs accepts it.",
        related=("site", "prepared_by", "accepted_by", *TANKS),
        lines=("lots__lot", "lots__new_lot"),
    ),
)
