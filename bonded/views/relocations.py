"""Pages of relocations."""

from typing import Any

from django.db import models
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonded import filters, tables
from bonded.forms.movements import RelocationForm, RelocationLines
from bonded.models import Relocation
from bonded.operations.relocations import RelocationLineInput, relocate
from bonded.views.documents import DocumentDetail, DocumentList, NewDocument


class RelocationPage:
    model = Relocation
    kind_url = "relocation"
    list_label = gettext_lazy("Relocations")


class RelocationList(RelocationPage, DocumentList):
    title = gettext_lazy("Relocations")
    add_label = gettext_lazy("New relocation")
    filterset_class = filters.RelocationFilter
    table_class = tables.RelocationTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site", "prepared_by").annotate(line_count=Count("lines"))


class RelocationDetail(RelocationPage, DocumentDetail):
    fact_names = ("site", "occurred_at", "prepared_by", "prepared_at", "is_reversed", "remark")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site__zone", "prepared_by")

    def tables(self) -> list[Any]:
        lines = self.object.lines.select_related("lot__item", "lot__unit", "from_place", "to_place")
        return [(_("Lines"), tables.RelocationLineTable(lines))]


class RelocationAdd(RelocationPage, NewDocument):
    """Posted as soon as it is sent."""

    model = None  # type: ignore[assignment]
    title = gettext_lazy("New relocation")
    subtitle = gettext_lazy("Scan the bin, then the lot, then where it goes. It is posted as soon as it is sent.")
    form_class = RelocationForm
    lines_class = RelocationLines
    scan_field = "from_place"
    button = gettext_lazy("Post")

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Relocation:
        given = form.cleaned_data
        return relocate(
            site=given["site"],
            lines=[
                RelocationLineInput(
                    lot=row["lot"], from_place=row["from_place"], to_place=row["to_place"], quantity=row["quantity"]
                )
                for row in rows
            ],
            actor=self.user,
            at=self.now,
            occurred_at=given["occurred_at"] or self.now,
            request_key=self.request_key,
            remark=given["remark"],
        )
