"""The ledger, to be read: the same queries as its pages."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, mixins, serializers
from rest_framework.decorators import action
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from ledger.api import serializers as shapes
from ledger.api.filters import EntryFilter, LotFilter, TransactionFilter
from ledger.models import MEASURES, Entry, Journal, Lot, Transaction
from ledger.queries import (
    AccountBalance,
    Grouping,
    StockList,
    StockQuestion,
    balances,
    day_after,
    entries_of,
    lot_statement,
    lots,
    lots_held,
)
from registry.api.codes import Codes
from registry.api.paging import NumberedPages
from registry.api.resources import ReadableResource, Resource
from registry.models import Item, Organisation, Place, PlaceKind, Role, Site
from registry.navigation import STAFF


class EntryPages(CursorPagination):
    """Newest first. A transaction may have many entries, which all stand at one place of the cursor."""

    ordering = ("-transaction_id", "-line")
    offset_cutoff = 1_000_000
    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 1000


class LotResource(ReadableResource):
    """Lots of the sites that the user may see, with what is held of them now."""

    model = Lot
    readers: ClassVar[frozenset[Role]] = STAFF
    serializer_class = shapes.LotSerializer
    filterset_class = LotFilter

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return Lot.objects.none()
        return lots_held().visible_to(self.user).select_related("site", "item", "owner", "parent")

    @extend_schema(responses=shapes.StatementEntrySerializer(many=True), filters=False)
    @action(detail=True, pagination_class=NumberedPages, filter_backends=[])
    def life(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Tell every movement of the lot in the order in which it happened, and what there was after it."""
        entries = lot_statement(lot_id=self.get_object().pk).select_related("lot__item")
        page = self.paginate_queryset(entries)
        return self.get_paginated_response(shapes.StatementEntrySerializer(page, many=True).data)


class TransactionResource(ReadableResource):
    """What documents did to the ledger, newest first; each with its entries."""

    model = Transaction
    readers: ClassVar[frozenset[Role]] = STAFF
    serializer_class = shapes.TransactionSerializer
    filterset_class = TransactionFilter

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return Transaction.objects.none()
        rows = Transaction.objects.filter(site__in=Site.objects.visible_to(self.user)).select_related("site", "actor")
        if self.action == "list":
            return rows
        return rows.prefetch_related(
            Prefetch("entries", Entry.objects.select_related("transaction__actor", "lot__item", "place__site"))
        )

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        return shapes.TransactionRowSerializer if self.action == "list" else shapes.TransactionSerializer


class EntryResource(mixins.ListModelMixin, Resource):
    """The entries behind every figure, newest first."""

    model = Entry
    readers: ClassVar[frozenset[Role]] = STAFF
    serializer_class = shapes.EntrySerializer
    filterset_class = EntryFilter
    pagination_class = EntryPages

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return Entry.objects.none()
        return entries_of().filter(place__site__in=Site.objects.visible_to(self.user))


class Asking(Resource):
    """A question whose figures the database sums; the address carries it."""

    readers: ClassVar[frozenset[Role]] = STAFF
    pagination_class = NumberedPages
    filter_backends = ()
    question_class: ClassVar[type[serializers.Serializer[Any]]]

    def known_parameters(self) -> set[str]:
        return super().known_parameters() | set(self.question_class().fields)

    def asked(self) -> dict[str, Any]:
        question = self.question_class(data=self.request.query_params)
        question.is_valid(raise_exception=True)
        given: dict[str, Any] = {**question.validated_data}
        if "through_date" in given and "until" in given:
            raise exceptions.ValidationError({"until": _("Ask for the end of a day or for a moment, not for both.")})
        return given

    def sites(self, given: dict[str, Any], codes: Codes) -> list[Site]:
        """The sites that are asked about; all that the user may see when none is named."""
        if "site" in given:
            site = codes.site(given["site"])
            return [site] if site else []
        return list(Site.objects.visible_to(self.user).order_by("pk"))

    def found(self, codes: Codes, rows: QuerySet[Any], given: dict[str, Any], field: str, by: str = "code") -> Any:
        """The row that a code of the question stands for; None when it was not asked."""
        return codes.one(rows, given[field], field=field, by=by) if field in given else None

    def until(self, given: dict[str, Any], sites: list[Site]) -> datetime | None:
        if "through_date" in given and sites:
            return day_after(day=given["through_date"], zone_id=sites[0].zone_id)
        return given.get("until")


