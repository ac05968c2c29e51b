"""Every icon that a page or a script of ours names is in the sprite."""

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SPRITE = PROJECT / "static" / "vendor" / "tabler-icons-3.51.0" / "sprite.svg"
NAMED = re.compile(r'\{% icon "([a-z0-9-]+)"|\bicon="([a-z0-9-]+)"')


def test_every_named_icon_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([a-z0-9-]+)"', SPRITE.read_text()))
    templates = [*PROJECT.glob("templates/**/*.html"), *PROJECT.glob("*/templates/**/*.html")]
    named = {one or two for path in templates for one, two in NAMED.findall(path.read_text())}
    from registry.navigation import SECTIONS

    named |= {item.icon for section in SECTIONS.values() for item in section.items}
    assert named - drawn == set()
