"""No room names an address or a template of a room above it, neither in Python nor in its templates."""

import re
from itertools import chain
from pathlib import Path

import pytest

# The lowest first; rooms of one floor do not name each other either. What `components` draws is the register's.
FLOORS = (
    ("registry",),
    ("ledger",),
    ("documents",),
    ("customs",),
    ("bonded", "fuel", "maintenance"),
    ("reports",),
)
LOWER = [(room, level) for level, rooms in enumerate(FLOORS[:-1]) for room in rooms]


@pytest.mark.parametrize(("room", "level"), [*LOWER, ("components", 0)])
def test_no_upper_room_is_named(project: Path, room: str, level: int) -> None:
    strangers = set(chain(*FLOORS[level:])) - {room} - set(FLOORS[0])
    files = chain((project / room).rglob("*.py"), (project / "templates" / room).rglob("*.html"))
    found = {str(path.relative_to(project)): _named(path.read_text(), strangers) for path in files}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    "text",
    [
        'reverse("bonded:stock")',
        """f'bonded:{name}_list'""",
        '<a href="{% url "bonded:lot_detail" lot.pk %}">',
        "{% include 'bonded/sheet.html' %}",
    ],
)
def test_such_a_name_is_found(text: str) -> None:
    assert _named(text, {"bonded", "fuel"})


@pytest.mark.parametrize("text", ['"bonded"', 'reverse("ledger:stock")', '"documents/steps.html"', '"bonded: so"'])
def test_another_word_is_none(text: str) -> None:
    assert not _named(text, {"bonded", "fuel"})


def _named(text: str, rooms: set[str]) -> list[str]:
    return re.findall(rf"[\"']((?:{'|'.join(sorted(rooms))})(?::[\w{{]+|/[\w/]+\.html))", text)
