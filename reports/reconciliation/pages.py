"""The statement as a page and as files, and the documents behind its lines under way."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from http import HTTPStatus
from typing import Any, ClassVar
from urllib.parse import urlencode

import django_tables2 as tables
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customs.models import AccountBook
from documents.bridges import BridgeLine
from documents.bridges import UnderWay as GoodsUnderWay
from ledger.postings import CustomsStatus, Journal
from ledger.queries import today
from registry.columns import CodeColumn, MoneyColumn, QuantityColumn
from registry.csv_files import csv_response
from registry.fields import CodeField
from registry.models import Item, Role, User
from registry.navigation import REVIEWERS
from registry.pages import Link, Page
from registry.parameters import names_of, refuse_unknown
from registry.wording import local_time_text
from registry.xlsx_files import xlsx_response
from reports.reconciliation.definition import LINES, Line, Section
from reports.reconciliation.rows import StatementRow, statement_rows
from reports.reconciliation.statement import (
    Figures,
    ItemStatement,
    Scope,
    Statement,
    bridges_of,
    reconcile,
)
from reports.reconciliation.verification import recomputed_from_entries

UNDER_WAY = frozenset(BridgeLine)


class ScopeForm(forms.Form):
    """What the statement is asked about."""

    book = forms.ModelChoiceField(AccountBook.objects.none(), label=gettext_lazy("Account book"), empty_label=None)
    from_date = forms.DateField(label=gettext_lazy("From"), widget=forms.DateInput)
    through_date = forms.DateField(label=gettext_lazy("Through"), widget=forms.DateInput)
    item = CodeField(Item.objects.select_related("unit"), label=gettext_lazy("Item"), required=False)
    customs_status = forms.ChoiceField(
        label=gettext_lazy("Customs status"),
        choices=[("", gettext_lazy("Any")), *CustomsStatus.choices],
        required=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        books: Any = self.fields["book"]
        books.queryset = visible_books(user)
        books.label_from_instance = lambda book: f"{book.number} ({book.site.code})"
        self.fields["item"].widget.attrs["data-suggest-url"] = reverse("registry:item_suggest")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("from_date"), cleaned.get("through_date")
        if first and last and first > last:
            self.add_error("through_date", _("The last day lies before the first."))
        return cleaned

    @property
    def scope(self) -> Scope:
        given = self.cleaned_data
        return Scope(given["book"], given["from_date"], given["through_date"], given["item"], given["customs_status"])


class StatementTable(tables.Table):
    """Every line of every item, as the files have it."""

    item = CodeColumn(verbose_name=gettext_lazy("Item"))
    name = tables.Column(verbose_name=gettext_lazy("Name"))
    code = tables.Column(verbose_name=gettext_lazy("Line code"))
    label = tables.Column(verbose_name=gettext_lazy("Line"))
    quantity = QuantityColumn(unit="unit", verbose_name=gettext_lazy("Quantity"))
    customs_value_cny = MoneyColumn(verbose_name=gettext_lazy("Customs value (CNY)"))
    tax_cny = MoneyColumn(verbose_name=gettext_lazy("Suspended duty and tax (CNY)"))

    class Meta:
        orderable = False


@dataclass(frozen=True, slots=True)
class ShownLine:
    line: Line
    figures: Figures
    url: str


@dataclass(frozen=True, slots=True)
class ShownItem:
    statement: ItemStatement
    url: str

    def of(self, code: str) -> Decimal:
        return self.statement.lines[code].quantity

    @property
    def came(self) -> Decimal:
        return self._moved(lambda quantity: quantity > 0)

    @property
    def left(self) -> Decimal:
        return self._moved(lambda quantity: quantity < 0)

    def _moved(self, counts: Any) -> Decimal:
        book = [line.code for line in LINES if line.section == Section.BOOK and not line.is_total]
        return sum((self.of(code) for code in book if counts(self.of(code))), Decimal(0))


class Reconciliation(Page):
    """One statement: its lines, each leading to what it is made of, and below it every item."""

    readers: ClassVar[frozenset[Role]] = REVIEWERS
    title = gettext_lazy("Reconciliation")
    template_name = "reports/reconciliation.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = self.form
        refuse_unknown(request.GET, names_of(form) | {"format", "recompute"})
        if not form.is_valid():
            status = HTTPStatus.BAD_REQUEST if "format" in request.GET else HTTPStatus.OK
            return self.show(self.context(form=form), fragment="statement", status=status)
        statement = reconcile(form.scope)
        if request.GET.get("format") in {"csv", "xlsx"}:
            return self._file(statement, request.GET["format"])
        return self.show(self.context(form=form, **self._shown(statement)), fragment="statement")

    @cached_property
    def form(self) -> ScopeForm:
        asked = self.request.GET.copy()
        for name, usual in self._usual().items():
            asked.setdefault(name, usual)
        return ScopeForm(asked, user=self.user)

    def _usual(self) -> dict[str, str]:
        """The first book, from the first of this month through today."""
        book = visible_books(self.user).first()
        if book is None:
            return {}
        day = today(at=timezone.now(), site_id=book.site_id)
        return {
            "book": str(book.pk),
            "from_date": day.replace(day=1).isoformat(),
            "through_date": day.isoformat(),
        }

    def _file(self, statement: Statement, kind: str) -> HttpResponseBase:
        scope = statement.scope
        name = f"reconciliation-{scope.book.number}-{scope.from_date}-{scope.through_date}"
        table = StatementTable(statement_rows(statement))
        return csv_response(table, name=name) if kind == "csv" else xlsx_response(table, name=name)

    def _shown(self, statement: Statement) -> dict[str, Any]:
        scope, total = statement.scope, statement.total
        differences = recomputed_from_entries(statement) if "recompute" in self.request.GET else None
        return {
            "statement": statement,
            "scope": scope,
            "unit": statement.unit,
            "lines": [
                ShownLine(line, total[line.code], _line_url(line, scope))
                for line in LINES
                if line.is_total or line.code == "on_floor" or total[line.code]
            ],
            "items": [ShownItem(one, self._item_url(one.item)) for one in statement.items],
            "counted": statement.counted,
            "is_within_tolerance": _is_within(statement),
            "differences": differences,
            "query": self._query(),
            "recompute_url": f"?{self._query(recompute=1)}",
        }

    def _query(self, **more: Any) -> str:
        given = {name: self.form[name].value() or "" for name in self.form.fields}
        return urlencode({**given, **more})

    def _item_url(self, item: Item) -> str:
        return f"?{self._query(item=item.code)}"


class UnderWayTable(tables.Table):
    """Goods between book and floor, line by line of their documents."""

    document = CodeColumn(
        accessor="number",
        linkify=lambda record: record.url,
        verbose_name=gettext_lazy("Document"),
    )
    since = tables.Column(verbose_name=gettext_lazy("Since"))
    item = CodeColumn(accessor="item__code", verbose_name=gettext_lazy("Item"))
    name = tables.Column(accessor="item__name", verbose_name=gettext_lazy("Name"))
    lot = CodeColumn(accessor="lot__number", verbose_name=gettext_lazy("Lot"))
    quantity = QuantityColumn(unit="item__unit", verbose_name=gettext_lazy("Quantity"))

    class Meta:
        orderable = False
        caption = gettext_lazy("Goods under way")
        empty_text = gettext_lazy("Nothing was under way.")

    def render_since(self, value: Any) -> str:
        return local_time_text(value)


class UnderWay(Reconciliation):
    """The documents behind a line of goods under way."""

    template_name = "reports/under_way.html"

    def get_title(self) -> str:
        return str(next(line.label for line in LINES if line.code == self.kwargs["line"]))

    def back(self) -> Link:
        return Link(_("Reconciliation"), f"{reverse('reports:reconciliation')}?{self._query()}")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = self._rows(self.form.scope) if self.form.is_valid() else []
        return self.show(self.context(form=self.form, table=UnderWayTable(rows)))

    def _rows(self, scope: Scope) -> list[GoodsUnderWay]:
        return [row for bridge, rows in bridges_of(scope, self.kwargs["line"]) for row in bridge.tell(rows)]


def visible_books(user: User) -> Any:
    """The account books whose statements the user may read."""
    books: Any = AccountBook.objects
    return books.visible_to(user).select_related("site").order_by("site__code", "number")


def _is_within(statement: Statement) -> bool:
    counted = statement.counted
    return counted is None or counted.variance is None or abs(counted.variance) <= statement.loss_tolerance


def _line_url(line: Line, scope: Scope) -> str:
    """Where the rows behind a line are listed; empty for sums, which stand on the page themselves."""
    item_code = scope.item.code if scope.item else ""
    if line.kind is not None:
        asked = {
            "site": scope.book.site_id,
            "book": scope.book.pk,
            "kind": line.kind.value,
            "item": item_code,
            "from_date": scope.from_date,
            "through_date": scope.through_date,
        }
        return f"{reverse('reports:book_movements')}?{urlencode(asked)}"
    if line.code in UNDER_WAY:
        asked = {
            "book": scope.book.pk,
            "from_date": scope.from_date,
            "through_date": scope.through_date,
            "item": item_code,
        }
        return f"{reverse('reports:reconciliation_under_way', args=[line.code])}?{urlencode(asked)}"
    day: date = scope.through_date
    journal, kind = Journal.STOCK, line.place_kind or ""
    match line.code:
        case "opening":
            day, journal = date.fromordinal(scope.from_date.toordinal() - 1), Journal.CUSTOMS
        case "book_closing":
            journal = Journal.CUSTOMS
        case "over":
            kind = "suspense"
        case "expected" | "unexplained":
            return ""
    asked = {
        "by": "lot",
        "site": scope.book.site_id,
        "book": scope.book.pk,
        "journal": int(journal),
        "through_date": day,
        "place_kind": kind,
        "item": scope.item.pk if scope.item else "",
    }
    if line.code == "over":
        # Goods found over stand in no book yet.
        asked["book"] = ""
    return f"{reverse('ledger:stock')}?{urlencode(asked)}"


__all__ = ["Reconciliation", "ScopeForm", "StatementRow", "StatementTable", "UnderWay", "visible_books"]
