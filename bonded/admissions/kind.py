"""Admissions: goods that enter a bonded warehouse, declared to one account book."""

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from bonded.about import number_of_lines
from bonded.acceptance import AcceptancePreview, preview_admissions
from bonded.admissions.api import AdmissionResource
from bonded.admissions.bridge import BRIDGE
from bonded.admissions.form import AdmissionForm, AdmissionLines, ArrivalForm, CountForm
from bonded.admissions.operations import admissions, receiving
from bonded.admissions.pages import AdmissionAccept, AdmissionCount, AdmissionDetail, AdmissionList
from bonded.admissions.shapes import (
    AdmissionRequest,
    AdmissionRowSerializer,
    AdmissionSerializer,
    ArrivalRequest,
    CountRequest,
)
from bonded.filters import with_line
from bonded.models import Admission, AdmissionLine, AdmissionSource, AdmissionState
from bonded.offers import offer_acceptance, offer_closing, offer_submission
from bonded.views.documents import GoodsChange, GoodsDraft
from customs.declaration_number_pages import number_offer
from documents.kinds import Answers, Entry, Kind, Offer, Waits
from documents.offers import offer_change, offer_return, offer_take_back, offer_void
from documents.reversals.asking import offer_reversal_request
from registry.columns import CodeColumn, MoneyColumn, QuantityColumn, StatusColumn
from registry.filters import CodeFilter
from registry.pages import Text
from registry.wording import money_text, quantity_text

PEOPLE = ("prepared_by", "accepted_by", "counted_by")


def about(found: list[Any]) -> dict[int, list[str]]:
    """What each declares, and what it suspends."""
    rows = AdmissionLine.objects.filter(admission__in=found).order_by().values("admission")
    sums = rows.annotate(number=Count("pk"), mass=Sum("net_mass_kg")).values_list("admission", "number", "mass")
    lines = {pk: [number_of_lines(number), quantity_text(mass, "kg")] for pk, number, mass in sums}
    previews = preview_admissions(found, at=timezone.now())
    return {
        one.pk: [one.get_source_display(), str(one.owner), *lines[one.pk], *_suspending(previews[one.pk])]
        for one in found
    }


def _suspending(preview: AcceptancePreview) -> list[str]:
    """What accepting it would suspend, or why it would be refused."""
    if preview.refused:
        return [preview.refused]
    words = {
        "value": money_text(preview.customs_value_cny, "CNY"),
        "tax": money_text(preview.tax_cny, "CNY"),
    }
    told = [_("customs value %(value)s, duty and tax %(tax)s") % words]
    if preview.guarantee is not None:
        free = money_text(preview.guarantee.free_after_cny, "CNY")
        told.append(_("%(free)s of the guarantee free afterwards") % {"free": free})
    return told


def counted(admission: Admission) -> Text:
    """What is said when its goods are counted."""
    return _("%(number)s was counted, and its goods are in stock.") % {"number": admission.number}


KIND = Kind(
    model=Admission,
    path="admissions",
    title=gettext_lazy("Admissions"),
    section="goods",
    place=110,
    icon="package-import",
    shortcut="a",
    entry=Entry(
        operation=admissions.prepare_admission,
        title=gettext_lazy("New admission"),
        form=AdmissionForm,
        lines=AdmissionLines,
        asked=AdmissionRequest,
    ),
    offers=(
        offer_acceptance(
            admissions.accept_admission,
            page=AdmissionAccept,
            waits=Waits(label=gettext_lazy("Admissions to accept or return"), icon="package-import"),
        ),
        offer_return(admissions.return_admission),
        offer_submission(
            admissions.submit_admission,
            Waits(label=gettext_lazy("Admissions to correct"), icon="arrow-back-up", states=(AdmissionState.RETURNED,)),
            Waits(label=gettext_lazy("Admissions to finish and submit"), icon="pencil", states=(AdmissionState.DRAFT,)),
        ),
        offer_change(admissions.amend_admission),
        Offer(
            operation=admissions.record_arrival,
            label=gettext_lazy("Record arrival"),
            icon="truck-delivery",
            tone="primary",
            question=gettext_lazy("The goods have come through the gate."),
            form=ArrivalForm,
            asked=ArrivalRequest,
            waits=(Waits(label=gettext_lazy("Admissions on their way here"), icon="truck-delivery"),),
        ),
        Offer(
            operation=receiving.count_admission,
            label=gettext_lazy("Enter the count"),
            icon="clipboard-check",
            tone="primary",
            form=CountForm,
            asked=CountRequest,
            told=counted,
            page=AdmissionCount,
            waits=(Waits(label=gettext_lazy("Admissions to count"), icon="package-import"),),
        ),
        offer_closing(admissions.close_admission),
        offer_take_back(admissions.take_back_admission),
        offer_void(admissions.void_admission),
        offer_reversal_request(admissions.ask_to_reverse_admission),
        number_offer(Admission, *AdmissionState),
    ),
    columns={
        "state": StatusColumn(verbose_name=gettext_lazy("State")),
        "source": tables.Column(verbose_name=gettext_lazy("Source")),
        "owner": tables.Column(accessor="owner__name", verbose_name=gettext_lazy("Goods owner")),
        "book": CodeColumn(accessor="book__number", verbose_name=gettext_lazy("Account book")),
        "line_count": QuantityColumn(verbose_name=pgettext_lazy("how many", "Lines")),
        "tax_cny": MoneyColumn(verbose_name=gettext_lazy("Suspended (CNY)")),
    },
    empty_text=gettext_lazy("No admission matches what you asked for."),
    searched=("number", "declaration_number", "vehicle", "owner__name", "owner__code"),
    filters={
        "state": filters.MultipleChoiceFilter(choices=AdmissionState.choices, label=gettext_lazy("State")),
        "source": filters.ChoiceFilter(choices=AdmissionSource.choices, label=gettext_lazy("Source")),
        "book": CodeFilter("book__number", label=gettext_lazy("Number of the account book")),
        "owner": CodeFilter("owner__code", label=gettext_lazy("Code of the goods owner")),
        "item": filters.CharFilter(
            method=with_line(AdmissionLine, "admission", "item__code"), label=gettext_lazy("Item number in a line")
        ),
    },
    folded=("book", "owner", "item"),
    related=("site__zone", "owner", "book", "prepared_by"),
    detail_related=("site__zone", "book", "owner", *PEOPLE),
    facts=(
        *("site", "book", "owner", "source", "declaration_number", "vehicle", "prepared_by", "prepared_at"),
        *("accepted_by", "accepted_at", "arrived_at", "counted_by", "counted_at", "remark"),
    ),
    about=about,
    unfinished=(
        "prepared_at",
        (
            *(AdmissionState.DRAFT, AdmissionState.SUBMITTED, AdmissionState.RETURNED),
            *(AdmissionState.ACCEPTED, AdmissionState.ARRIVED),
        ),
    ),
    bridge=BRIDGE,
    answers=Answers(
        whole=AdmissionSerializer,
        row=AdmissionRowSerializer,
        doc="Goods that enter a bonded warehouse: drafted, submitted, accepted, arrived, counted, closed.",
        related=("site", "book", "owner", *PEOPLE),
        lines=(
            *("lines__item", "lines__lot", "lines__over_lot", "lines__counted__place"),
            *("undeclared__item", "undeclared__place", "undeclared__lot"),
        ),
        base=AdmissionResource,
    ),
    pages={"list": AdmissionList, "add": GoodsDraft, "detail": AdmissionDetail, "change": GoodsChange},
)
