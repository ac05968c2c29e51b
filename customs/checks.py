"""The checks that customs itself makes before a period is closed: suspense, shortages, and book against floor."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customs.models import Declaration, DeclarationState
from documents.checklist import OpenItem, register_check
from ledger.postings import Journal
from ledger.queries import balances, day_after, journal_differences, lots
from registry.models import Place, PlaceKind, Site
from registry.wording import quantity_text


def goods_in_suspense(site: Site, through_date: date) -> list[OpenItem]:
    """Lots that were found over the declaration, or were short of it, and have not been settled."""
    places = {
        place.pk: place for place in Place.objects.filter(site=site, kind__in=[PlaceKind.SUSPENSE, PlaceKind.SHORTAGE])
    }
    held = balances(places=places, journal=Journal.STOCK, until=day_after(day=through_date, site_id=site.pk))
    by_id = lots().select_related("item", "unit").in_bulk({balance.lot_id for balance in held})
    sentences = {
        PlaceKind.SUSPENSE: _("%(quantity)s of %(item)s over the declaration"),
        PlaceKind.SHORTAGE: _("%(quantity)s of %(item)s short of the declaration"),
    }
    return [
        OpenItem(
            label=sentences[PlaceKind(places[balance.place_id].kind)]
            % {"quantity": quantity_text(balance.quantity, lot.unit.symbol), "item": lot.item},
            document_number=lot.document_number,
            at=lot.created_at,
        )
        for balance in held
        for lot in [by_id[balance.lot_id]]
    ]


def book_against_floor(site: Site, through_date: date) -> list[OpenItem]:
    """Lots of which the account book says something else than what the site holds."""
    found = journal_differences(site_id=site.pk, until=day_after(day=through_date, site_id=site.pk))
    by_id = lots().select_related("item", "unit").in_bulk({difference.lot_id for difference in found})
    return [
        OpenItem(
            label=_("%(item)s, lot %(lot)s: %(book)s in the book, %(floor)s on the floor")
            % {
                "item": lot.item,
                "lot": lot.number,
                "book": quantity_text(difference.in_customs, lot.unit.symbol),
                "floor": quantity_text(difference.in_stock, lot.unit.symbol),
            },
            document_number=lot.document_number,
            at=lot.created_at,
        )
        for difference in found
        for lot in [by_id[difference.lot_id]]
    ]


def open_declarations(site: Site, through_date: date) -> list[OpenItem]:
    """Declarations of days up to then that customs has not released."""
    states = [
        *(DeclarationState.DRAFT, DeclarationState.SUBMITTED),
        *(DeclarationState.RETURNED, DeclarationState.ACCEPTED),
    ]
    rows = Declaration.objects.filter(site=site, state__in=states, through_date__lte=through_date)
    return [
        OpenItem(
            label=f"{one.declarant.name}: {one.get_state_display()}",
            document_number=one.number,
            url=one.get_absolute_url(),
            at=one.prepared_at,
        )
        for one in rows.select_related("declarant").order_by("pk")
        if one.due_date <= through_date
    ]


def register_checks() -> None:
    register_check(gettext_lazy("Goods in suspense"), goods_in_suspense)
    register_check(gettext_lazy("Differences between book and floor"), book_against_floor)
    register_check(gettext_lazy("Declarations not released in time"), open_declarations)
