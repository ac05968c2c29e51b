"""Loading files: again without harm, all or nothing, and every wrong cell named."""

import sys
from io import StringIO
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from registry.errors import NotAReadableFile
from registry.importers import DATA, REGISTER, FileKind, load_folder
from registry.models import ExchangeRate, HsCode, Item, Place, PlaceKind, Site, SiteKind, Unit
from registry.operations.loading import RowsRefused
from registry.operations.loading.items import load_items
from registry.operations.loading.rates import load_exchange_rates
from tests.registry import build

pytestmark = pytest.mark.django_db


def told(command: str, *arguments: object, **options: object) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out, **options)
    return out.getvalue()


def item_row(**cells: str) -> dict[str, str]:
    return {
        "zone": "XJ",
        "code": "ALMOND",
        "name": "Almonds",
        "hs_code": "080211",
        "unit": "KGM",
        "net_mass_kg_per_unit": "1",
        **cells,
    }


@pytest.fixture
def reference(db: None) -> None:
    build.zone(), build.hs_code("080211"), build.unit("KGM")


def test_reference_and_demonstration_load_twice_and_change_nothing_the_second_time() -> None:
    told("load_reference")
    first = told("load_register", DATA / "demo")
    assert "412 added" in first
    histories = Item.history.count(), ExchangeRate.history.count()
    assert "0 added, 0 changed, 412 unchanged" in told("load_register", DATA / "demo")
    assert "0 added" in told("load_hs_codes")
    assert (Item.history.count(), ExchangeRate.history.count()) == histories == (412, ExchangeRate.objects.count())
    assert HsCode.objects.filter(code="080211").exists()
    assert Unit.objects.get(code="H87").decimals == 0
    assert Unit.objects.get(code="KGM").decimals == 5
    assert Site.objects.count() == 9
    # The tanks of a tank farm are opened with their calibration, and not from a list of places.
    for site in Site.objects.exclude(kind=SiteKind.TANK_FARM):
        assert site.places.filter(kind=PlaceKind.SUSPENSE).count() == 1
        assert site.places.physical().count() >= 12
    assert not Item.objects.exclude(national_code="").exists()


