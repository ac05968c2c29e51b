#!/usr/bin/env bash
# airportsdata 20260905 (PyPI), tzdata 2026.6 (PyPI, the IANA time zone database).
#
# Expected: the time zone given for an airport is the one of the place where it stands. IANA's zone.tab has two
#           zones for Uzbekistan, Asia/Tashkent (principal place +4120+06918, the capital) and Asia/Samarkand.
# Seen:     Tashkent airport (TAS, UZTT) is given the zone Asia/Samarkand, although it stands a few kilometres from
#           the principal place of Asia/Tashkent and 270 km from that of Asia/Samarkand. Both are UTC+5 today, so
#           nothing computes wrong now; whoever compares names of zones, or times before 1924, sees a difference.
# Fails when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip --disable-pip-version-check install -q "airportsdata==20260905" "tzdata==2026.6"
"$folder/venv/bin/python" - <<'PYTHON'
import re
from importlib.resources import files
from math import hypot

import airportsdata

places = {}
for line in files("tzdata.zoneinfo").joinpath("zone.tab").read_text().splitlines():
    if line.startswith("UZ\t"):
        _country, where, zone = line.split("\t")[:3]
        degrees, minutes, east, east_minutes = map(int, re.fullmatch(r"\+(\d\d)(\d\d)\+(\d{3})(\d\d)", where).groups())
        places[zone] = degrees + minutes / 60, east + east_minutes / 60
airport = airportsdata.load("IATA")["TAS"]
nearest = min(places, key=lambda zone: hypot(places[zone][0] - airport["lat"], places[zone][1] - airport["lon"]))
print(f"TAS {airport['icao']} stands at {airport['lat']}, {airport['lon']}: nearest zone {nearest}, given {airport['tz']}")
assert (nearest, airport["tz"]) == ("Asia/Tashkent", "Asia/Samarkand"), "this has changed"
PYTHON
