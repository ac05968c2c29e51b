"""No table of the kinds of document is typed by hand: whoever needs all of them reads what they declare."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from documents.kinds import declared_kinds, kinds

APPS = ("config", "reports", "bonded", "fuel", "maintenance", "customs", "documents", "ledger", "registry")
# What is a list of kinds for another reason than that they are kinds.
ALLOWED: dict[str, str] = {}


def test_every_document_is_declared() -> None:
    assert sorted(kinds()) == sorted(kind.name for kind in declared_kinds())


def test_no_list_of_kinds_is_typed_by_hand(project: Path) -> None:
    names = {model.__name__ for model in kinds().values()}
    words = {kind.name for kind in declared_kinds()}
    found = {
        f"{path.relative_to(project)}:{line}"
        for app in APPS
        for path in (project / app).rglob("*.py")
        if "migrations" not in path.parts and "demo" not in path.parts
        for line in _lists(ast.parse(path.read_text()), names, words)
    }
    assert sorted(found - set(ALLOWED)) == []


@pytest.mark.parametrize("text", ["X = {Admission: 1, Withdrawal: 2}", "X = (Admission, Withdrawal)", "x = ['a', 'b']"])
def test_such_a_list_is_found(text: str) -> None:
    assert list(_lists(ast.parse(text), {"Admission", "Withdrawal"}, {"a", "b"})) == [1]


def _lists(tree: ast.AST, names: set[str], words: set[str]) -> Iterator[int]:
    """The lines of literals that hold two kinds or more, by their models or by their names."""
    for node in ast.walk(tree):
        parts: list[ast.expr | None] = []
        if isinstance(node, ast.Dict):
            parts = [*node.keys]
        elif isinstance(node, ast.Tuple | ast.List | ast.Set):
            parts = [part.elts[0] if isinstance(part, ast.Tuple) and part.elts else part for part in node.elts]
        held = {part.id for part in parts if isinstance(part, ast.Name)} & names
        held |= {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)} & words
        if len(held) > 1:
            yield node.lineno
