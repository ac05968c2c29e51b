"""What the project's own list of addresses says has to be opened."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Address:
    """A page or a resource that answers GET; `route` as the project writes it."""

    name: str
    route: str
    has_parameters: bool
    pattern: Any

    @property
    def path(self) -> str:
        return f"/{self.route}"

    @property
    def is_api(self) -> bool:
        return self.name.startswith("api_")

    @property
    def is_list(self) -> bool:
        return self.name.endswith(("_list", "-list"))

    @property
    def is_of_one(self) -> bool:
        return self.name.endswith(("_detail", "-detail"))


class Addresses:
    """Every address that answers GET, but those of the administration of Django's own."""

    @cached_property
    def all(self) -> list[Address]:
        os.environ.setdefault("BONDBOOK_MODE", "test")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        import django

        django.setup()
        from django.urls import get_resolver

        return [one for one in _walk(get_resolver().url_patterns) if not one.name.startswith("admin:")]

    def name_of(self, path: str) -> str:
        """The address that a path belongs to; empty when to none of ours."""
        from django.urls import Resolver404, resolve

        try:
            return resolve(path).view_name
        except Resolver404:
            return ""


def _walk(patterns: Any, namespace: str = "", before: str = "") -> Iterator[Address]:
    from django.urls import URLResolver

    for pattern in patterns:
        route = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inside, route)
        elif _answers_get(pattern):
            plain = re.sub(r"[\^$]|\\Z", "", route)
            yield Address(f"{namespace}{pattern.name}", plain, bool(pattern.pattern.regex.groupindex), pattern)


def _answers_get(pattern: Any) -> bool:
    view = pattern.callback
    handlers = getattr(view, "actions", None)
    if handlers:
        return "get" in handlers
    shown = getattr(view, "cls", None) or getattr(view, "view_class", None)
    return shown is None or hasattr(shown, "get")
