"""Pages of relocations."""

from typing import Any

from django.db import models
from django.db.models import Count
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonded import filters, tables
from bonded.forms.movements import RelocationForm, RelocationLines
from bonded.models import Relocation
from bonded.operations.relocations import RelocationLineInput, relocate
from bonded.views.documents import DocumentDetail, DocumentFormPage, DocumentList
from registry.pages import Text

LINE_FIELDS = ("lot", "from_place", "to_place", "quantity")


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
    fact_names = ("site", "occurred_at", "prepared_by", "prepared_at", "remark")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site__zone", "prepared_by")

    @cached_property
    def lines(self) -> list[Any]:
        return list(self.object.lines.select_related("lot__item", "lot__unit", "from_place", "to_place"))

    def tables(self) -> list[Any]:
        return [(_("Lines"), tables.RelocationLineTable(self.lines))]


class RelocationAdd(RelocationPage, DocumentFormPage):
    """Posted as soon as it is sent."""

    model = None  # type: ignore[assignment]
    title = gettext_lazy("New relocation")
    subtitle = gettext_lazy(
        "Scan the bin, then the lots in it, then the bin they go to. It is posted as soon as it is sent."
    )
    form_class = RelocationForm
    lines_class = RelocationLines
    button = gettext_lazy("Post")
    bin_field = "from_place"
    to_field = "to_place"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Relocation:
        given = form.cleaned_data
        return relocate(
            site=given["site"],
            lines=[RelocationLineInput(**{name: row[name] for name in LINE_FIELDS}) for row in rows],
            actor=self.user,
            at=self.now,
            occurred_at=given["occurred_at"] or self.now,
            request_key=self.request_key,
            remark=given["remark"],
        )

    def success_message(self, outcome: Relocation) -> Text:
        return _("%(number)s was posted: the goods are in their new bins.") % {"number": outcome.number}
