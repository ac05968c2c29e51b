"""Pages of the tank farm's master data: by whom they are filled in, what is refused where, and constant queries."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from fuel.gauges import operations as gauges
from fuel.models import (
    Gauge,
    MeasurementBasis,
    Meter,
    ReconciliationRule,
    StrappingTable,
    Tank,
    TankGroup,
)
from fuel.operations import measurement_bases, meters, reconciliation_rules, strapping, tanks
from registry.models import Role, User
from registry.uploads import LARGEST_FILE_BYTES
from tests.fuel.build import JANUARY, STRAPPING, TankFarm
from tests.fuel.test_gauges import given
from tests.fuel.test_pages import gauge_form, queries_of
from tests.registry import build
from tests.registry.conftest import signed_in
from tests.worked import figures

pytestmark = pytest.mark.django_db


def sent(user: User, name: str, data: dict[str, Any], *args: Any) -> Any:
    answer = signed_in(user).post(reverse(f"fuel:{name}", args=args), data)
    assert answer.status_code == 302, answer.context["form"].errors
    return answer


def test_an_administrator_opens_a_farm_by_its_forms(urumqi: TankFarm) -> None:
    administrator, site = urumqi.administrator, urumqi.site.pk
    sent(administrator, "tank_group_add", {"site": site, "code": "SOUTH", "name": "Apart", "mode": "segregated"})
    group = TankGroup.objects.get(code="SOUTH")
    tank_form = {"group": group.pk, "code": "T-201", "product": "JET-A1", "customs_status": "bonded"}
    sent(administrator, "tank_add", {**tank_form, "name": "By the rail", "safe_fill_m3": "9500"})
    tank = Tank.objects.get(place__code="T-201")
    assert (tank.group, tank.customs_status, tank.safe_fill_m3) == (group, "bonded", 9500)
    sent(administrator, "meter_add", {"site": site, "code": "H-1", "kind": "hydrant", "digits": "9"})
    meter = Meter.objects.get(code="H-1")
    proving = {"proved_at": "2026-06-01 08:00", "factor": "1.0012", "certificate_number": "P-1"}
    sent(urumqi.supervisor, "meter_prove", proving, meter.pk)
    assert meter.provings.get().factor == Decimal("1.0012")
    basis = {"site": site, "valid_from_date": "2026-07-01", "standard": "2004", "vcf_decimals": "5", "base": "20C"}
    sent(administrator, "measurement_basis_add", {**basis, "mass_in": "air", "agreed_in": "Notice 7"})
    assert MeasurementBasis.objects.get(valid_from_date="2026-07-01").mass_in == "air"
    page = signed_in(administrator).get(tank.get_absolute_url()).content.decode()
    assert "By the rail" in page
    assert "cannot be gauged before its strapping table is loaded" in page


def test_whoever_has_no_tank_group_hears_so_on_the_form_of_a_tank(urumqi: TankFarm) -> None:
    keeper = build.organisation("ELSEWHERE")
    elsewhere = build.user("ann", Role.ADMINISTRATOR, keeper)
    assert signed_in(elsewhere).get(reverse("fuel:tank_add")).status_code == 403, "who keeps no site keeps no tank"
    build.site("ELSE", keeper=keeper)
    page = signed_in(elsewhere).get(reverse("fuel:tank_add")).content.decode()
    assert "None of your sites has a tank group. Open one first." in page
    answer = signed_in(elsewhere).post(reverse("fuel:tank_add"), {"group": urumqi.group.pk, "code": "T-9"})
    assert list(answer.context["form"].errors) == ["group", "product"]


def test_what_may_change_is_changed_and_the_history_tells_it_once(urumqi: TankFarm) -> None:
    tank = urumqi.tank
    client = signed_in(urumqi.administrator)
    seen = client.get(f"{tank.get_absolute_url()}change/").context["form"]["seen_history_id"].value()
    change = {"name": "North 1", "safe_fill_m3": "9000", "is_open": "on", "reason": "Survey", "seen_history_id": seen}
    sent(urumqi.administrator, "tank_change", change, tank.pk)
    entries = client.get(tank.get_absolute_url()).context["entries"]
    assert [len(entry.changes) for entry in entries] == [2, 0]
    late = client.post(f"{tank.get_absolute_url()}change/", {**change, "name": "North 2"})
    assert "after you opened it" in late.content.decode()
    assert Tank.objects.get(pk=tank.pk).place.name == "North 1"
    sent(urumqi.administrator, "meter_change", {"name": "Truck 7"}, urumqi.meter.pk)
    assert not Meter.objects.get(pk=urumqi.meter.pk).is_open
    sent(urumqi.administrator, "tank_group_change", {"name": "Commingled"}, urumqi.group.pk)
    assert TankGroup.objects.get(pk=urumqi.group.pk).name == "Commingled"


def test_a_tank_with_fuel_stays_in_use_and_the_form_says_how_much_it_holds(urumqi: TankFarm) -> None:
    urumqi.released("1000")
    url = reverse("fuel:tank_change", args=[urumqi.tank.pk])
    answer = signed_in(urumqi.administrator).post(url, {"name": "North 1"})
    assert "still holds 1,000" in answer.context["form"].errors["is_open"][0]
    assert 'value="North 1"' in answer.content.decode()


def test_a_new_version_of_a_rule_begins_as_the_last_one_is(urumqi: TankFarm) -> None:
    client = signed_in(urumqi.administrator)
    rule = ReconciliationRule.objects.get()
    (link,) = client.get(rule.get_absolute_url()).context["links"]
    form = client.get(link.url).context["form"]
    begun = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    assert begun["name"] == rule.name
    sent(urumqi.administrator, "reconciliation_rule_add", {**begun, "valid_from_date": "2026-07-01"})
    assert ReconciliationRule.objects.get(version=2).tolerance_percent_of_issues == rule.tolerance_percent_of_issues


def test_a_rule_names_the_status_that_bears_all(urumqi: TankFarm) -> None:
    form = {
        "site": urumqi.site.pk,
        "name": "All to one",
        "valid_from_date": "2026-07-01",
        "split_by": "one_status",
        "tolerance_percent_of_issues": "0.2",
        "tolerance_percent_of_throughput": "0.1",
    }
    answer = signed_in(urumqi.administrator).post(reverse("fuel:reconciliation_rule_add"), form)
    assert "Name the status that bears all, and only then." in answer.content.decode()


def test_an_administrator_keeps_tanks_and_meters_but_reads_no_lots(urumqi: TankFarm) -> None:
    lot = urumqi.released("1000").lot
    page = signed_in(urumqi.administrator).get(urumqi.tank.get_absolute_url())
    assert lot.number not in page.content.decode()
    assert "Load a strapping table" in page.content.decode()
    for user in (urumqi.operator, urumqi.auditor):
        assert "Load a strapping table" not in signed_in(user).get(urumqi.tank.get_absolute_url()).content.decode()


def table_text(rows: Any = STRAPPING, separator: str = "\t") -> str:
    return "\n".join(f"{mm}{separator}{m3}" for mm, m3 in rows)


def posted(farm: TankFarm, *, user: User | None = None, **form: Any) -> Any:
    data = {"valid_from_date": "2026-07-01", "certificate_number": "C-7", **form}
    client = signed_in(user or farm.supervisor)
    return client.post(reverse("fuel:tank_load_strapping", args=[farm.tank.pk]), data)


def f4_rows() -> list[tuple[str, str]]:
    scenario = figures("fuel", "F4")["in"]
    return [*scenario["water_mm_m3"], *scenario["strapping_mm_m3"]]


def workbook(rows: Any) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("table.xlsx", content.getvalue())


def test_a_table_is_shown_before_it_is_loaded_and_then_gauges_by_it_as_worked(urumqi: TankFarm) -> None:
    rows = [("Dip (mm)", "Volume (m³)"), *((mm, float(m3)) for mm, m3 in f4_rows())]
    shown = posted(urumqi, file=workbook(rows), load="1")
    trial = shown.context["trial"]
    assert (trial.version, trial.rows, trial.lowest_dip_mm, trial.highest_dip_mm) == (2, 4, 10, 5240)
    assert (trial.lowest_volume_m3, trial.highest_volume_m3) == (Decimal("4.812"), Decimal("3220.704"))
    assert StrappingTable.objects.filter(tank=urumqi.tank).count() == 1
    kept = shown.context["form"]["rows"].value()
    assert "5230\t3214.56" in kept
    loaded = posted(urumqi, rows=kept, load="1")
    table = StrappingTable.objects.get(tank=urumqi.tank, version=2)
    assert loaded.url == table.get_absolute_url()
    assert (table.certificate_number, table.valid_from_date) == ("C-7", date(2026, 7, 1))
    gauge_at = urumqi.tick(days=60)
    client = signed_in(urumqi.operator)
    client.post("/fuel/gauges/new/", gauge_form(urumqi, gauged_at=gauge_at.strftime("%Y-%m-%d %H:%M")))
    expected = figures("fuel", "F4")["out"]
    gauge = Gauge.objects.get()
    assert str(gauge.total_observed_m3) == expected["total_observed_m3"]
    assert str(gauge.gross_standard_m3) == expected["gross_standard_m3"]
    assert gauge.strapping_table == table


def test_a_table_that_is_sent_twice_is_loaded_once(urumqi: TankFarm) -> None:
    first = posted(urumqi, rows=table_text(), load="1")
    assert posted(urumqi, rows=table_text(), load="1").url == first.url
    assert posted(urumqi, rows=table_text()).context["trial"].is_known
    assert "loaded before, as version 2" in posted(urumqi, rows=table_text()).content.decode()
    other_day = posted(urumqi, rows=table_text(), valid_from_date="2026-08-01", load="1")
    assert "This is version 2 of the table of tank T-101 again" in other_day.context["form"].errors["rows"][0]
    other_rows = posted(urumqi, rows=table_text(STRAPPING[:5]), load="1")
    assert "already has version 2" in other_rows.context["form"].errors["valid_from_date"][0]


def test_every_cell_at_fault_is_named_and_the_rows_stay_to_be_mended(urumqi: TankFarm) -> None:
    rows = "dip_mm;volume_m3\n0;0\n\n500;300\n450;310\n600;299.5\n700;deep\n800;\n900;1,5;2"
    answer = posted(urumqi, file=SimpleUploadedFile("table.csv", rows.encode()))
    told = [(cell.line, cell.field, cell.figure) for cell in answer.context["refused"].data.data]
    assert told == [(7, "volume_m3", "deep"), (8, "volume_m3", None), (9, "", "2"), (9, "volume_m3", "1,5")]
    assert "4 cells cannot be accepted" in answer.content.decode()
    kept = answer.context["form"]["rows"].value()
    assert "700\tdeep" in kept
    figures_alone = "\n".join(kept.splitlines()[:6])
    answer = posted(urumqi, rows=figures_alone)
    told = [(cell.line, cell.field, cell.figure) for cell in answer.context["refused"].data.data]
    assert told == [(5, "dip_mm", "450"), (6, "volume_m3", "299.5")]
    assert not StrappingTable.objects.filter(tank=urumqi.tank, version=2).exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"dip_mm,volume_m3\n0,0", "at least two rows"),
        (b"dip_mm,volume_m3\n", "at least two rows"),
        (b" \n", "Choose a file, or paste rows"),
        (b"dip_mm\n0", "lacks the columns: volume_m3"),
        (b"dip_mm,volume_m3,colour\n0,0,red", "not known: colour"),
        (b"dip_mm,volume_m3\n\xff\xfe\x00", "neither XLSX nor text"),
        (b"0,0\n" * (LARGEST_FILE_BYTES // 4 + 1), "larger than"),
    ],
)
def test_a_file_that_is_no_table_says_why(urumqi: TankFarm, content: bytes, told: str) -> None:
    page = posted(urumqi, file=SimpleUploadedFile("table.csv", content)).content.decode()
    assert told in page


def test_of_very_many_cells_at_fault_a_page_shows_some_and_counts_all(urumqi: TankFarm) -> None:
    rows = "\n".join(f"{number}\tx" for number in range(150))
    page = posted(urumqi, rows=rows).content.decode()
    assert "150 cells cannot be accepted" in page
    assert "There are 50 more." in page


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_table_that_was_downloaded_can_be_loaded_again(urumqi: TankFarm, language: str) -> None:
    table = urumqi.tank.strapping_tables.get()
    client = signed_in(urumqi.auditor)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for kind in ("csv", "xlsx"):
        written = client.get(f"{table.get_absolute_url()}?format={kind}")
        content = b"".join(written.streaming_content) if written.streaming else written.content
        assert kind == "xlsx" or ("油高" in content.decode()) == (language == "zh-hans")
        answer = posted(urumqi, file=SimpleUploadedFile(f"table.{kind}", content))
        assert answer.context["trial"].rows == len(STRAPPING), kind


def test_a_strapping_table_has_its_page(urumqi: TankFarm) -> None:
    table = urumqi.tank.strapping_tables.get()
    answer = signed_in(urumqi.auditor).get(table.get_absolute_url())
    page = answer.content.decode()
    assert 'data-chart="strapping"' in page
    assert "6,144" in page
    assert answer.context["chart"]["x"][-1] == "10000"


def one_more(farm: TankFarm, number: int) -> None:
    """Another tank with a table, a group, a meter with a proving, a basis and a rule."""
    given = {"actor": farm.administrator, "at": farm.tick()}
    tanks.open_tank_group(site=farm.site, code=f"G-{number}", mode="book", **given)
    tank = tanks.open_tank(group=farm.group, code=f"T-{number}", product=farm.product, **given)
    day = JANUARY.replace(day=2 + number)
    strapping.load_strapping_table(tank=tank, rows=STRAPPING, valid_from_date=day, **given)
    rows = [*STRAPPING[:-1], (Decimal(10_000), Decimal(6145 + number))]
    strapping.load_strapping_table(tank=farm.tank, rows=rows, valid_from_date=day, **given)
    meter = meters.open_meter(site=farm.site, code=f"R-{number + 2}", kind="hydrant", digits=8, **given)
    meters.record_proving(meter=meter, proved_at=farm.now, factor=Decimal(1), **given)
    meters.record_proving(meter=farm.meter, proved_at=farm.now, factor=Decimal(1), **given)
    measurement_bases.set_measurement_basis(
        site=farm.site, valid_from_date=day, standard="1980", vcf_decimals=4, **given
    )
    reconciliation_rules.set_reconciliation_rule(
        site=farm.site,
        name="By issues",
        valid_from_date=day,
        split_by="issues",
        tolerance_percent_of_issues=Decimal(1),
        tolerance_percent_of_throughput=Decimal(1),
        **given,
    )
    farm.gauged("0", tank=tank)


@pytest.mark.parametrize(
    "path",
    [
        "/fuel/tank-groups/",
        "/fuel/tanks/",
        "/fuel/meters/",
        "/fuel/measurement-bases/",
        "/fuel/reconciliation-rules/",
        "group",
        "tank",
        "meter",
    ],
)
def test_three_rows_take_as_many_queries_as_one(urumqi: TankFarm, path: str) -> None:
    url = path if path.startswith("/") else getattr(urumqi, path).get_absolute_url()
    client: Client = signed_in(urumqi.supervisor)
    counts = []
    for number in range(3):
        one_more(urumqi, number)
        counts.append(queries_of(client, url))
    assert counts[0] == counts[2]


def test_a_gauge_names_the_table_that_it_was_taken_by(urumqi: TankFarm) -> None:
    gauge = gauges.record_gauge(**given(urumqi))
    page = signed_in(urumqi.operator).get(gauge.get_absolute_url()).content.decode()
    assert f'href="{gauge.strapping_table.get_absolute_url()}"' in page
