import pytest

from tests.fuel.build import TankFarm, fuel_tariff, tank_farm
from tests.fuel.farm import Farm
from tests.fuel.farm import farm as small_farm
from tests.fuel.pricing import f9
from tests.standing import standing


@standing
def urumqi() -> TankFarm:
    """A tank farm whose statuses share the tanks by book."""
    fuel_tariff()
    return tank_farm()


@standing
def segregated() -> TankFarm:
    """A tank farm whose first tank is bonded and whose second is duty paid."""
    fuel_tariff()
    return tank_farm(mode="segregated")


@standing
def priced(urumqi: TankFarm) -> TankFarm:
    """A tank farm with 900 t of bonded fuel, and everything that F9 is priced with."""
    urumqi.released("900000")
    f9(urumqi)
    return urumqi


@standing
def small() -> Farm:
    """A tank farm without tanks as yet."""
    return small_farm()


@pytest.fixture
def committed_urumqi(transactional_db: None) -> TankFarm:
    """A tank farm whose statuses share the tanks by book, committed, for tests whose threads must see it."""
    fuel_tariff()
    return tank_farm()
