"""What a run leaves behind: a table for people and a JSON file for programs."""

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from bench.measure import Row

FOLDER = Path(__file__).parent / "results"
HEADING = f"{'':54}{'measured':>12} {'':10}{'ratio':>7}   {'lowest … highest':18}{'promise':>9}"
_SETTINGS = ("server_version", "synchronous_commit", "fsync", "autovacuum", "full_page_writes", "shared_buffers")
_DURABLE = ("synchronous_commit", "fsync", "autovacuum", "full_page_writes")


def require_durable() -> None:
    """Make sure that the server keeps what it was told to keep.

    Raises:
        RuntimeError: it would lose it in a crash, so its rates mean nothing.
    """
    for name in _DURABLE:
        if _setting(name) != "on":
            raise RuntimeError(f"The server runs with {name} = {_setting(name)}.")


def line(row: Row) -> str:
    """The row as a line of the table."""
    if row.failure:
        return f"{row.title:54}{'failed':>12} {row.failure}"
    ratio = f"{row.ratio:7.3f}" if row.ratio is not None else f"{'':7}"
    spread = f"{row.spread[0]:.3f} … {row.spread[1]:.3f}" if row.spread else ""
    sign = "≤" if row.is_ceiling else "≥"
    promise = f"{sign} {row.target:.3g} {'✓' if row.holds else '✗'}" if row.target is not None else ""
    against = "" if row.ratio is None or row.against == "RAW" else f"  of {row.against}"
    return f"{row.title:54}{row.value:12,.2f} {row.unit:10}{ratio}   {spread:18}{promise:>9}{against}"


class Results:
    """A run's own file, which says after every row what was measured so far, and whether that is all."""

    def __init__(self, *, is_quick: bool, folder: Path = FOLDER) -> None:
        folder.mkdir(exist_ok=True)
        self._head = _head(is_quick=is_quick, at=(at := datetime.now(UTC)))
        self.path = folder / f"{at:%Y%m%d-%H%M%S}.json"
        self.rows: list[Row] = []

    def add(self, row: Row) -> None:
        """Keep a row as soon as it is measured."""
        self.rows.append(row)
        self._write(is_whole=False)

    def close(self) -> None:
        self._write(is_whole=True)

    def _write(self, *, is_whole: bool) -> None:
        told = {**self._head, "is_whole": is_whole, "rows": [_told(row) for row in self.rows]}
        # Under another name first: whoever reads meanwhile finds the rows before.
        beside = self.path.with_suffix(".part")
        beside.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        beside.replace(self.path)


def _head(*, is_quick: bool, at: datetime) -> dict[str, object]:
    return {
        "measured_at": at.isoformat(timespec="seconds"),
        "is_quick": is_quick,
        "machine": {
            "processors": os.cpu_count(),
            "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
            "system": platform.platform(),
            "python": platform.python_version(),
        },
        "postgresql": {name: _setting(name) for name in _SETTINGS},
    }


def _told(row: Row) -> dict[str, object]:
    return {
        "code": row.code,
        "title": row.title,
        "value": round(row.value, 3),
        "unit": row.unit,
        "ratio": None if row.ratio is None else round(row.ratio, 4),
        "against": row.against,
        "spread": row.spread and [round(ratio, 4) for ratio in row.spread],
        "target": row.target,
        "is_ceiling": row.is_ceiling,
        "holds": row.holds,
        "failure": row.failure,
    }


def _setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        (value,) = cursor.fetchone()
    return str(value)
