"""Real airports of the demo year carry the codes that they have today."""

import airportsdata
import pytest

from reports.demo.aviation import AIRLINES, AIRPORTS

# airportsdata of the lock file; its time zones are no standard of ours.
KNOWN = airportsdata.load("IATA")


@pytest.mark.parametrize("airport", AIRPORTS, ids=[row[0] for row in AIRPORTS])
def test_an_airport_has_the_codes_of_today(airport: tuple[str, ...]) -> None:
    iata, icao, _name, _name_zh, country, _zone = airport
    assert iata in KNOWN
    assert (KNOWN[iata]["icao"], KNOWN[iata]["country"]) == (icao, country)


def test_every_route_ends_at_an_airport_of_the_register() -> None:
    assert {code for row in AIRLINES for code in row[7]} <= {row[0] for row in AIRPORTS}
