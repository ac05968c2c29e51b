"""The statement once more, straight from the entries: no balances, daily movements or closings are read."""

from collections import defaultdict
from dataclasses import dataclass

from ledger.queries import book_from_entries
from reports.reconciliation.definition import LINE_OF_KIND
from reports.reconciliation.statement import Figures, Row, Statement


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that the entries do not confirm."""

    item_id: int
    line: str
    stated: Figures
    recomputed: Figures


def recomputed_from_entries(statement: Statement) -> list[Difference]:
    """Recompute opening, movements and closing from entries alone, and name every figure that differs.

    Reads every entry of the book, so its time grows with the book's age; the statement's does not.
    """
    scope = statement.scope
    figures: dict[tuple[int, str], Figures] = defaultdict(Figures)
    before = book_from_entries(book_place_id=scope.book.place_id, before=scope.began_at)
    within = book_from_entries(book_place_id=scope.book.place_id, before=scope.ended_at, since=scope.began_at)
    for is_before, rows in ((True, before), (False, within)):
        for item_id, status, kind, quantity, value_cny, tax_cny in rows:
            if (scope.item and item_id != scope.item.pk) or scope.customs_status not in {"", status}:
                continue
            row = Row(item_id, status, quantity, value_cny, tax_cny)
            code = "opening" if is_before else LINE_OF_KIND.get(kind)
            if code:
                figures[item_id, code].add(row)
            figures[item_id, "book_closing"].add(row)
    stated = {
        (one.item.pk, code): figures_of
        for one in statement.items
        for code, figures_of in one.lines.items()
        if code in {"opening", "book_closing", *LINE_OF_KIND.values()}
    }
    return [
        Difference(item_id, code, stated.get((item_id, code), Figures()), figures[item_id, code])
        for item_id, code in sorted(figures.keys() | stated.keys())
        if stated.get((item_id, code), Figures()) != figures[item_id, code]
    ]
