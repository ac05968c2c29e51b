"""Figures that stay as they were once a document is decided: declared as data here, refused by PostgreSQL.

The state of such a document moves on, and what has come since is written beside its figures; the figures themselves
change no more, also not by plain SQL of the application's own role. `migrate` makes the triggers of this list.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

FROZEN: "list[Frozen]" = []
"""Every declaration; a test holds the database to this list."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """Columns of a table that stay, from when on, and the one change that is allowed all the same.

    Args:
        name: what stays, in a word; the trigger is called for it.
        when: SQL on OLD, from when on; empty for lines, which stay by the state of their document.
        unless: SQL on OLD and NEW, which change is a correction.
        parent: of lines: table of the document, column that leads to it, and its states.
    """

    name: str
    model: Any
    columns: tuple[str, ...]
    when: str = ""
    unless: str = ""
    parent: tuple[str, str, str] | None = None

    def triggers(self) -> Iterator[str]:
        table = self.model._meta.db_table
        changes = f"ROW({_of('OLD', self.columns)}) IS DISTINCT FROM ROW({_of('NEW', self.columns)})"
        if self.parent is None:
            changes = f"{self.when} AND {changes}" + (f" AND ({self.unless}) IS NOT TRUE" if self.unless else "")
            removal, call = f" WHEN ({self.when})", "registry_refuse_frozen()"
        else:
            removal, call = "", "registry_refuse_frozen_line({})".format(", ".join(f"'{one}'" for one in self.parent))
        yield (
            f"CREATE TRIGGER {self.name}_stay BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({changes})"
            f" EXECUTE FUNCTION {call}"
        )
        yield (
            f"CREATE TRIGGER {self.name}_remain BEFORE DELETE ON {table} FOR EACH ROW{removal} EXECUTE FUNCTION {call}"
        )


def frozen(model: Any, *, name: str, columns: Iterable[str], states: Iterable[str]) -> None:
    """Declare that the fields of a document stay in these states of it."""
    when = f"OLD.state IN ({', '.join(repr(str(state)) for state in states)})"
    FROZEN.append(Frozen(name, model, _columns(model, columns), when))


def frozen_lines(model: Any, *, of: str, name: str, columns: Iterable[str], states: Iterable[str]) -> None:
    """Declare that the fields of lines stay, and the lines too, in these states of the document that `of` leads to."""
    leads: Any = model._meta.get_field(of)
    parent = (leads.remote_field.model._meta.db_table, leads.column, ",".join(str(state) for state in states))
    FROZEN.append(Frozen(name, model, _columns(model, [of, *columns]), parent=parent))


def frozen_once(model: Any, *, name: str, columns: Iterable[str], when: str, unless: str) -> None:
    """Declare that fields stay from when on, unless the change is a correction; both are SQL on OLD and NEW."""
    FROZEN.append(Frozen(name, model, _columns(model, columns), when, unless))


def _columns(model: Any, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(model._meta.get_field(name).column for name in names)


def _of(row: str, columns: Iterable[str]) -> str:
    return ", ".join(f"{row}.{column}" for column in columns)
