"""Loading books and guarantees: again without harm, all or nothing, and every wrong cell named."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from customs.importers import DATA
from customs.models import AccountBook, Guarantee, Regime
from customs.operations.loading import load_account_books, load_guarantees
from registry.importers import DATA as REGISTER_DATA
from registry.models import PlaceKind, Site
from registry.operations.loading import RowsRefused
from tests.registry import build

pytestmark = pytest.mark.django_db


def told(command: str, *arguments: object) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def row(**cells: str) -> dict[str, str]:
    return {
        "site": "YRK", "number": "B-1", "kind": "logistics", "holder": "YRK-KEEPER", "opened_date": "2025-01-01",
        **cells,
    }  # fmt: skip


def test_demonstration_loads_twice_and_every_site_can_admit() -> None:
    told("load_reference")
    told("load_register", REGISTER_DATA / "demo")
    assert told("load_customs", DATA / "demo") == (
        "guarantees.csv: 5 added, 0 changed, 0 unchanged\naccount_books.csv: 9 added, 0 changed, 0 unchanged\n"
    )
    assert "0 added, 0 changed, 9 unchanged" in told("load_customs", DATA / "demo")
    assert AccountBook.history.count() == 9
    regimes = {regime.code: regime for regime in Regime.objects.all()}
    for site in Site.objects.all():
        (book,) = site.account_books.all()
        assert book.place.kind == PlaceKind.BOOK
        assert (book.guarantee is not None) == regimes[site.regime].takes_guarantee


def test_what_differs_is_changed(site: Site) -> None:
    def load(limit: str, cycle: str) -> list[object]:
        guarantee = {"site": "YRK", "number": "G-1", "guarantor": "Bank", "limit_cny": limit}
        book = row(guarantee="G-1", reconciliation_months=cycle)
        loaded = [
            load_guarantees(rows=[guarantee], actor=None, at=build.AT),
            load_account_books(rows=[book], actor=None, at=build.AT),
        ]
        return [(one.added, one.changed, one.unchanged) for one in loaded]

    assert load("100.00", "12") == [(1, 0, 0), (1, 0, 0)]
    assert load("200.00", "6") == [(0, 1, 0), (0, 1, 0)]
    assert load("200", "6") == [(0, 0, 1), (0, 0, 1)]
    assert Guarantee.objects.get().history.count() == 2
    assert AccountBook.objects.get().reconciliation_months == 6


def test_every_wrong_cell_is_named_and_nothing_is_loaded(site: Site) -> None:
    rows = [
        row(),
        row(number="B-2", site="NOWHERE", opened_date="soon"),
        row(number="B-3", kind="unheard of"),
        row(number="B-4", reconciliation_months="13"),
    ]
    with pytest.raises(RowsRefused) as refused:
        load_account_books(rows=rows, actor=None, at=build.AT)
    cells = {(error.row, error.field) for error in refused.value.errors}
    assert cells == {(1, "site"), (1, "opened_date"), (2, "kind"), (3, "reconciliation_months")}
    assert not AccountBook.objects.exists()


def test_book_stays_at_its_site(site: Site) -> None:
    build.site("HRS")
    load_account_books(rows=[row()], actor=None, at=build.AT)
    with pytest.raises(RowsRefused) as refused:
        load_account_books(rows=[row(site="HRS")], actor=None, at=build.AT)
    assert [(error.row, error.field) for error in refused.value.errors] == [(0, "site")]


def test_command_names_the_line(site: Site, tmp_path: Path) -> None:
    (tmp_path / "guarantees.csv").write_text("site,number,guarantor,limit_cny\nYRK,G-1,Bank,-5\n")
    with pytest.raises(CommandError, match=r"line 2, .*above zero"):
        told("load_customs", tmp_path)
