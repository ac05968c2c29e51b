"""Pages about account books, guarantees and regimes: read by staff, kept by administrators."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import models
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customs import filters, forms, tables
from customs.models import AccountBook, Guarantee, Regime
from customs.operations.books import change_account_book, close_account_book, open_account_book
from customs.operations.guarantees import change_guarantee, enter_guarantee
from customs.operations.regimes import change_regime
from customs.queries import BookReading, book_readings, guarantee_readings, suspended_tax_by_book
from customs.rules import may_change_regimes, may_keep_books
from ledger.queries import day_after, today
from registry.facts import Fact
from registry.models import Item
from registry.navigation import KEEPERS_OF_MASTER_DATA
from registry.pages import ActPage, Link, ListPage, Text
from registry.views import RegisterAdd, RegisterChange, RegisterDetail, RegisterList
from registry.wording import percent_text

READINGS_ON_THE_DETAIL = 10


@dataclass(frozen=True, slots=True)
class BookRow:
    """A line of the list of account books."""

    book: AccountBook
    suspended_tax_cny: Decimal


def book_rows(books: models.QuerySet[Any]) -> list[BookRow]:
    known = list(books)
    held = suspended_tax_by_book(books=known)
    return [BookRow(book, held[book.pk]) for book in known]


class AccountBookList(RegisterList):
    model = AccountBook
    readers = KEEPERS_OF_MASTER_DATA
    title = gettext_lazy("Account books")
    add_label = gettext_lazy("New account book")
    filterset_class = filters.AccountBookFilter
    table_class = tables.AccountBookTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site", "holder", "guarantee")

    def rows(self, filterset: Any) -> list[BookRow]:
        return book_rows(super().rows(filterset))


class AccountBookDetail(RegisterDetail):
    model = AccountBook
    readers = KEEPERS_OF_MASTER_DATA
    list_label = gettext_lazy("Account books")
    template_name = "customs/account_book_detail.html"
    fact_names = ("site", "kind", "holder", "guarantee", "reconciliation_months", "opened_date", "closed_date")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site", "holder", "guarantee__site")

    def may_change(self) -> bool:
        return self.object.closed_date is None and may_keep_books(self.user, self.object.site)

    def links(self) -> list[Link]:
        if not self.may_change():
            return []
        close = Link(_("Close the book"), reverse("customs:account_book_close", args=[self.object.pk]), icon="lock")
        return [*super().links(), close]

    def context(self, **more: Any) -> dict[str, Any]:
        readings = book_readings(book=self.object)
        under = [self.object.guarantee] if self.object.guarantee else []
        return super().context(
            table=tables.ReadingTable(
                readings[:READINGS_ON_THE_DETAIL],
                orderable=False,
                show_footer=False,
                exclude=("customs_value_cny", "tax_cny", "net_mass_kg"),
            ),
            readings=readings,
            held=[reading for reading in readings if reading.held],
            suspended_tax_cny=sum((reading.tax_cny for reading in readings), Decimal("0.00")),
            customs_value_cny=sum((reading.customs_value_cny for reading in readings), Decimal("0.00")),
            guarantee_reading=next(iter(guarantee_readings(guarantees=under)), None),
            **more,
        )


class AccountBookReadings(ListPage):
    """What one book says of every item, now or at the end of a day."""

    model = Item
    readers = KEEPERS_OF_MASTER_DATA
    filterset_class = filters.ReadingFilter
    table_class = tables.ReadingTable

    @cached_property
    def book(self) -> AccountBook:
        books = AccountBook.objects.visible_to(self.user).select_related("site")
        found: AccountBook = get_object_or_404(books, pk=self.kwargs["pk"])
        return found

    def get_title(self) -> Text:
        return _("Readings of %(book)s") % {"book": self.book.number}

    def back(self) -> Link:
        return Link(self.book.number, self.book.get_absolute_url())

    def file_name(self) -> str:
        return f"readings-{self.book.number}"

    def queryset(self) -> models.QuerySet[Any]:
        # A stranger's book is not there, whatever is asked of it.
        return Item.objects.filter(zone=self.book.site.zone_id)

    def rows(self, filterset: Any) -> list[BookReading]:
        if not filterset.is_valid():
            return []
        day = filterset.form.cleaned_data["through_date"]
        until = day_after(day=day, site_id=self.book.site_id) if day else None
        readings = book_readings(book=self.book, until=until)
        if not filterset.form.cleaned_data["q"]:
            return readings
        found = set(filterset.qs.values_list("pk", flat=True))
        return [reading for reading in readings if reading.item.pk in found]


class AccountBookAdd(RegisterAdd):
    model = AccountBook
    title = gettext_lazy("New account book")
    form_class = forms.AccountBookForm

    def form_kwargs(self) -> dict[str, Any]:
        return {"user": self.user}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> AccountBook:
        return open_account_book(**form.cleaned_data, actor=self.user, at=self.now)


class KeepsTheBooks:
    """An act of the administrators of the object's site."""

    def may_act(self) -> bool:
        return may_keep_books(self.user, self.object.site)  # type: ignore[attr-defined]


