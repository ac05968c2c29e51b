"""Relocations: goods moved from bin to bin, posted as soon as they are entered."""

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from bonded.models import Relocation, RelocationLine
from bonded.relocations import operations
from bonded.relocations.api import RelocationResource
from bonded.relocations.form import RelocationForm, RelocationLines
from bonded.relocations.pages import RelocationAdd, RelocationList
from bonded.relocations.shapes import RelocationRequest, RelocationRowSerializer, RelocationSerializer
from bonded.tables import FITTED, ItemColumn, LotColumn
from documents.kinds import Answers, Entry, Kind
from documents.reversals.asking import offer_reversal_request
from documents.reversals.detail import ReversibleDetail
from ledger.columns import ExpiryColumn
from registry.columns import CodeColumn, LocalTimeColumn, QuantityColumn, YesColumn
from registry.filters import yes_or_no
from registry.pages import Text


class LineTable(tables.Table):
    row = tables.Column(verbose_name=gettext_lazy("No."))
    lot = LotColumn(verbose_name=gettext_lazy("Lot"))
    expiry_date = ExpiryColumn(accessor="lot__expiry_date", verbose_name=gettext_lazy("Expires"))
    item = ItemColumn(accessor="lot__item")
    from_place = CodeColumn(accessor="from_place__code", verbose_name=gettext_lazy("From bin"))
    to_place = CodeColumn(accessor="to_place__code", verbose_name=gettext_lazy("To bin"))
    quantity = QuantityColumn(unit="lot__unit", verbose_name=gettext_lazy("Quantity"))

    class Meta:
        orderable = False
        attrs = FITTED
        caption = gettext_lazy("Lines of the relocation")

    def __init__(self, data: Any, **kwargs: Any) -> None:
        dated = any(line.lot.expiry_date for line in data)
        super().__init__(data, **{"exclude": () if dated else ("expiry_date",), **kwargs})


def lines(relocation: Relocation) -> list[tuple[Text, Any]]:
    """What was moved."""
    found: Any = relocation.lines
    return [(_("Lines"), LineTable(list(found.select_related("lot__item", "lot__unit", "from_place", "to_place"))))]


def posted(relocation: Relocation) -> Text:
    """What is said when it is posted."""
    return _("%(number)s was posted: the goods are in their new bins.") % {"number": relocation.number}


def with_lot(rows: Any, _name: str, number: str) -> Any:
    """Relocations of which a line moves the lot; asked apart, so that none is found twice."""
    return rows.filter(pk__in=RelocationLine.objects.filter(lot__number=number).values("relocation"))


KIND = Kind(
    model=Relocation,
    path="relocations",
    title=gettext_lazy("Relocations"),
    section="goods",
    place=130,
    icon="arrows-exchange",
    shortcut="r",
    entry=Entry(
        operation=operations.relocate,
        title=gettext_lazy("New relocation"),
        subtitle=gettext_lazy(
            "Scan the bin, then the lots in it, then the bin they go to. It is posted as soon as it is sent."
        ),
        form=RelocationForm,
        lines=RelocationLines,
        button=gettext_lazy("Post"),
        asked=RelocationRequest,
        told=posted,
    ),
    offers=(offer_reversal_request(operations.ask_to_reverse_relocation),),
    columns={
        "occurred_at": LocalTimeColumn(verbose_name=gettext_lazy("Moved")),
        "line_count": QuantityColumn(verbose_name=pgettext_lazy("how many", "Lines")),
        "is_reversed": YesColumn(verbose_name=gettext_lazy("Reversed")),
    },
    sequence=("number", "site", "occurred_at", "line_count", "is_reversed", "..."),
    empty_text=gettext_lazy("No relocation matches what you asked for."),
    filters={
        "is_reversed": yes_or_no(gettext_lazy("Reversed")),
        "lot": filters.CharFilter(method=with_lot, label=gettext_lazy("Number of a lot in a line")),
    },
    folded=("lot",),
    facts=("site", "occurred_at", "prepared_by", "prepared_at", "remark"),
    tables=lines,
    answers=Answers(
        whole=RelocationSerializer,
        row=RelocationRowSerializer,
        doc="Goods moved from bin to bin; posted as soon as they are entered.",
        lines=("lines__lot__item", "lines__from_place", "lines__to_place"),
        base=RelocationResource,
    ),
    pages={"list": RelocationList, "add": RelocationAdd, "detail": ReversibleDetail},
)
