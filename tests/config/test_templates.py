"""Every template parses, and none carries a script or a style that the browser would refuse to run."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

PROJECT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(
    str(path.relative_to(folder))
    for folder in [PROJECT / "templates", *PROJECT.glob("*/templates")]
    for path in folder.rglob("*.html")
)
INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.IGNORECASE)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_parses_and_holds_no_inline_script_or_style(name: str) -> None:
    template = get_template(name)
    found = INLINE.search(template.template.source)  # type: ignore[attr-defined]
    assert found is None, f"{name}: {found.group() if found else ''}"
