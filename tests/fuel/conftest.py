import pytest

from tests.fuel.build import TankFarm, fuel_tariff, tank_farm


@pytest.fixture
def urumqi(db: None) -> TankFarm:
    """A tank farm whose statuses share the tanks by book."""
    fuel_tariff()
    return tank_farm()


@pytest.fixture
def segregated(db: None) -> TankFarm:
    """A tank farm whose first tank is bonded and whose second is duty paid."""
    fuel_tariff()
    return tank_farm(mode="segregated")


@pytest.fixture
def committed_urumqi(transactional_db: None) -> TankFarm:
    """The same, committed, for tests whose threads must see it."""
    fuel_tariff()
    return tank_farm()
