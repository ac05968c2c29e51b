"""Pages about lots: the list, one lot with its whole life, and lots offered by their number."""

from typing import Any

import django_filters as filters
from django.db import models
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ledger.above import above
from ledger.expiry import is_expired_now
from ledger.postings import CustomsStatus, Journal
from ledger.queries import (
    CLOSE_LIMITS,
    balances,
    customs_day,
    lot_statement,
    lots,
    lots_in_care,
    transactions_of_lot,
)
from ledger.stock_filters import LotFilter
from ledger.stock_tables import LotStatementTable, LotTable
from registry.facts import Fact, facts_of
from registry.filters import FoldingFilterSet
from registry.models import Place
from registry.navigation import STAFF
from registry.pages import Link, ListPage, Text
from registry.suggestions import SuggestPage
from registry.timeline import Entry
from registry.wording import local_time_text, money_text, name_text, percent_text, quantity_text

MOST_CHILDREN = 50
LATEST = 20


class LotList(ListPage):
    readers = STAFF
    title = gettext_lazy("Lots")
    filterset_class = LotFilter
    table_class = LotTable

    def queryset(self) -> models.QuerySet[Any]:
        return lots_in_care(user=self.user)


class JournalFilter(FoldingFilterSet):
    journal = filters.TypedChoiceFilter(
        choices=[("", gettext_lazy("Both")), *Journal.choices], coerce=int, label=gettext_lazy("Journal")
    )


class LotDetail(ListPage):
    """A lot: what was booked at admission, where it is now, and every entry of its life."""

    readers = STAFF
    template_name = "ledger/lot_detail.html"
    filterset_class = JournalFilter
    table_class = LotStatementTable
    tiebreak = None

    @cached_property
    def object(self) -> Any:
        found = lots_in_care(user=self.user).select_related("item", "parent")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_title(self) -> Text:
        return str(self.object.number)

    def get_subtitle(self) -> Text:
        return name_text(self.object.item)

    def back(self) -> Link:
        return Link(_("Lots"), reverse("ledger:lot_list"))

    def file_name(self) -> str:
        return f"lot-{self.object.number}"

    def queryset(self) -> models.QuerySet[Any]:
        return lot_statement(lot_id=self.object.pk).select_related("transaction__actor", "place__site", "lot__unit")

    def context(self, **more: Any) -> dict[str, Any]:
        lot = self.object
        return super().context(
            object=lot,
            lot=lot,
            facts=self._facts(),
            booked=self._booked(),
            held=self._held(),
            children=list(lots().visible_to(self.user).filter(parent=lot).order_by("pk")[:MOST_CHILDREN]),
            limit=self._limit(),
            entries=self._timeline(),
            **more,
        )

    def _facts(self) -> list[Fact]:
        lot = self.object
        document = above.url_of(kind=lot.document_kind, document_id=lot.document_id)
        parent = lot.parent and reverse("ledger:lot_detail", args=[lot.parent_id])
        return [
            Fact(_("item"), f"{lot.item.code} {name_text(lot.item)}", lot.item.get_absolute_url()),
            *facts_of(lot, "hs_code", "national_code", "description"),
            Fact(_("goods owner"), name_text(lot.owner), lot.owner.get_absolute_url()),
            *facts_of(lot, "customs_status", "origin"),
            Fact(_("site of admission"), f"{lot.site.code} {name_text(lot.site)}", lot.site.get_absolute_url()),
            Fact(_("document"), lot.document_number, document),
            *facts_of(lot, "admitted_date"),
            Fact(_("expires"), self._expiry_in_words()),
            Fact(_("may stay through"), self._limit_in_words()),
            *([Fact(_("parent lot"), lot.parent, parent)] if lot.parent else []),
        ]

    def _expiry_in_words(self) -> str:
        expiry_date = self.object.expiry_date
        if is_expired_now(expiry_date):
            return _("%(day)s: it has expired") % {"day": local_time_text(expiry_date)}
        return local_time_text(expiry_date)

    def _limit_in_words(self) -> str:
        lot = self.object
        if lot.time_limit_date is None:
            return _("No limit is set by the regime.")
        return local_time_text(lot.time_limit_date)

    def _limit(self) -> tuple[str, str] | None:
        """How near the time limit is, as tone and words; None where there is none, or nothing is in a book any more."""
        lot = self.object
        if lot.time_limit_date is None or not lot.book_quantity:
            return None
        days = (lot.time_limit_date - customs_day(timezone.now())).days
        if days < 0:
            late = ngettext(
                "The time limit passed %(days)s day ago.", "The time limit passed %(days)s days ago.", -days
            )
            return "bad", late % {"days": -days}
        left = ngettext("%(days)s day is left.", "%(days)s days are left.", days)
        return "warning" if days <= CLOSE_LIMITS[1] else "good", left % {"days": days}

    def _booked(self) -> list[Fact]:
        lot = self.object
        unit = str(lot.unit)
        per_unit = money_text(lot.consumption_tax_cny_per_unit, f"CNY/{unit}")
        return [
            Fact(_("quantity"), quantity_text(lot.quantity, unit)),
            Fact(_("net mass"), quantity_text(lot.net_mass_kg, "kg")),
            Fact(_("customs value"), money_text(lot.customs_value_cny, "CNY")),
            Fact(_("suspended duty"), f"{money_text(lot.duty_cny, 'CNY')} · {percent_text(lot.duty_rate)}"),
            Fact(
                _("suspended consumption tax"),
                f"{money_text(lot.consumption_tax_cny, 'CNY')} · {percent_text(lot.consumption_tax_rate)}"
                + (f" + {per_unit}" if lot.consumption_tax_cny_per_unit else ""),
            ),
            Fact(_("suspended VAT"), f"{money_text(lot.vat_cny, 'CNY')} · {percent_text(lot.vat_rate)}"),
        ]

    def _held(self) -> list[dict[str, Any]]:
        """What every account holds now, the floor first."""
        found = sorted(balances(lots=[self.object.pk]), key=lambda row: (row.journal, row.place_id, row.hold))
        places = Place.objects.select_related("site").in_bulk({row.place_id for row in found})
        return [{"balance": row, "place": places[row.place_id], "unit": str(self.object.unit)} for row in found]

    def _timeline(self) -> list[Entry]:
        """What last happened to the lot, newest first; the table below has all of it."""
        latest: Any = transactions_of_lot(lot_id=self.object.pk)[:LATEST]
        return [
            Entry(
                what=_("%(what)s (%(journals)s): %(document)s")
                % {
                    "what": transaction.get_kind_display(),
                    "journals": ", ".join(str(Journal(journal).label) for journal in transaction.journals),
                    "document": transaction.document_number,
                },
                who=str(transaction.actor or _("The system")),
                at=transaction.occurred_at,
                reason=transaction.reason,
            )
            for transaction in latest
        ]


class LotSuggest(SuggestPage):
    """Lots of `?site=<pk>`, or of every site that the user sees."""

    readers = STAFF
    parameters = frozenset({"site"})
    code_field = "number"
    name_fields = ("item__code", "item__name", "item__name_zh")

    def queryset(self) -> models.QuerySet[Any]:
        found = lots().visible_to(self.user).exclude(customs_status=CustomsStatus.UNADMITTED).select_related("item")
        site = self.request.GET.get("site", "")
        return found.filter(site=int(site)) if site.isdecimal() else found

    def result(self, row: Any) -> dict[str, str]:
        return {"code": row.number, "name": f"{row.item.code} {name_text(row.item)}"}
