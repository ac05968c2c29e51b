"""Where a scanned or typed code leads: to a document, a lot, the stock in a place or the stock of an item."""

from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.kinds import declared_kinds
from ledger.queries import Grouping, lots
from registry.models import Item, Place, Role, User
from registry.navigation import STAFF
from registry.pages import Page, Text
from registry.wording import name_text

MOST_HITS = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that a code names: what kind of thing it is, and where it is shown."""

    what: Text
    code: str
    name: str
    url: str


def hits_of(code: str, *, user: User) -> list[Hit]:
    """Everything with exactly this code that the user may see, in either case; a bounded number of each kind."""
    found: list[Hit] = []
    for find in (_documents, _lots, _places, _items):
        found.extend(find(code, user))
    return found


def _documents(code: str, user: User) -> list[Hit]:
    """Documents of every app by what they are scanned by: their number, and whatever else is printed on them."""
    found = {
        row: Hit(row._meta.verbose_name, row.number, name_text(row.site), row.get_absolute_url())
        for kind in declared_kinds()
        for field in kind.scanned
        for row in _first(_visible(kind.model, user), field, code)
    }
    return list(found.values())


def _visible(model: Any, user: User) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.visible_to(user).select_related("site")
    return rows


def _lots(code: str, user: User) -> list[Hit]:
    rows = _first(lots().visible_to(user).select_related("item"), "number", code)
    return [Hit(_("lot"), row.number, name_text(row.item), reverse("ledger:lot_detail", args=[row.pk])) for row in rows]


def _places(code: str, user: User) -> list[Hit]:
    """A barcode names one place, the code on its sign may stand at several sites."""
    places = Place.objects.visible_to(user).filter(is_internal=True).select_related("site")
    rows = _first(places, "barcode", code) or _first(places, "code", code)
    return [
        Hit(_("place"), f"{row.site.code} {row.code}", row.name or row.get_kind_display(), _stock_in(row))
        for row in rows
    ]


def _items(code: str, user: User) -> list[Hit]:
    rows = _first(Item.objects.visible_to(user), "code", code)
    stock = reverse("ledger:stock")
    return [
        Hit(_("item"), row.code, name_text(row), f"{stock}?{urlencode({'by': Grouping.LOT.value, 'item': row.pk})}")
        for row in rows
    ]


def _stock_in(place: Place) -> str:
    asked = {"by": Grouping.LOT.value, "site": place.site_id, "place": place.code}
    return f"{reverse('ledger:stock')}?{urlencode(asked)}"


def _first(rows: QuerySet[Any], field: str, code: str) -> list[Any]:
    # Exact codes, not icontains: each is one look into a unique index, however many rows there are.
    variants = {code, code.upper(), code.lower()}
    return list(rows.filter(Q(**{f"{field}__in": variants})).order_by(field, "pk")[:MOST_HITS])


class Scan(Page):
    """Follow a code to the one thing that it names; offer a choice of several, and keep a code that names nothing."""

    readers: ClassVar[frozenset[Role]] = STAFF
    title = gettext_lazy("Scan")
    template_name = "reports/scan.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        code = request.GET.get("code", "").strip()
        hits = hits_of(code, user=self.user) if code and "\x00" not in code else []
        if len(hits) == 1 and hits[0].url:
            return redirect(hits[0].url)
        return self.show(self.context(code=code, hits=hits))
