"""Finding rows by the codes that people know them by."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from registry.errors import FieldError, RuleBroken
from registry.models import Item, Organisation, Place, Site, User


class UnknownCode(RuleBroken):
    """Codes or numbers of a request that stand for nothing that the user may see."""

    code = "unknown-code"


class Codes:
    """Looks codes up, each kind with one query for all rows, and collects those that stand for nothing."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.errors: list[FieldError] = []

    def site(self, code: str) -> Site | None:
        found: Site | None = self.one(Site.objects.visible_to(self.user).select_related("zone"), code, field="site")
        return found

    def owner(self, code: str) -> Any:
        return self.one(Organisation.objects.visible_to(self.user), code, field="owner")

    def items(self, site: Site | None, codes: Iterable[str], *, field: str = "item") -> list[Any]:
        rows = Item.objects.visible_to(self.user).select_related("unit")
        return self.each(rows.filter(zone=site.zone_id) if site else rows.none(), codes, field=field)

    def places(self, site: Site | None, codes: Iterable[str], *, field: str = "place") -> list[Any]:
        return self.each(site.places.all() if site else Place.objects.none(), codes, field=field)

    def one(self, rows: QuerySet[Any], code: str, *, field: str, by: str = "code") -> Any:
        found = rows.filter(**{by: code}).first()
        if found is None:
            self._unknown(code, field, None)
        return found

    def each(self, rows: QuerySet[Any], codes: Iterable[str | None], *, field: str, by: str = "code") -> list[Any]:
        """The row of each code, in the codes' order; None where there is no code."""
        asked: Sequence[str | None] = list(codes)
        known = {getattr(row, by): row for row in rows.filter(**{f"{by}__in": {code for code in asked if code}})}
        for number, code in enumerate(asked):
            if code and code not in known:
                self._unknown(code, field, number)
        return [known.get(code) if code else None for code in asked]

    def raise_if_unknown(self) -> None:
        if self.errors:
            raise UnknownCode(self.errors[0].message, errors=self.errors)

    def _unknown(self, code: str, field: str, row: int | None) -> None:
        message = _("There is nothing with the code “%(code)s” here.") % {"code": code}
        self.errors.append(FieldError(message, field=field, row=row, figure=code))
