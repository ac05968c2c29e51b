"""What lists of the ledger can be narrowed by; rows are named by code and number."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ledger.models import CustomsStatus, Entry, Hold, Journal, Lot, MovementKind, Transaction
from registry.filters import SearchFilterSet, yes_or_no
from registry.models import PlaceKind

JOURNALS = [(one.name.lower(), one.label) for one in Journal]
HOLDS = [(one.name.lower(), one.label) for one in Hold]


class LotFilter(SearchFilterSet):
    searched = ("number", "item__code", "item__name", "item__name_zh", "hs_code", "document_number")
    number = filters.CharFilter(lookup_expr="istartswith", label=_("Number begins with"))
    site = filters.CharFilter(field_name="site__code", label=_("Code of the site of admission"))
    item = filters.CharFilter(field_name="item__code", label=_("Item number"))
    owner = filters.CharFilter(field_name="owner__code", label=_("Code of the goods owner"))
    customs_status = filters.ChoiceFilter(choices=CustomsStatus.choices, label=_("Customs status"))
    document = filters.CharFilter(field_name="document_number", label=_("Number of the admission"))
    is_held = yes_or_no(_("Still in stock"), method="filter_held")
    admitted_from = filters.DateFilter(field_name="admitted_date", lookup_expr="gte", label=_("Admitted from"))
    admitted_through = filters.DateFilter(field_name="admitted_date", lookup_expr="lte", label=_("Admitted through"))

    class Meta:
        model = Lot
        fields = ()

    def filter_held(self, queryset: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001
        return queryset.filter(stock_quantity__gt=0) if value else queryset.filter(stock_quantity=0)


class TransactionFilter(filters.FilterSet):
    site = filters.CharFilter(field_name="site__code", label=_("Code of the site"))
    kind = filters.MultipleChoiceFilter(choices=MovementKind.choices, label=_("Kind"))
    document_kind = filters.CharFilter(label=_("Document kind"))
    document = filters.CharFilter(field_name="document_number", label=_("Document number"))
    lot = filters.CharFilter(method="with_lot", label=_("Number of a lot that moved"))
    from_date = filters.DateFilter(field_name="customs_date", lookup_expr="gte", label=_("From this customs day"))
    through_date = filters.DateFilter(field_name="customs_date", lookup_expr="lte", label=_("Through this customs day"))
    recorded_since = filters.IsoDateTimeFilter(
        field_name="recorded_at", lookup_expr="gte", label=_("Recorded at this moment or later")
    )

    class Meta:
        model = Transaction
        fields = ()

    def with_lot(self, queryset: QuerySet[Any], _name: str, number: str) -> QuerySet[Any]:
        return queryset.filter(pk__in=Entry.objects.filter(lot__number=number).order_by().values("transaction_id"))


class EntryFilter(filters.FilterSet):
    site = filters.CharFilter(field_name="place__site__code", label=_("Code of the site"))
    place = filters.CharFilter(field_name="place__code", label=_("Code of the place"))
    place_kind = filters.ChoiceFilter(field_name="place__kind", choices=PlaceKind.choices, label=_("Kind of place"))
    lot = filters.CharFilter(field_name="lot__number", label=_("Number of the lot"))
    item = filters.CharFilter(field_name="lot__item__code", label=_("Item number"))
    journal = filters.TypedChoiceFilter(choices=JOURNALS, coerce=lambda word: Journal[word.upper()], label=_("Journal"))
    hold = filters.TypedChoiceFilter(choices=HOLDS, coerce=lambda word: Hold[word.upper()], label=_("Hold"))
    kind = filters.MultipleChoiceFilter(field_name="transaction__kind", choices=MovementKind.choices, label=_("Kind"))
    document_kind = filters.CharFilter(field_name="transaction__document_kind", label=_("Document kind"))
    document = filters.CharFilter(field_name="transaction__document_number", label=_("Document number"))
    from_date = filters.DateFilter(
        field_name="transaction__customs_date", lookup_expr="gte", label=_("From this customs day")
    )
    through_date = filters.DateFilter(
        field_name="transaction__customs_date", lookup_expr="lte", label=_("Through this customs day")
    )

    class Meta:
        model = Entry
        fields = ()