class AccountBookChange(KeepsTheBooks, RegisterChange):
    model = AccountBook
    form_class = forms.AccountBookChangeForm

    def act(self, form: Any, rows: list[dict[str, Any]]) -> AccountBook:
        return change_account_book(book=self.object, **form.cleaned_data, actor=self.user, at=self.now)


class AccountBookClose(KeepsTheBooks, ActPage):
    model = AccountBook
    form_class = forms.AccountBookCloseForm
    button = gettext_lazy("Close the book")
    tone = "danger"
    is_question = True

    def get_title(self) -> Text:
        return _("Close the account book %(book)s?") % {"book": self.object.number}

    def get_subtitle(self) -> Text:
        return _("Nothing can be admitted to it any more. A book that still holds goods cannot be closed.")

    def back(self) -> Link:
        return Link(str(self.object), self.object.get_absolute_url())

    def initial(self) -> dict[str, Any]:
        return {"closed_date": today(at=self.now, site_id=self.object.site_id), **super().initial()}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> AccountBook:
        return close_account_book(book=self.object, **form.cleaned_data, actor=self.user, at=self.now)

    def success_message(self, outcome: AccountBook) -> str:
        return _("The account book %(book)s was closed.") % {"book": outcome.number}


class GuaranteeList(RegisterList):
    model = Guarantee
    readers = KEEPERS_OF_MASTER_DATA
    title = gettext_lazy("Guarantees")
    subtitle = gettext_lazy("Up to how much suspended duty and tax the account books under them may hold.")
    add_label = gettext_lazy("New guarantee")
    filterset_class = filters.GuaranteeFilter
    table_class = tables.GuaranteeTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site")

    def rows(self, filterset: Any) -> list[Any]:
        return guarantee_readings(guarantees=super().rows(filterset))


class GuaranteeDetail(RegisterDetail):
    model = Guarantee
    readers = KEEPERS_OF_MASTER_DATA
    list_label = gettext_lazy("Guarantees")
    template_name = "customs/guarantee_detail.html"
    fact_names = ("site", "number", "guarantor")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site")

    def may_change(self) -> bool:
        return may_keep_books(self.user, self.object.site)

    def context(self, **more: Any) -> dict[str, Any]:
        books = AccountBook.objects.visible_to(self.user).filter(guarantee=self.object)
        (reading,) = guarantee_readings(guarantees=[self.object])
        rows = book_rows(books.select_related("site", "holder", "guarantee"))
        return super().context(
            guarantee_reading=reading,
            table=tables.AccountBookTable(rows, orderable=False, exclude=("site", "kind", "guarantee")),
            **more,
        )


class GuaranteeAdd(RegisterAdd):
    model = Guarantee
    title = gettext_lazy("New guarantee")
    form_class = forms.GuaranteeForm

    def form_kwargs(self) -> dict[str, Any]:
        return {"user": self.user}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Guarantee:
        return enter_guarantee(**form.cleaned_data, actor=self.user, at=self.now)


class GuaranteeChange(KeepsTheBooks, RegisterChange):
    model = Guarantee
    form_class = forms.GuaranteeChangeForm

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Guarantee:
        return change_guarantee(guarantee=self.object, **form.cleaned_data, actor=self.user, at=self.now)


class RegimeList(ListPage):
    model = Regime
    readers = KEEPERS_OF_MASTER_DATA
    title = gettext_lazy("Regimes")
    subtitle = gettext_lazy("What customs demands of the sites under each of them.")
    filterset_class = filters.RegimeFilter
    table_class = tables.RegimeTable


class RegimeDetail(RegisterDetail):
    model = Regime
    readers = KEEPERS_OF_MASTER_DATA
    list_label = gettext_lazy("Regimes")
    fact_names = (
        "storage_limit_months",
        "extension_months",
        "takes_guarantee",
        "weighing_tolerance",
        "loss_tolerance",
        "allows_batch_declaration",
        "lot_identification",
        "declaration_number_form",
    )

    def facts(self) -> list[Fact]:
        meta: Any = Regime._meta
        percents = {
            meta.get_field(name).verbose_name: percent_text(getattr(self.object, name))
            for name in ("weighing_tolerance", "loss_tolerance")
        }
        return [replace(fact, value=percents.get(fact.label, fact.value)) for fact in super().facts()]

    def may_change(self) -> bool:
        return may_change_regimes(self.user)


class RegimeChange(RegisterChange):
    model = Regime
    form_class = forms.RegimeForm

    def may_act(self) -> bool:
        return may_change_regimes(self.user)

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Regime:
        return change_regime(
            regime=form.instance,
            actor=self.user,
            at=self.now,
            reason=form.cleaned_data["reason"],
            seen_history_id=form.cleaned_data["seen_history_id"],
        )
