"""Codes offered while somebody fills in a document that moves goods, and what a scanned code names there."""

from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from ledger.above import above
from ledger.expiry import is_expired_now
from ledger.postings import Hold, Journal
from ledger.queries import balances, lots
from registry.models import Item, Organisation, OrganisationKind, Place, Site
from registry.models.sites import BIN_KINDS
from registry.navigation import STAFF
from registry.pages import Page
from registry.parameters import refuse_unknown
from registry.suggestions import SuggestPage
from registry.wording import local_time_text, plain_digits, quantity_text


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
        return sites.filter(pk__in=self.books(book).values("site")) if book.isdecimal() else sites

    def books(self, asked: str) -> QuerySet[Any]:
        return above.books(self.user).filter(pk=int(asked))


class BinSuggest(AtSites, SuggestPage):
    """Open bins and stores, by their barcode."""

    model = Place
    parameters = frozenset({"site", "book"})
    code_field = "barcode"
    other_codes = ("code",)

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
            places = self.books(book).values("place")
            in_book = lots().filter(balances__place__in=places, balances__quantity__gt=0)
            found = found.filter(pk__in=in_book.values("pk"))
        return found.annotate(free=Subquery(free, output_field=DecimalField())).filter(free__gt=0)

    def result(self, row: Any) -> dict[str, str]:
        free = _("%(quantity)s free") % {"quantity": quantity_text(row.free, str(row.unit))}
        words = [f"{row.item.code} {row.item.name}", free]
        if is_expired_now(row.expiry_date):
            words.append(_("expired %(day)s") % {"day": local_time_text(row.expiry_date)})
        return {"code": row.number, "name": " · ".join(words)}


class Scanned(AtSites):
    """Say what a scanned code names: a bin, a lot (with what of it is free in `?bin=`) or an item.

    With `?act=move` or `?act=take` it also says why goods cannot be moved out of the bin, or taken at all; an item that
    is moved is answered with its lots in the bin.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refuse_unknown(request.GET, {"code", "bin", "site", "book", "act"})
        code = request.GET.get("code", "").strip()
        return JsonResponse((self._bin(code) or self._lot(code) or self._item(code) or {"kind": ""}) if code else {})

    def _bin(self, code: str) -> dict[str, str] | None:
        places = Place.objects.physical().filter(site__in=self.sites(), is_open=True)
        found = list(places.filter(Q(barcode__iexact=code) | Q(code__iexact=code))[:3])
        exact = [place for place in found if place.barcode.casefold() == code.casefold()] or found
        if len(exact) != 1:
            return None
        return {"kind": "bin", "code": exact[0].barcode, "name": exact[0].name or exact[0].code}

    def _lot(self, code: str) -> dict[str, Any] | None:
        lot: Any = lots().filter(site__in=self.sites(), number__iexact=code).select_related("item", "owner").first()
        if lot is None:
            return None
        told = _told_of(lot)
        words = {"lot": lot.number}
        place = self._bin_asked_about()
        if place is not None:
            free, held = _held_in(lot.pk, [place.pk])
            told["free"] = plain_digits(free)
            if self.act == "move" and not free:
                all_held = _("All of %(lot)s in %(bin)s is reserved or blocked.")
                told["refused"] = (all_held if held else _("%(lot)s does not lie in %(bin)s.")) % {
                    **words,
                    "bin": place.code,
                }
        elif self.act == "take":
            bins = Place.objects.bins().filter(site=lot.site_id)
            free, _all = _held_in(lot.pk, list(bins.values_list("pk", flat=True)))
            if not free:
                told["refused"] = _("Nothing of %(lot)s lies free in a bin.") % words
            elif is_expired_now(lot.expiry_date):
                day = local_time_text(lot.expiry_date)
                told["warning"] = _("%(lot)s expired on %(day)s.") % {**words, "day": day}
        return told

    def _item(self, code: str) -> dict[str, Any] | None:
        item = Item.objects.filter(code__iexact=code).first()
        if item is None:
            return None
        told: dict[str, Any] = {"kind": "item", "code": item.code, "item": item.code, "name": item.name}
        place = self._bin_asked_about()
        if place is not None and self.act == "move":
            told["lots"] = _free_lots_in(place, item)
            if not told["lots"]:
                words = {"item": item.code, "bin": place.code}
                told["refused"] = _("Nothing of %(item)s lies free in %(bin)s.") % words
        return told

    @property
    def act(self) -> str:
        return self.request.GET.get("act", "")

    def _bin_asked_about(self) -> Place | None:
        asked = self.request.GET.get("bin", "").strip()
        return Place.objects.filter(site__in=self.sites(), barcode__iexact=asked).first() if asked else None


def _told_of(lot: Any) -> dict[str, Any]:
    name = f"{lot.item.code} {lot.item.name}"
    return {"kind": "lot", "code": lot.number, "item": lot.item.code, "owner": lot.owner.code, "name": name}


def _held_in(lot_id: int, place_ids: list[int]) -> tuple[Decimal, Decimal]:
    """What of a lot lies in some places: what is free, and all of it."""
    held = balances(lots=[lot_id], places=place_ids, journal=Journal.STOCK)
    free = sum((row.quantity for row in held if row.hold == Hold.FREE), Decimal(0))
    return free, sum((row.quantity for row in held), Decimal(0))


def _free_lots_in(place: Place, item: Item) -> list[dict[str, Any]]:
    """The item's lots of which something lies free in a bin, first expired and first admitted first."""
    free = {
        row.lot_id: row.quantity
        for row in balances(places=[place.pk], journal=Journal.STOCK)
        if row.hold == Hold.FREE and row.quantity > 0
    }
    found = lots().filter(pk__in=free, item=item).select_related("item", "owner", "unit")
    return [
        {
            **_told_of(lot),
            "free": plain_digits(free[lot.pk]),
            "quantity": quantity_text(free[lot.pk], str(lot.unit)),
        }
        for lot in found.order_by(F("expiry_date").asc(nulls_last=True), "admitted_date", "pk")
    ]
