"""The printed and worked figures that formulas and operations are held to."""

import json
from pathlib import Path
from typing import Any

VECTORS = Path(__file__).parent / "vectors"


def figures(file: str, scenario: str) -> dict[str, Any]:
    """One scenario, `in` and `out`, of a file of worked figures."""
    scenarios = json.loads((VECTORS / f"{file}.json").read_text(encoding="utf-8"))["scenarios"]
    found: dict[str, Any] = next(one for one in scenarios if one["id"] == scenario)
    return found
