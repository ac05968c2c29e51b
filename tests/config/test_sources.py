"""Rules that others have made: docs/sources.md and the docstrings of the operations name the same sources."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROOMS = ("registry", "ledger", "documents", "customs", "bonded", "fuel", "maintenance", "reports")
SOURCE = re.compile(r"^Source: (.*)\.$", re.MULTILINE | re.DOTALL)
Sources = dict[str, str]


def told_by_the_page() -> Sources:
    rows = [line.split(" | ") for line in (ROOT / "docs/sources.md").read_text().splitlines() if " | `" in line]
    return {operation.strip("`"): source for _rule, operation, source, _what in rows}


def told_by_the_code() -> Sources:
    return {name: source for room in ROOMS for path in (ROOT / room).rglob("*.py") for name, source in told_in(path)}


def told_in(path: Path) -> Iterator[tuple[str, str]]:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for name, function in functions_of(ast.parse(path.read_text()), module):
        docstring = ast.get_docstring(function) or ""
        if found := SOURCE.search(docstring):
            yield name, " ".join(found[1].split())


def functions_of(holder: ast.AST, name: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in ast.iter_child_nodes(holder):
        if isinstance(node, ast.FunctionDef):
            yield f"{name}.{node.name}", node
        elif isinstance(node, ast.ClassDef):
            yield from functions_of(node, f"{name}.{node.name}")


def test_page_and_docstrings_name_the_same_sources() -> None:
    page, code = told_by_the_page(), told_by_the_code()
    assert page.keys() == code.keys()
    assert page == code


def test_what_others_regulate_has_a_source() -> None:
    named = " ".join(told_by_the_page())
    for rule in ("duty", "guarantees", "stays_through", "relief", "stock_counts", "measurement", "quality"):
        assert rule in named
