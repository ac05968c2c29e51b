"""The tank farm over the API: its master data, gauges as worked, and reconciliations from drawn up to approved."""

from typing import Any
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from fuel.models import StrappingTable, Tank
from fuel.reconciliations.operations.reconciling import draw_up_reconciliation
from registry.models import User
from tests.fuel.build import TankFarm
from tests.fuel.test_farm_pages import f4_rows, one_more
from tests.fuel.test_pages import queries_of
from tests.registry.conftest import signed_in
from tests.worked import figures

pytestmark = pytest.mark.django_db

ROOT = "/api/v1"


def caller(user: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


def done(user: User, path: str, body: Any = None, *, key: str = "") -> Any:
    answer = caller(user).post(f"{ROOT}/{path}/", body, format="json", headers={"Idempotency-Key": key or str(uuid4())})
    assert answer.status_code in {200, 201}, answer.content
    return answer.json()


def refused(user: User, path: str, body: Any = None, *, status: int = 422) -> list[tuple[int | None, str, str | None]]:
    answer = caller(user).post(f"{ROOT}/{path}/", body, format="json")
    assert answer.status_code == status, answer.content
    return [(error["row"], error["field"], error["figure"]) for error in answer.json()["errors"]]


def read(user: User, path: str) -> Any:
    answer = caller(user).get(f"{ROOT}/{path}/")
    assert answer.status_code == 200, answer.content
    return answer.json()


def f4_table(farm: TankFarm, **more: Any) -> dict[str, Any]:
    return {
        "site": farm.site.code,
        "tank": "T-101",
        "valid_from_date": "2026-05-01",
        "certificate_number": "C-7",
        "rows": [{"dip_mm": str(mm), "volume_m3": m3} for mm, m3 in f4_rows()],
        **more,
    }


def f4_gauge(farm: TankFarm, **more: Any) -> dict[str, Any]:
    scenario = figures("fuel", "F4")["in"]
    return {
        "site": farm.site.code,
        "tank": "T-101",
        "gauged_at": farm.tick().isoformat(),
        "dip_mm": str(scenario["dip_mm"]),
        "water_mm": str(scenario["water_mm"]),
        "tank_celsius": str(scenario["tank_celsius"]),
        "density_reading": str(scenario["hydrometer"]),
        "sample_celsius": str(scenario["sample_celsius"]),
        **more,
    }


def test_f4_over_the_api_from_the_calibration_to_the_mass(urumqi: TankFarm) -> None:
    table = done(urumqi.supervisor, "strapping-tables", f4_table(urumqi))
    assert (table["version"], table["rows"][2]) == (2, {"dip_mm": "5230.0", "volume_m3": "3214.5600"})
    gauge = done(urumqi.operator, "gauges", f4_gauge(urumqi))
    expected = figures("fuel", "F4")["out"]
    names = ("total_observed_m3", "free_water_m3", "gross_observed_m3", "gross_standard_m3")
    assert {name: gauge[name] for name in names} == {name: expected[name] for name in names}
    assert gauge["density_at_base"] == expected["density_15c"]
    assert gauge["vcf"].rstrip("0") == expected["vcf"]
    assert gauge["strapping_table"] == table["id"]
    assert gauge["acts"] == ["void"]
    tank = read(urumqi.auditor, f"tanks/{urumqi.tank.pk}")
    assert (tank["gauge"], tank["gauged_kg"], tank["book_kg"]) == (gauge["number"], gauge["mass_kg"], "0.00000")
    assert done(urumqi.operator, f"gauges/{gauge['id']}/void", {"reason": "Misread"})["is_void"]
    assert read(urumqi.auditor, f"tanks/{urumqi.tank.pk}")["gauge"] is None


def test_a_gauge_that_comes_twice_is_one_and_its_refusals_name_the_figure(urumqi: TankFarm) -> None:
    body, key = f4_gauge(urumqi), str(uuid4())
    first = done(urumqi.operator, "gauges", body, key=key)
    assert done(urumqi.operator, "gauges", body, key=key) == first
    assert refused(urumqi.operator, "gauges", {**f4_gauge(urumqi), "dip_mm": "12000"}) == [(None, "dip_mm", "12000")]
    assert refused(urumqi.operator, "gauges", {**f4_gauge(urumqi), "tank": "T-9"}) == [(None, "tank", "T-9")]
    assert refused(urumqi.operator, "gauges", {**f4_gauge(urumqi), "dip": "1"}, status=400) == [(None, "dip", "1")]


def test_a_table_that_comes_twice_is_answered_with_the_first(urumqi: TankFarm) -> None:
    client = caller(urumqi.supervisor)
    first = client.post(f"{ROOT}/strapping-tables/", f4_table(urumqi), format="json")
    again = client.post(f"{ROOT}/strapping-tables/", f4_table(urumqi), format="json")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert refused(urumqi.supervisor, "strapping-tables", f4_table(urumqi, certificate_number="C-8"), status=409) == [
        (None, "valid_from_date", "2026-05-01")
    ]


def test_a_table_is_refused_by_row_and_figure(urumqi: TankFarm) -> None:
    def rows(*given: tuple[str, str]) -> dict[str, Any]:
        return f4_table(urumqi, rows=[{"dip_mm": mm, "volume_m3": m3} for mm, m3 in given])

    falling = rows(("0", "0"), ("500", "300"), ("450", "310"), ("600", "299.5"))
    assert refused(urumqi.supervisor, "strapping-tables", falling) == [(2, "dip_mm", "450"), (3, "volume_m3", "299.5")]
    text = rows(("0", "0"), ("500", "deep"))
    assert refused(urumqi.supervisor, "strapping-tables", text, status=400) == [(1, "volume_m3", "deep")]
    assert refused(urumqi.supervisor, "strapping-tables", rows(("0", "0"))) == [(None, "rows", "1")]
    assert refused(urumqi.supervisor, "strapping-tables", rows()) == [(None, "rows", "0")]
    assert not StrappingTable.objects.filter(tank=urumqi.tank, version=2).exists()


def test_an_administrator_opens_a_farm_over_the_api(urumqi: TankFarm) -> None:
    administrator, site = urumqi.administrator, urumqi.site.code
    group = done(administrator, "tank-groups", {"site": site, "code": "SOUTH", "mode": "segregated"})
    opened = {"site": site, "group": "SOUTH", "code": "T-201", "product": "JET-A1", "customs_status": "bonded"}
    tank = done(administrator, "tanks", {**opened, "safe_fill_m3": "9500"})
    assert (tank["group"], tank["safe_fill_m3"], tank["is_open"]) == (group["code"], "9500.000", True)
    assert refused(administrator, "tanks", {**opened, "code": "T-202", "customs_status": ""}) == [
        (None, "customs_status", None)
    ]
    meter = done(administrator, "meters", {"site": site, "code": "H-1", "kind": "hydrant", "digits": 9})
    proving = {"site": site, "meter": "H-1", "proved_at": urumqi.tick().isoformat(), "factor": "1.0012"}
    recorded = done(urumqi.supervisor, "meter-provings", proving)
    assert read(urumqi.auditor, f"meters/{meter['id']}")["provings"][0]["id"] == recorded["id"]
    wrong = {**proving, "proved_at": urumqi.tick().isoformat(), "factor": "1.03"}
    assert refused(urumqi.supervisor, "meter-provings", wrong) == [(None, "factor", "1.03")]
    basis = {"site": site, "valid_from_date": "2026-07-01", "standard": "2004", "vcf_decimals": 5, "base": "20C"}
    assert done(administrator, "measurement-bases", basis)["mass_in"] == "vacuum"
    rule = {
        "site": site,
        "name": "By issues",
        "valid_from_date": "2026-07-01",
        "split_by": "book",
        "tolerance_percent_of_issues": "0.25",
        "tolerance_percent_of_throughput": "0.1",
    }
    assert done(administrator, "reconciliation-rules", rule)["version"] == 2


def test_a_change_leaves_what_it_does_not_name(urumqi: TankFarm) -> None:
    client = caller(urumqi.administrator)
    path = f"{ROOT}/tanks/{urumqi.tank.pk}/"
    client.patch(path, {"name": "North 1"}, format="json")
    changed = client.patch(path, {"safe_fill_m3": "9000", "reason": "Survey"}, format="json").json()
    assert (changed["name"], changed["safe_fill_m3"], changed["is_open"]) == ("North 1", "9000.000", True)
    history = client.get(f"{path}history/").json()
    assert [(entry["reason"], len(entry["changes"])) for entry in history] == [("Survey", 1), ("", 1), ("", 0)]
    assert client.patch(path, {"code": "T-1"}, format="json").status_code == 400
    meter = f"{ROOT}/meters/{urumqi.meter.pk}/"
    assert client.patch(meter, {"is_open": False}, format="json").json()["is_open"] is False
    group = f"{ROOT}/tank-groups/{urumqi.group.pk}/"
    assert client.patch(group, {"name": "Commingled"}, format="json").json()["name"] == "Commingled"
    urumqi.released("1000")
    kept = client.patch(path, {"is_open": False}, format="json")
    assert (kept.status_code, kept.json()["type"]) == (409, "urn:bondbook:problem:tank-not-empty")
    assert Tank.objects.get(pk=urumqi.tank.pk).place.is_open


def test_a_tank_tells_what_it_holds(urumqi: TankFarm) -> None:
    urumqi.gauged("0")
    urumqi.released("1000")
    urumqi.received("500", customs_status="duty_paid")
    (tank,) = [one for one in read(urumqi.auditor, "tanks")["results"] if one["code"] == "T-101"]
    assert (tank["bonded_kg"], tank["duty_paid_kg"], tank["blocked_kg"], tank["book_kg"]) == (
        "1000.00000",
        "500.00000",
        "500.00000",
        "1500.00000",
    )


def test_a_reconciliation_goes_over_the_api_to_its_approval(urumqi: TankFarm) -> None:
    urumqi.gauged("0")
    urumqi.released("100000")
    closing = urumqi.gauged("90000")
    one = done(urumqi.operator, "tank-reconciliations", {"gauge": closing.number})
    assert (one["state"], one["acts"], one["rule"], one["rule_version"]) == (
        "breached",
        ["explain", "void"],
        "By issues",
        1,
    )
    (bonded,) = [line for line in one["lines"] if line["customs_status"] == "bonded"]
    assert (bonded["receipts_kg"], bonded["book_kg"]) == ("100000.000", "100000.000")
    path = f"tank-reconciliations/{one['id']}"
    assert refused(urumqi.supervisor, f"{path}/approve", status=409) == [(None, "", None)]
    explained = done(urumqi.operator, f"{path}/explain", {"explanation": "A valve leaked"})
    assert (explained["state"], explained["explained_by"]) == ("explained", urumqi.operator.email)
    assert caller(urumqi.operator).post(f"{ROOT}/{path}/approve/").status_code == 403
    assert caller(urumqi.supervisor).post(f"{ROOT}/{path}/approve/").status_code == 403
    approved = done(urumqi.officer, f"{path}/approve")
    assert (approved["state"], approved["acts"]) == ("approved", [])
    assert str(urumqi.held()) == f"{approved['physical_kg']}00"


def test_a_reconciliation_is_made_void_and_drawn_up_again(urumqi: TankFarm) -> None:
    urumqi.gauged("0")
    closing = urumqi.gauged("0")
    one = done(urumqi.operator, "tank-reconciliations", {"gauge": closing.number})
    assert done(urumqi.operator, f"tank-reconciliations/{one['id']}/void", {"reason": "Early"})["state"] == "void"
    again = done(urumqi.operator, "tank-reconciliations", {"gauge": closing.number})
    assert again["number"] != one["number"]
    unknown = refused(urumqi.operator, "tank-reconciliations", {"gauge": "GAU-404"})
    assert unknown == [(None, "gauge", "GAU-404")]


LISTS = (
    "tank-groups",
    "tanks",
    "strapping-tables",
    "meters",
    "meter-provings",
    "measurement-bases",
    "reconciliation-rules",
    "gauges",
    "tank-reconciliations",
)


@pytest.mark.parametrize("path", [*LISTS, "tanks/{tank}", "meters/{meter}"])
def test_three_rows_take_as_many_queries_as_one(urumqi: TankFarm, path: str) -> None:
    url = f"{ROOT}/{path.format(tank=urumqi.tank.pk, meter=urumqi.meter.pk)}/"
    client = signed_in(urumqi.supervisor)
    counts = []
    for number in range(3):
        one_more(urumqi, number)
        tank = Tank.objects.get(place__code=f"T-{number}")
        closing = urumqi.gauged("0", tank=tank)
        draw_up_reconciliation(tank=tank, gauge=closing, actor=urumqi.operator, at=urumqi.tick(), request_key=uuid4())
        counts.append(queries_of(client, url))
    assert counts[0] == counts[2]
