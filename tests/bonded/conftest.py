import pytest

from tests.bonded.build import Warehouse, tariff, warehouse
from tests.standing import standing


@standing
def khorgos() -> Warehouse:
    """A warehouse where pistachios and their like are dutied at 8 % with 13 % VAT."""
    tariff("08", duty="0.08")
    return warehouse()


@pytest.fixture
def committed_khorgos(transactional_db: None) -> Warehouse:
    """The same, committed, for tests whose threads must see it."""
    tariff("08", duty="0.08")
    return warehouse()
