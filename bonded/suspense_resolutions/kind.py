"""Settlements of goods in suspense: asked for by who posts, decided by a second person."""

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonded.about import value_and_payable
from bonded.api.views.payments import PayableResource
from bonded.columns import PaidColumn
from bonded.models import WAYS_OF_CUSTOMS, SuspenseResolution, SuspenseState, SuspenseWay
from bonded.offers import offer_payment
from bonded.paid_filter import paid_filter
from bonded.suspense import suspense_positions
from bonded.suspense_resolutions import operations
from bonded.suspense_resolutions.form import ResolutionForm
from bonded.suspense_resolutions.pages import ResolutionDetail, ResolutionList
from bonded.suspense_resolutions.shapes import ResolutionRequest, ResolutionRowSerializer, ResolutionSerializer
from bonded.views.payments import PAYMENT_FACTS
from documents.kinds import Answers, Entry, Figures, Kind, Offer, Waits
from documents.offers import offer_take_back
from documents.officers import Decider
from documents.reversals.asking import offer_reversal_request
from registry.columns import CodeColumn, MoneyColumn, QuantityColumn, StatusColumn
from registry.filters import CodeFilter
from registry.pages import Text
from registry.wording import money_text, name_text, quantity_text


def figures(resolution: Any) -> Figures:
    """What is to be settled, and what is payable on it."""
    item = resolution.lot.item
    shown = [{"label": name_text(item), "value": quantity_text(resolution.quantity), "unit": str(item.unit)}]
    if resolution.tax_cny is None:
        return shown
    amounts = (
        (_("Customs value"), resolution.customs_value_cny),
        (_("Duty"), resolution.duty_cny),
        (_("Consumption tax"), resolution.consumption_tax_cny),
        (_("VAT"), resolution.vat_cny),
        (_("Payable duty and tax"), resolution.tax_cny),
    )
    return shown + [{"label": label, "value": money_text(amount), "unit": "CNY"} for label, amount in amounts]


def to_decide(who: Decider) -> QuerySet[Any]:
    """Settlements that wait for customs, or for a supervisor where nothing changes that customs accepted."""
    is_of_customs = Q(way__in=WAYS_OF_CUSTOMS)
    mine = Q(site__in=who.is_officer_at) | ~is_of_customs & Q(site__in=who.supervises)
    return SuspenseResolution.objects.filter(mine, state=SuspenseState.SUBMITTED)


def about(resolutions: list[Any]) -> dict[int, list[str]]:
    """What is to become of how much, and what becomes payable where short goods are taxed."""
    taxed = [one for one in resolutions if one.way == SuspenseWay.TAXED]
    sites = {one.site_id: one.site for one in taxed}
    positions = suspense_positions(sites=sites.values(), lot_ids=[one.lot_id for one in taxed]) if taxed else []
    short = {(one.site.pk, one.lot.pk): one for one in positions if one.is_short}
    found = {}
    for one in resolutions:
        item = one.lot.item
        words = [one.get_way_display(), item.code, quantity_text(one.quantity, str(item.unit))]
        position = short.get((one.site_id, one.lot_id))
        if one.way == SuspenseWay.TAXED and position is not None:
            operations.assess_short(one, position)
            words.append(value_and_payable(one.customs_value_cny, one.tax_cny))
        found[one.pk] = [str(word) for word in words]
    return found


def submitted(resolution: SuspenseResolution) -> Text:
    """What is said when somebody has asked for it."""
    return _("%(number)s was submitted. It waits for somebody else to decide.") % {"number": resolution.number}


KIND = Kind(
    model=SuspenseResolution,
    path="settlements",
    title=gettext_lazy("Settlements of goods in suspense"),
    place=155,
    entry=Entry(
        operation=operations.submit_resolution,
        title=gettext_lazy("Settle goods in suspense"),
        form=ResolutionForm,
        button=gettext_lazy("Ask for the decision"),
        asked=ResolutionRequest,
        told=submitted,
    ),
    offers=(
        Offer(
            operation=operations.approve_resolution,
            label=gettext_lazy("Approve"),
            icon="check",
            tone="primary",
            question=gettext_lazy(
                "The goods leave suspense at once. Where they become taxable, the rates of their acceptance count."
            ),
            waits=(
                Waits(
                    label=gettext_lazy("Settlements of suspense to decide"),
                    icon="scale",
                    find=to_decide,
                    answers=("approve", "refuse"),
                ),
            ),
        ),
        Offer(
            operation=operations.refuse_resolution,
            label=gettext_lazy("Refuse"),
            icon="x",
            question=gettext_lazy("Everything stays as it is. Say why; who asked for it reads this."),
        ),
        offer_take_back(
            operations.take_back_resolution,
            question=gettext_lazy(
                "Nobody has decided on it yet. The goods stay in suspense; they can be settled anew."
            ),
        ),
        offer_payment(operations.pay_for_short_goods),
        offer_reversal_request(operations.ask_to_reverse_resolution),
    ),
    columns={
        "state": StatusColumn(verbose_name=gettext_lazy("State")),
        "way": tables.Column(verbose_name=gettext_lazy("How it is settled"), attrs={"td": {"class": "wrap"}}),
        "lot": CodeColumn(
            accessor="lot__number",
            linkify=lambda record: reverse("ledger:lot_detail", args=[record.lot_id]),
            verbose_name=gettext_lazy("Lot number"),
        ),
        "item": CodeColumn(accessor="lot__item__code", verbose_name=gettext_lazy("Item number")),
        "quantity": QuantityColumn(unit="lot__item__unit", verbose_name=gettext_lazy("Quantity")),
        "payable_cny": MoneyColumn(verbose_name=gettext_lazy("Payable (CNY)")),
        "payment_date": PaidColumn(),
    },
    empty_text=gettext_lazy("No settlement matches what you asked for."),
    searched=("number", "reason", "lot__number", "lot__item__code", "lot__item__name"),
    filters={
        "state": filters.MultipleChoiceFilter(choices=SuspenseState.choices, label=gettext_lazy("State")),
        "way": filters.MultipleChoiceFilter(choices=SuspenseWay.choices, label=gettext_lazy("How it is settled")),
        "is_paid": paid_filter(),
        "lot": CodeFilter("lot__number", label=gettext_lazy("Number of the lot")),
        "admission": CodeFilter("admission__number", label=gettext_lazy("Number of the admission")),
    },
    folded=("lot", "admission"),
    related=("site", "prepared_by", "lot__item__unit"),
    detail_related=(
        *("site__zone", "lot__item__unit", "book", "to_place", "admission"),
        *("prepared_by", "decided_by", "payment_recorded_by"),
    ),
    facts=(
        *("site", "way", "lot", "book", "to_place", "admission", "reason"),
        *("prepared_by", "prepared_at", "decided_by", "decided_at", *PAYMENT_FACTS, "remark"),
    ),
    figures=figures,
    about=about,
    reason=lambda resolution: str(resolution.reason),
    unfinished=("prepared_at", (SuspenseState.SUBMITTED,)),
    answers=Answers(
        whole=ResolutionSerializer,
        row=ResolutionRowSerializer,
        doc="Settlements of goods in suspense: asked for by who posts, decided by a second person.",
        path="suspense-resolutions",
        related=(
            *("site", "prepared_by", "decided_by", "payment_recorded_by"),
            *("lot__item", "book", "to_place", "admission"),
        ),
        base=PayableResource,
    ),
    pages={"list": ResolutionList, "add": None, "detail": ResolutionDetail},
)
