"""Codes offered while somebody fills in a warehouse document, and what a scanned code names there."""

from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, OuterRef, Q, QuerySet, Subquery, Sum
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from customs.models import AccountBook
from ledger.postings import Hold, Journal
from ledger.queries import balances, lots
from registry.models import Item, Organisation, OrganisationKind, Place, Site
from registry.models.sites import BIN_KINDS
from registry.navigation import STAFF
from registry.pages import Page
from registry.parameters import refuse_unknown
from registry.suggestions import SuggestPage
from registry.wording import plain_digits, quantity_text


class OwnerSuggest(SuggestPage):
    """Organisations whose goods may lie in the zone."""

    model = Organisation
    readers = STAFF
    name_fields = ("name", "name_zh")

    def queryset(self) -> QuerySet[Any]:
        owning = [OrganisationKind.GOODS_OWNER, OrganisationKind.WAREHOUSE_KEEPER, OrganisationKind.AIRLINE]
        return super().queryset().filter(kind__in=owning)


class AtSites(Page):
    """Answers about the site in the address, or that of the account book; else about every site that the user sees."""

    readers = STAFF

    def sites(self) -> QuerySet[Any]:
        sites = Site.objects.visible_to(self.user)
        site, book = self.request.GET.get("site", ""), self.request.GET.get("book", "")
        if site.isdecimal():
            return sites.filter(pk=int(site))
        return sites.filter(account_books=int(book)) if book.isdecimal() else sites


class BinSuggest(AtSites, SuggestPage):
    """Open bins and stores, by their barcode."""

    model = Place
    parameters = frozenset({"site", "book"})
    code_field = "barcode"
    name_fields = ("name", "code")

    def queryset(self) -> QuerySet[Any]:
        return Place.objects.bins().filter(site__in=self.sites(), is_open=True)

    def result(self, row: Place) -> dict[str, str]:
        return {"code": row.barcode, "name": row.name or row.code}


class FreeLotSuggest(AtSites, SuggestPage):
    """Lots of which something lies free in a bin: of the site, owner (by code) and account book that are asked for."""

    parameters = frozenset({"site", "book", "owner"})
    code_field = "number"
    name_fields = ("item__code", "item__name", "item__name_zh")

    def queryset(self) -> QuerySet[Any]:
        in_bins = lots().filter(
            pk=OuterRef("pk"),
            balances__journal=Journal.STOCK,
            balances__hold=Hold.FREE,
            balances__quantity__gt=0,
            balances__place__kind__in=sorted(BIN_KINDS),
        )
        free = in_bins.order_by().values("pk").annotate(free=Sum("balances__quantity")).values("free")
        found = lots().filter(site__in=self.sites()).select_related("item", "unit")
        if owner := self.request.GET.get("owner", "").strip():
            found = found.filter(owner__code__iexact=owner)
        book = self.request.GET.get("book", "")
        if book.isdecimal():
            places = AccountBook.objects.filter(pk=int(book)).values("place")
            found = found.filter(
                Q(pk__in=lots().filter(balances__place__in=places, balances__quantity__gt=0).values("pk"))
            )
        return found.annotate(free=Subquery(free, output_field=DecimalField())).filter(free__gt=0)

    def result(self, row: Any) -> dict[str, str]:
        free = _("%(quantity)s free") % {"quantity": quantity_text(row.free, str(row.unit))}
        return {"code": row.number, "name": f"{row.item.code} {row.item.name} · {free}"}


class Scanned(AtSites):
    """Say what a scanned code names: a bin, a lot (with what of it is free in `?bin=`) or an item."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refuse_unknown(request.GET, {"code", "bin", "site", "book"})
        code = request.GET.get("code", "").strip()
        return JsonResponse((self._bin(code) or self._lot(code) or self._item(code) or {"kind": ""}) if code else {})

    def _bin(self, code: str) -> dict[str, str] | None:
        places = Place.objects.physical().filter(site__in=self.sites(), is_open=True)
        found = list(places.filter(Q(barcode__iexact=code) | Q(code__iexact=code))[:3])
        exact = [place for place in found if place.barcode.casefold() == code.casefold()] or found
        if len(exact) != 1:
            return None
        return {"kind": "bin", "code": exact[0].barcode, "name": exact[0].name or exact[0].code}

    def _lot(self, code: str) -> dict[str, str] | None:
        lot: Any = lots().filter(site__in=self.sites(), number__iexact=code).select_related("item", "owner").first()
        if lot is None:
            return None
        told = {"kind": "lot", "code": lot.number, "item": lot.item.code, "name": f"{lot.item.code} {lot.item.name}"}
        asked = self.request.GET.get("bin", "").strip()
        place = Place.objects.filter(site__in=self.sites(), barcode__iexact=asked).first() if asked else None
        if place is not None:
            told["free"] = plain_digits(_free_in(lot.pk, place.pk))
        return told

    def _item(self, code: str) -> dict[str, str] | None:
        item = Item.objects.filter(code__iexact=code).first()
        return {"kind": "item", "code": item.code, "item": item.code, "name": item.name} if item is not None else None


def _free_in(lot_id: int, place_id: int) -> Decimal:
    held = balances(lots=[lot_id], places=[place_id], journal=Journal.STOCK)
    return sum((row.quantity for row in held if row.hold == Hold.FREE), Decimal(0))
