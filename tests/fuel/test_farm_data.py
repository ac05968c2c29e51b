"""Master data of the tank farm: what is opened, changed, loaded and proved, and what is refused."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from documents.operations.documents import NotAsRequired
from fuel.models import MeterProving, StrappingRow, StrappingTable, Tank
from fuel.operations import measurement_bases, meters, reconciliation_rules, strapping, tanks
from fuel.operations.strapping import MOST_ROWS, TableLoadedAlready
from fuel.operations.tanks import TankNotEmpty
from registry.errors import NotAllowed
from registry.models import Role, User
from registry.operations.register import NotFitForRegister
from registry.versions import ChangedMeanwhile
from tests.fuel.build import JANUARY, STRAPPING, TankFarm
from tests.registry import build

JULY = JANUARY.replace(month=7)


def changed(farm: TankFarm, **figures: Any) -> Tank:
    given = {"name": "", "safe_fill_m3": None, "is_open": True, "actor": farm.administrator, "at": farm.tick()}
    return tanks.change_tank(tank=farm.tank, **{**given, **figures})


def loaded(farm: TankFarm, rows: Any = STRAPPING, **figures: Any) -> StrappingTable:
    given = {"valid_from_date": JULY, "actor": farm.supervisor, "at": farm.tick(), "certificate_number": "C-7"}
    return strapping.load_strapping_table(tank=farm.tank, rows=rows, **{**given, **figures})


def test_a_tank_gets_a_name_and_a_safe_fill_and_its_history_says_why(urumqi: TankFarm) -> None:
    tank = changed(urumqi, name="North, by the rail", safe_fill_m3=Decimal("9500"), reason="New limit")
    tank.refresh_from_db()
    assert (tank.place.name, tank.safe_fill_m3) == ("North, by the rail", 9500)
    assert tank.history.first().history_change_reason == "New limit"
    assert tank.place.history.first().history_change_reason == "New limit"


def test_a_tank_that_holds_fuel_is_not_taken_out_of_use(urumqi: TankFarm) -> None:
    urumqi.released("1000")
    with pytest.raises(TankNotEmpty, match=r"1,000.kg") as refused:
        changed(urumqi, is_open=False)
    assert refused.value.errors[0].field == "is_open"
    empty = tanks.change_tank(
        tank=urumqi.other_tank,
        name="",
        safe_fill_m3=None,
        is_open=False,
        actor=urumqi.administrator,
        at=urumqi.tick(),
    )
    assert not Tank.objects.get(pk=empty.pk).place.is_open


def test_nothing_comes_into_a_tank_that_was_taken_out_of_use_meanwhile(urumqi: TankFarm) -> None:
    seen = Tank.objects.select_related("place__site__zone", "group").get(pk=urumqi.tank.pk)
    assert seen.place.is_open
    changed(urumqi, is_open=False)
    with pytest.raises(NotAsRequired, match="T-101 is no tank in use"):
        urumqi.received("1000", tank=seen)
    assert urumqi.held() == 0


def test_a_safe_fill_below_nothing_is_refused_and_the_name_stays_too(urumqi: TankFarm) -> None:
    with pytest.raises(NotFitForRegister) as refused:
        changed(urumqi, name="Other", safe_fill_m3=Decimal(-1))
    assert (refused.value.errors[0].field, refused.value.errors[0].figure) == ("safe_fill_m3", "-1")
    assert Tank.objects.get(pk=urumqi.tank.pk).place.name == ""


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(urumqi: TankFarm) -> None:
    seen = {
        "seen_history_id": urumqi.tank.history.first().history_id,
    }
    changed(urumqi, name="First", **seen)
    with pytest.raises(ChangedMeanwhile):
        changed(urumqi, name="Second", **seen)
    assert Tank.objects.get(pk=urumqi.tank.pk).place.name == "First"


def test_only_the_sites_administrator_opens_and_changes(urumqi: TankFarm) -> None:
    stranger = build.user("sven", Role.ADMINISTRATOR, build.organisation("OTHER"))
    for actor in (urumqi.operator, urumqi.supervisor, urumqi.officer, urumqi.auditor, stranger):
        given = {"actor": actor, "at": urumqi.tick()}
        with pytest.raises(NotAllowed):
            changed(urumqi, **given)
        with pytest.raises(NotAllowed):
            tanks.change_tank_group(group=urumqi.group, name="x", **given)
        with pytest.raises(NotAllowed):
            meters.change_meter(meter=urumqi.meter, name="x", is_open=False, **given)
        with pytest.raises(NotAllowed):
            meters.open_meter(site=urumqi.site, code="R-9", kind="hydrant", digits=8, **given)
        with pytest.raises(NotAllowed):
            measurement_bases.set_measurement_basis(
                site=urumqi.site, valid_from_date=JULY, standard="1980", vcf_decimals=5, **given
            )
        with pytest.raises(NotAllowed):
            reconciliation_rules.set_reconciliation_rule(
                site=urumqi.site,
                name="x",
                valid_from_date=JULY,
                split_by="book",
                tolerance_percent_of_issues=Decimal(1),
                tolerance_percent_of_throughput=Decimal(1),
                **given,
            )


def test_supervisors_load_tables_and_record_provings_and_operators_do_not(urumqi: TankFarm) -> None:
    assert loaded(urumqi).loaded_by == urumqi.supervisor
    for actor in (urumqi.operator, urumqi.auditor, urumqi.officer):
        with pytest.raises(NotAllowed):
            loaded(urumqi, actor=actor)
        with pytest.raises(NotAllowed):
            proved(urumqi, actor=actor)
    assert proved(urumqi).recorded_by == urumqi.supervisor


def test_a_meter_moves_to_another_vehicle_and_goes_out_of_use(urumqi: TankFarm) -> None:
    given = {"actor": urumqi.administrator, "at": urumqi.tick(), "reason": "Scrapped"}
    meter = meters.change_meter(meter=urumqi.meter, name="Refueller 12", is_open=False, **given)
    meter.refresh_from_db()
    assert (meter.name, meter.is_open, meter.history.first().history_change_reason) == (
        "Refueller 12",
        False,
        "Scrapped",
    )


def proved(farm: TankFarm, **figures: Any) -> MeterProving:
    at = farm.tick()
    given = {"proved_at": at, "factor": Decimal("1.0012"), "actor": farm.supervisor, "at": at}
    return meters.record_proving(meter=farm.meter, **{**given, **figures})


@pytest.mark.parametrize("factor", ["0.9799", "1.0201", "1.00005"])
def test_a_factor_that_no_prover_gives_is_named(urumqi: TankFarm, factor: str) -> None:
    with pytest.raises(NotFitForRegister) as refused:
        proved(urumqi, factor=Decimal(factor))
    assert (refused.value.errors[0].field, refused.value.errors[0].figure) == ("factor", factor)


def test_a_meter_is_proved_once_a_moment_and_never_in_the_future(urumqi: TankFarm) -> None:
    first = proved(urumqi)
    with pytest.raises(NotFitForRegister, match="already proved at this moment"):
        proved(urumqi, proved_at=first.proved_at)
    with pytest.raises(NotAsRequired, match="future"):
        proved(urumqi, proved_at=urumqi.now + timedelta(days=1))


def test_a_table_that_comes_twice_is_loaded_once(urumqi: TankFarm) -> None:
    first = loaded(urumqi)
    rows = StrappingRow.objects.count()
    assert loaded(urumqi) == first
    assert StrappingRow.objects.count() == rows


@pytest.mark.django_db(transaction=True)
def test_a_table_that_two_load_at_the_same_moment_is_loaded_once(committed_urumqi: TankFarm) -> None:
    farm, both = committed_urumqi, Barrier(2)
    given = {"tank": farm.tank, "rows": STRAPPING, "valid_from_date": JULY, "at": farm.tick()}

    def load(actor: User) -> int:
        both.wait()
        try:
            return strapping.load_strapping_table(**given, actor=actor, certificate_number="C-7").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        loaded_as = list(pool.map(load, (farm.supervisor, farm.administrator)))
    assert len(set(loaded_as)) == 1
    assert farm.tank.strapping_tables.count() == 2


def test_the_same_table_from_another_day_on_is_refused_by_its_version(urumqi: TankFarm) -> None:
    loaded(urumqi)
    with pytest.raises(TableLoadedAlready, match="This is version 2 of the table of tank T-101 again"):
        loaded(urumqi, valid_from_date=JULY + timedelta(days=1))
    again = loaded(urumqi, valid_from_date=JULY + timedelta(days=1), certificate_number="C-8")
    assert again.version == 3


def test_a_day_has_one_table(urumqi: TankFarm) -> None:
    loaded(urumqi)
    with pytest.raises(TableLoadedAlready, match="already has version 2") as refused:
        loaded(urumqi, [*STRAPPING[:-1], (Decimal(10_000), Decimal(6200))])
    assert refused.value.errors[0].field == "valid_from_date"


def test_a_trial_says_what_would_be_loaded_and_writes_nothing(urumqi: TankFarm) -> None:
    given = {"tank": urumqi.tank, "rows": STRAPPING, "valid_from_date": JULY, "actor": urumqi.supervisor}
    trial = strapping.try_strapping_table(**given, at=urumqi.tick(), certificate_number="C-7")
    assert (trial.version, trial.is_known, trial.rows) == (2, False, 21)
    assert (trial.lowest_dip_mm, trial.highest_dip_mm) == (0, 10_000)
    assert (trial.lowest_volume_m3, trial.highest_volume_m3) == (0, 6144)
    assert StrappingTable.objects.filter(tank=urumqi.tank).count() == 1
    loaded(urumqi)
    assert strapping.try_strapping_table(**given, at=urumqi.tick(), certificate_number="C-7").is_known


@pytest.mark.parametrize(
    ("dip_mm", "volume_m3", "field"),
    [("10000.55", "6200", "dip_mm"), ("12345678", "6200", "dip_mm"), ("11000", "6200.00001", "volume_m3")],
)
def test_a_figure_finer_or_larger_than_a_table_holds_is_named(
    urumqi: TankFarm, dip_mm: str, volume_m3: str, field: str
) -> None:
    with pytest.raises(NotAsRequired) as refused:
        loaded(urumqi, [*STRAPPING, (Decimal(dip_mm), Decimal(volume_m3))])
    assert [(error.row, error.field) for error in refused.value.errors] == [(len(STRAPPING), field)]


def test_a_table_of_more_rows_than_any_tank_has_is_refused_at_once(urumqi: TankFarm) -> None:
    rows = [(Decimal(mm), Decimal(mm)) for mm in range(MOST_ROWS + 1)]
    with pytest.raises(NotAsRequired, match=f"at most {MOST_ROWS} rows"):
        loaded(urumqi, rows)


def test_a_site_that_has_measured_in_vacuum_does_not_go_on_in_air(urumqi: TankFarm) -> None:
    given = {"actor": urumqi.administrator, "standard": "1980", "vcf_decimals": 4, "site": urumqi.site}
    given |= {"valid_from_date": JULY, "mass_in": "air"}
    urumqi.gauged("0")
    with pytest.raises(measurement_bases.MassKeptOtherwise, match="vacuum") as refused:
        measurement_bases.set_measurement_basis(**given, at=urumqi.tick())
    assert (refused.value.errors[0].field, refused.value.errors[0].figure) == ("mass_in", "air")
