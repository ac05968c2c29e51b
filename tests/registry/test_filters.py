"""What a list can be narrowed by stands on its page."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from bonded.models import Admission
from documents.kinds import kind_of
from documents.lists import filterset_of
from registry.filters import FoldingFilterSet
from registry.pages import ListPage


def lists(patterns: Any = None) -> Iterator[ListPage]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from lists(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "view_class", None)
            if view is not None and issubclass(view, ListPage):
                yield view(**pattern.callback.view_initkwargs)


def name_of(page: Any) -> str:
    kind = getattr(page, "kind", None)
    return f"{type(page).__module__}.{type(page).__name__} {kind.name if kind else ''}".strip()


@pytest.mark.parametrize("page", sorted(lists(), key=name_of), ids=name_of)
def test_the_filters_of_a_list_are_shown(page: ListPage) -> None:
    """The template asks each filter set which of its fields are folded away."""
    if page.filterset_class is not None:
        assert issubclass(page.filterset_class, FoldingFilterSet)


def test_a_choice_of_several_says_what_none_chosen_means() -> None:
    state = filterset_of(kind_of(Admission))(queryset=Admission.objects.none()).form["state"]
    assert 'data-placeholder="Any"' in str(state)
