"""What stock and lots can be asked for."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ledger.above import above
from ledger.models import Lot
from ledger.postings import CustomsStatus, Hold, Journal
from ledger.queries import CLOSE_LIMITS, Grouping, by_time_limit
from registry.filters import FoldingFilterSet, SearchFilterSet, SiteChoiceFilter, yes_or_no
from registry.models import BOUNDARY_KINDS, Item, Organisation, PlaceKind, Site

GROUPINGS = [
    (Grouping.ITEM.value, _("By item")),
    (Grouping.LOT.value, _("By lot")),
    (Grouping.PLACE.value, _("By place")),
    (Grouping.SITE.value, _("By site")),
    (Grouping.STATUS.value, _("By customs status")),
    (Grouping.OWNER.value, _("By owner")),
]
JOURNALS = [(Journal.STOCK.value, _("On the floor")), (Journal.CUSTOMS.value, _("In the account books"))]
HOLDS = [("", _("Any")), *Hold.choices]
INTERNAL_KINDS = [(kind.value, kind.label) for kind in PlaceKind if kind not in BOUNDARY_KINDS]
TIME_LIMITS = [
    ("late", _("Has passed")),
    *((str(days), format_lazy(_("{days} days or less"), days=days)) for days in CLOSE_LIMITS),
]


def owners(_request: Any) -> QuerySet[Organisation]:
    """Whoever owns a lot."""
    return Organisation.objects.filter(Exists(Lot.objects.filter(owner=OuterRef("pk"))))


def visible_books(request: Any) -> QuerySet[Any]:
    return above.books(request.user)


def visible_items(request: Any) -> QuerySet[Item]:
    return Item.objects.visible_to(request.user) if request is not None else Item.objects.none()


class StockFilter(FoldingFilterSet):
    """Asked of the ledger, which sums and sorts what is left; nothing here narrows a queryset."""

    folded = ("place_kind", "owner", "status", "hold", "book", "journal")

    by = filters.ChoiceFilter(
        method="leave_to_the_ledger", choices=GROUPINGS, widget=forms.HiddenInput, label=_("Group by")
    )
    item = filters.ModelChoiceFilter(
        method="leave_to_the_ledger", queryset=visible_items, widget=forms.HiddenInput, label=_("Item")
    )
    q = filters.CharFilter(
        method="leave_to_the_ledger",
        label=_("Item or lot"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    site = SiteChoiceFilter(method="leave_to_the_ledger")
    place = filters.CharFilter(
        method="leave_to_the_ledger",
        label=_("Place"),
        widget=forms.TextInput(attrs={"data-code": "true", "autocomplete": "off", "spellcheck": "false"}),
    )
    place_kind = filters.ChoiceFilter(method="leave_to_the_ledger", choices=INTERNAL_KINDS, label=_("Kind of place"))
    owner = filters.ModelChoiceFilter(method="leave_to_the_ledger", queryset=owners, label=_("Goods owner"))
    status = filters.ChoiceFilter(
        method="leave_to_the_ledger", choices=CustomsStatus.choices, label=_("Customs status")
    )
    hold = filters.TypedChoiceFilter(method="leave_to_the_ledger", choices=HOLDS, coerce=int, label=_("Hold"))
    book = filters.ModelChoiceFilter(method="leave_to_the_ledger", queryset=visible_books, label=_("Account book"))
    journal = filters.TypedChoiceFilter(method="leave_to_the_ledger", choices=JOURNALS, coerce=int, label=_("Journal"))
    through_date = filters.DateFilter(
        method="leave_to_the_ledger", label=_("At the end of this day"), widget=forms.DateInput
    )
    known_at = filters.DateTimeFilter(method="leave_to_the_ledger", label=_("As known at"), widget=forms.DateTimeInput)

    class Meta:
        model = Site
        fields = ()

    def leave_to_the_ledger(self, queryset: QuerySet[Any], _name: str, _value: Any) -> QuerySet[Any]:
        return queryset


class LotFilter(SearchFilterSet):
    searched = ("number", "item__code", "item__name", "item__name_zh", "hs_code", "document_number")
    folded = ("owner", "customs_status", "admitted_from", "admitted_through")
    site = SiteChoiceFilter()
    owner = filters.ModelChoiceFilter(queryset=owners, label=_("Goods owner"))
    customs_status = filters.ChoiceFilter(choices=CustomsStatus.choices, label=_("Customs status"))
    is_held = yes_or_no(_("Still in stock"), method="filter_held")
    time_limit = filters.ChoiceFilter(choices=TIME_LIMITS, method="filter_time_limit", label=_("Time limit"))
    admitted_from = filters.DateFilter(
        field_name="admitted_date", lookup_expr="gte", label=_("Admitted from"), widget=forms.DateInput
    )
    admitted_through = filters.DateFilter(
        field_name="admitted_date", lookup_expr="lte", label=_("Admitted through"), widget=forms.DateInput
    )

    class Meta:
        model = Lot
        fields = ()

    def filter_held(self, queryset: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001
        held = Q(stock_quantity__gt=0) | Q(book_quantity__gt=0)
        return queryset.filter(held if value else ~held)

    def filter_time_limit(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return by_time_limit(queryset, value, at=timezone.now())