class BalanceResource(Asking):
    """What every account held: now, or as of a moment, as known at a moment."""

    question_class = shapes.BalanceQuestionSerializer
    serializer_class = shapes.BalanceSerializer

    @extend_schema(parameters=[shapes.BalanceQuestionSerializer])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List the accounts that hold something, by lot and place."""
        page: Any = self.paginate_queryset(self._held())
        lot_of = lots().select_related("item", "owner").in_bulk({row.lot_id for row in page})
        place_of = Place.objects.select_related("site").in_bulk({row.place_id for row in page})
        rows = [
            {
                "lot": lot_of[row.lot_id],
                "place": place_of[row.place_id],
                **{name: getattr(row, name) for name in ("journal", "hold", *MEASURES)},
            }
            for row in page
        ]
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)

    def _held(self) -> Sequence[AccountBalance]:
        given = self.asked()
        codes = Codes(self.user)
        sites = self.sites(given, codes)
        narrowed = {
            "number": given.get("lot"),
            "item__code": given.get("item"),
            "owner__code": given.get("owner"),
            "customs_status": given.get("customs_status"),
        }
        wanted = {field: value for field, value in narrowed.items() if value is not None}
        places = Place.objects.filter(site__in=sites)
        place_ids = None
        if "place" in given:
            place_ids = list(places.filter(code=given["place"]).values_list("pk", flat=True))
            if not place_ids:
                codes.one(places, given["place"], field="place")
        codes.raise_if_unknown()
        held = balances(
            places=place_ids,
            lots=lots().filter(**wanted).values_list("pk", flat=True) if wanted else None,
            journal=given.get("journal"),
            until=self.until(given, sites),
            known_at=given.get("known_at"),
            site_ids=[site.pk for site in sites],
        )
        return [row for row in held if row.hold == given.get("hold", row.hold)]


class StockResource(Asking):
    """What is held, summed by item, lot, place, site, status or owner."""

    question_class = shapes.StockQuestionSerializer
    serializer_class = shapes.StockRowSerializer

    @extend_schema(parameters=[shapes.StockQuestionSerializer])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List what is held, one row for each item, lot, place, site, status or owner."""
        page = self.paginate_queryset(self._stock())  # type: ignore[arg-type]
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(parameters=[shapes.StockQuestionSerializer], responses=shapes.StockTotalsSerializer)
    @action(detail=False, pagination_class=None)
    def totals(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Sum all rows of the list."""
        return Response(shapes.StockTotalsSerializer(self._stock().totals).data)

    def _stock(self) -> StockList:
        given = self.asked()
        codes = Codes(self.user)
        sites = self.sites(given, codes)
        items = Item.objects.visible_to(self.user).filter(zone__in={site.zone_id for site in sites})
        item = self.found(codes, items, given, "item")
        lot = self.found(codes, lots().visible_to(self.user), given, "lot", by="number")
        owner = self.found(codes, Organisation.objects.visible_to(self.user), given, "owner")
        books = Place.objects.visible_to(self.user).filter(kind=PlaceKind.BOOK)
        book = self.found(codes, books, given, "book")
        codes.raise_if_unknown()
        question = StockQuestion(
            site_ids=[site.pk for site in sites],
            journal=given.get("journal", Journal.STOCK),
            until=self.until(given, sites),
            known_at=given.get("known_at"),
            words=given.get("q", ""),
            item_id=item and item.pk,
            lot_id=lot and lot.pk,
            owner_id=owner and owner.pk,
            place_code=given.get("place", ""),
            place_kind=given.get("place_kind", ""),
            customs_status=given.get("customs_status", ""),
            hold=given.get("hold"),
            book_place_id=book and book.pk,
        )
        ordering = [name.strip() for name in given.get("ordering", "").split(",") if name.strip()]
        return StockList(question, Grouping(given["by"])).order_by(*ordering)