def test_a_dry_run_writes_nothing(reference: None, tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    cells = item_row(name_zh="巴旦木")
    path.write_text(",".join(cells) + "\n" + ",".join(cells.values()) + "\n", encoding="utf-8")
    assert "1 added" in told("load_items", path, dry_run=True)
    assert not Item.objects.exists()
    assert "1 added" in told("load_items", path)
    assert Item.objects.get().name_zh == "巴旦木"


def test_every_wrong_cell_is_named_by_row_column_and_figure(reference: None) -> None:
    rows = [
        item_row(),
        item_row(code="A", hs_code="999999", unit="XXX"),
        item_row(code="B", net_mass_kg_per_unit="heavy"),
        item_row(code="C", net_mass_kg_per_unit="0"),
        item_row(code="D", net_mass_kg_per_unit="1.1234567"),
        item_row(code="E", national_code="0806100000", origin="XX"),
        item_row(code="F", needs_licence="perhaps", shelf_life_days="-3"),
        item_row(code="G", statutory_factor_1="2"),
        item_row(),
        item_row(code="", zone=""),
    ]
    with pytest.raises(RowsRefused) as refused:
        load_items(rows=rows, actor=None, at=build.AT)
    named = {(error.row, error.field, error.figure) for error in refused.value.errors}
    assert {
        (1, "hs_code", "999999"),
        (1, "unit", "XXX"),
        (2, "net_mass_kg_per_unit", "heavy"),
        (3, "", None),
        (4, "net_mass_kg_per_unit", "1.1234567"),
        (5, "origin", "XX"),
        (6, "needs_licence", "perhaps"),
        (6, "shelf_life_days", "-3"),
        (7, "", None),
        (8, "code", "ALMOND"),
        (9, "zone", None),
        (9, "code", ""),
    } <= named
    assert 0 not in {error.row for error in refused.value.errors}
    assert not Item.objects.exists()


def test_what_only_the_database_can_refuse_is_named_too(reference: None) -> None:
    rows = [item_row(), item_row(code="C", net_mass_kg_per_unit="0")]
    with pytest.raises(RowsRefused) as refused:
        load_items(rows=rows, actor=None, at=build.AT)
    assert [(error.row, str(error.message)) for error in refused.value.errors] == [
        (1, "The net mass per unit must be above zero.")
    ]
    assert not Item.objects.exists()


def test_a_changed_row_is_changed_with_its_history(reference: None) -> None:
    load_items(rows=[item_row()], actor=None, at=build.AT)
    loaded = load_items(rows=[item_row(name="Almonds in shell")], actor=None, at=build.AT)
    assert (loaded.added, loaded.changed) == (0, 1)
    assert [record.name for record in Item.objects.get().history.all()] == ["Almonds in shell", "Almonds"]


def test_loading_takes_the_same_number_of_queries_for_more_rows(
    reference: None, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(rows: list[dict[str, str]]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            load_items(rows=rows, actor=None, at=build.AT)
        return len(captured)

    assert queries([item_row(code="A")]) == queries([item_row(code=code) for code in "BCD"])


@pytest.mark.parametrize(
    ("currency", "day", "rate", "field"),
    [
        ("US", "2026-01-01", "7.1", "currency"),
        ("usd", "2026-01-01", "7.1", "currency"),
        ("USD", "01/02/2026", "7.1", "valid_from_date"),
        ("USD", "2026-01-01", "7,1", "cny_per_unit"),
        ("USD", "2026-01-01", "NaN", "cny_per_unit"),
        ("USD", "2026-01-01", "-7.1", ""),
    ],
)
def test_a_wrong_exchange_rate_is_refused(currency: str, day: str, rate: str, field: str) -> None:
    row = {"currency": currency, "valid_from_date": day, "cny_per_unit": rate}
    with pytest.raises(RowsRefused) as refused:
        load_exchange_rates(rows=[row], actor=None, at=build.AT)
    assert field in {error.field for error in refused.value.errors}
    assert not ExchangeRate.objects.exists()


def test_a_folder_is_loaded_whole_or_not_at_all(reference: None, tmp_path: Path) -> None:
    (tmp_path / "zones.csv").write_text("code,name,time_zone\nNEW,New zone,Asia/Shanghai\n")
    (tmp_path / "items.csv").write_text(
        "zone,code,name,name_zh,hs_code,unit,net_mass_kg_per_unit\nNEW,A,A,,999999,KGM,1\n"
    )
    with pytest.raises(RowsRefused):
        load_folder(tmp_path, REGISTER, actor=None, at=build.AT)
    with pytest.raises(CommandError, match="line 2, hs_code “999999”"):
        told("load_register", tmp_path)
    assert not build.zone().__class__.objects.filter(code="NEW").exists()


def test_a_file_of_another_shape_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_text("currency,rate\nUSD,7\n")
    with pytest.raises(NotAReadableFile, match="missing: cny_per_unit; unknown: rate"):
        FileKind(path.name, load_exchange_rates, ["currency", "cny_per_unit"]).read(path)
    path.write_bytes("货币\n".encode("gb18030"))
    with pytest.raises(NotAReadableFile, match="UTF-8"):
        FileKind(path.name, load_exchange_rates, ["currency"]).read(path)
    with pytest.raises(NotAReadableFile, match="There is no file"):
        FileKind("rates.csv", load_exchange_rates, ["currency"]).read(tmp_path / "nowhere.csv")


def test_a_file_that_is_loaded_is_read_as_one_that_is_uploaded(reference: None, tmp_path: Path) -> None:
    row = item_row(name="油库", name_zh="油库")
    heading, cells = ",".join(row), ",".join(row.values())
    path = tmp_path / "items.csv"
    path.write_text(f"{heading}\n\n{cells},beyond\n{cells.replace('ALMOND', '#N/A')}\n", encoding="utf-8-sig")
    with pytest.raises(CommandError) as refused:
        told("load_items", path)
    assert "line 3, row “beyond”: This row has more cells" in str(refused.value)
    assert "line 4, code “#N/A”: “#N/A” is an error of the spreadsheet" in str(refused.value)
    path.write_text(f"{heading}\n{cells.replace('油库', chr(34), 1)}\n{cells}\n")
    with pytest.raises(CommandError, match="cannot be read as CSV: unexpected end of data"):
        told("load_items", path)
    path.write_bytes(f"{heading}\n{cells}\n".encode("gb18030"))
    with pytest.raises(CommandError, match=r"not in UTF-8.*油库"):
        told("load_items", path)
    assert not Item.objects.exists()
    assert "1 added" in told("load_items", path, encoding="gb18030")
    assert Item.objects.get().name == "油库"


def test_places_of_the_demonstration_can_be_scanned() -> None:
    told("load_reference")
    told("load_register", DATA / "demo")
    assert Place.objects.get(barcode="HRS-A-01").site.code == "HRS"


def steps_of_refusing(rows: int, how: dict[str, str]) -> int:
    """How many lines of the loading's own code a file of so many wrong rows takes."""
    steps = 0

    def count(frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal steps
        if not frame.f_code.co_filename.endswith(("loading/rows.py", "loading/items.py")):
            return None
        steps += event == "line"
        return count

    given = [item_row(code=f"I-{number}", **how) for number in range(rows)]
    before = sys.gettrace()
    sys.settrace(count)
    try:
        with pytest.raises(RowsRefused):
            load_items(rows=given, actor=None, at=build.AT)
    finally:
        sys.settrace(before)
    return steps


@pytest.mark.parametrize(
    "how", [{"net_mass_kg_per_unit": "much", "unit": "?"}, {"name": "x" * 500}, {"net_mass_kg_per_unit": "-1"}]
)
def test_four_times_the_wrong_rows_take_four_times_the_work(reference: None, how: dict[str, str]) -> None:
    steps_of_refusing(5, how)
    assert steps_of_refusing(160, how) < 5 * steps_of_refusing(40, how)


def test_only_the_first_wrong_cells_are_told_and_how_many_rows_are_wrong(reference: None) -> None:
    with pytest.raises(RowsRefused, match=r"^300 rows .* Only the first 200 wrong cells are told\.$") as refused:
        load_items(rows=[item_row(code=f"I-{number}", unit="?") for number in range(300)], actor=None, at=build.AT)
    assert [error.row for error in refused.value.errors] == list(range(200))
    assert refused.value.left_out == 100
