"""What came into and went out of the account books, entry by entry: the rows behind the charts of the start page."""

from typing import Any, ClassVar

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.kinds import url_of
from ledger.postings import MovementKind
from ledger.queries import INTO_BOOKS, OUT_OF_BOOKS, book_movements, day_after, first_moment_of
from ledger.stock_filters import visible_books
from registry.columns import CodeColumn, CustomsTimeColumn, MoneyColumn, QuantityColumn
from registry.filters import SearchFilterSet, SiteChoiceFilter
from registry.models import Role, Site
from registry.navigation import STAFF
from registry.pages import ListPage
from registry.wording import money_text, name_text, quantity_text

WAYS = {"in": INTO_BOOKS, "out": OUT_OF_BOOKS}


class BookMovementFilter(SearchFilterSet):
    """Site, way and days are asked of the ledger; the rest narrows what it finds."""

    searched = ("transaction__document_number", "lot__number", "lot__item__code", "lot__item__name")

    site = SiteChoiceFilter(method="leave_to_the_ledger")
    way = filters.ChoiceFilter(
        method="leave_to_the_ledger",
        choices=[("in", _("Into the books")), ("out", _("Out of the books"))],
        label=_("Direction"),
    )
    kind = filters.ChoiceFilter(
        field_name="transaction__kind",
        choices=[(kind.value, kind.label) for kind in MovementKind if kind in INTO_BOOKS + OUT_OF_BOOKS],
        label=_("What"),
    )
    book = filters.ModelChoiceFilter("place__account_book", queryset=visible_books, label=_("Account book"))
    item = filters.CharFilter("lot__item__code", lookup_expr="iexact", label=_("Item number"))
    from_date = filters.DateFilter(method="leave_to_the_ledger", label=_("From"), widget=forms.DateInput)
    through_date = filters.DateFilter(method="leave_to_the_ledger", label=_("Through"), widget=forms.DateInput)

    def leave_to_the_ledger(self, queryset: QuerySet[Any], _name: str, _value: Any) -> QuerySet[Any]:
        return queryset


class BookMovementTable(tables.Table):
    occurred_at = CustomsTimeColumn(verbose_name=_("Occurred"), footer=_("Total"))
    kind = tables.Column(accessor="transaction__get_kind_display", orderable=False, verbose_name=_("What"))
    document = CodeColumn(
        accessor="transaction__document_number",
        linkify=lambda record: (
            url_of(kind=record.transaction.document_kind, document_id=record.transaction.document_id) or None
        ),
        verbose_name=_("Document"),
    )
    lot = CodeColumn(
        accessor="lot__number",
        linkify=lambda record: reverse("ledger:lot_detail", args=[record.lot_id]),
        verbose_name=_("Lot number"),
    )
    item = tables.Column(accessor="lot__item__name", verbose_name=_("Item"), attrs={"td": {"class": "wrap"}})
    quantity = QuantityColumn(unit="lot__unit", verbose_name=_("Quantity"))
    net_mass_kg = QuantityColumn(
        verbose_name=_("Net mass (kg)"), footer=lambda table: quantity_text(table.totals["net_mass_kg"])
    )
    customs_value_cny = MoneyColumn(
        verbose_name=_("Customs value (CNY)"), footer=lambda table: money_text(table.totals["customs_value_cny"])
    )
    book = CodeColumn(accessor="place__code", verbose_name=_("Account book"))

    class Meta:
        caption = _("Movements of the account books")
        empty_text = _("Nothing moved that matches what you asked for.")

    def render_item(self, record: Any) -> str:
        return name_text(record.lot.item)

    def value_item(self, record: Any) -> str:
        return name_text(record.lot.item)

    @property
    def totals(self) -> dict[str, Any]:
        """The sums of every row, from every page, asked once."""
        if not hasattr(self, "_totals"):
            rows = self.data.data.select_related(None).order_by()
            self._totals = rows.aggregate(
                net_mass_kg=Sum("net_mass_kg", default=0), customs_value_cny=Sum("customs_value_cny", default=0)
            )
        found: dict[str, Any] = self._totals
        return found


class BookMovements(ListPage):
    readers: ClassVar[frozenset[Role]] = STAFF
    title = _("Movements of the account books")
    subtitle = _(
        "Plus came into a book, minus went out. Goods that were only reserved or moved have not gone anywhere."
    )
    filterset_class = BookMovementFilter
    table_class = BookMovementTable

    def queryset(self) -> QuerySet[Any]:
        return book_movements(site_ids=[])

    def file_name(self) -> str:
        return "book-movements"

    def rows(self, filterset: Any) -> Any:
        if not filterset.is_valid():
            return filterset.queryset.none()
        asked = filterset.form.cleaned_data
        sites = [asked["site"]] if asked["site"] else list(Site.objects.visible_to(self.user).order_by("pk"))
        from_date, through_date = asked["from_date"], asked["through_date"]
        zone_id = sites[0].zone_id if sites else None
        filterset.queryset = book_movements(
            site_ids=[site.pk for site in sites],
            kinds=WAYS.get(asked["way"], INTO_BOOKS + OUT_OF_BOOKS),
            from_moment=first_moment_of(day=from_date, zone_id=zone_id) if from_date and zone_id else None,
            until=day_after(day=through_date, zone_id=zone_id) if through_date and zone_id else None,
        )
        return filterset.qs
