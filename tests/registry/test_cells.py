"""What django-tables2 is told of the functions that write its cells."""

from typing import Any

import pytest
from django_tables2 import utils

from registry import cells


class Column:
    def render(self, value: Any, record: Any) -> str:
        return f"{value} of {record}"

    def render_all(self, value: Any, **others: Any) -> str:
        return f"{value} of {sorted(others)}"


@pytest.mark.parametrize(
    "called", [Column().render, Column.render, Column().render_all, lambda value: value, str.upper]
)
def test_a_function_is_looked_up_as_the_library_does(called: Any) -> None:
    looked_up = cells._looked_up(called)
    assert cells.signature(called) == looked_up
    assert cells.signature(called) == looked_up


def test_a_functions_arguments_are_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    class Fresh(Column):
        def render(self, value: Any) -> str:
            return str(value)

    asked: list[Any] = []
    monkeypatch.setattr(cells, "_looked_up", lambda called: asked.append(called) or (("value",), None))
    assert [utils.call_with_appropriate(Fresh().render, {"value": one, "table": None}) for one in (1, 2)] == ["1", "2"]
    assert len(asked) == 1
