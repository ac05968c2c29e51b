"""Migrations by less work: Django renders the model classes of half the project again at each change of a table."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db.migrations.state import ModelState, ProjectState

_reload_model = ProjectState.reload_model
_add_field = ProjectState.add_field


def _add_model(state: ProjectState, model_state: ModelState) -> None:
    """As Django's own, but a table that nothing refers to yet makes no other model new, only itself.

    Django's own renders whatever is related to what it refers to, however far: nearly all, once for each table. What
    is put off here is made good before a data migration, as Django does for whatever it puts off itself.
    """
    key = model_state.app_label, model_state.name_lower
    state.models[key] = model_state
    if state._relations is not None:  # type: ignore[attr-defined]
        state.resolve_model_relations(key)
    if "apps" in state.__dict__:
        state.is_delayed = True
        state.apps.render_multiple([model_state])


def _reload(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:  # noqa: FBT001, FBT002
    """As Django's own, but what may be put off for models far away is put off for every other model."""
    if not delay:
        _reload_model(state, app_label, model_name, delay)
    elif "apps" in state.__dict__:
        state.is_delayed = True
        with state.apps.bulk_update():
            state.apps.unregister_model(app_label, model_name)
        state.apps.render_multiple([state.models[app_label, model_name]])


def _add_column(state: ProjectState, *args: Any) -> None:
    """As Django's own; a new reference changes nothing of the table that it leads to."""
    with patch.object(ProjectState, "reload_model", _put_off):
        _add_field(state, *args)


def _put_off(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:  # noqa: FBT001, FBT002
    _reload(state, app_label, model_name, True)  # noqa: FBT003


@contextmanager
def rendered_sparingly() -> Iterator[None]:
    """Make many tables at once in a fraction of the time; the tables are the same."""
    with (
        patch.object(ProjectState, "add_model", _add_model),
        patch.object(ProjectState, "reload_model", _reload),
        patch.object(ProjectState, "add_field", _add_column),
    ):
        yield
