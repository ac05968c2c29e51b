"""A row told field by field, in words: what detail pages and timelines show."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from registry.wording import local_time_text, quantity_text


@dataclass(frozen=True, slots=True)
class Fact:
    label: str | Promise
    value: Any
    url: str = ""


def without_links(facts: list[Fact]) -> list[Fact]:
    """The same facts for somebody who may not open what they point to."""
    return [Fact(fact.label, fact.value) for fact in facts]


def facts_of(row: models.Model, *names: str) -> list[Fact]:
    """Tell the named fields in their order; a row that is pointed to is linked when it has a page."""
    facts = []
    for name in names:
        known = row._meta.get_field(name)
        value = getattr(row, name)
        url = value.get_absolute_url() if hasattr(value, "get_absolute_url") else ""
        facts.append(Fact(label=known.verbose_name, value=in_words(known, value), url=url))
    return facts


def in_words(known: Any, value: Any) -> Any:
    """Write one value as a person reads it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if known.choices:
        return dict(known.flatchoices).get(value, value)
    if isinstance(value, Decimal):
        return quantity_text(value)
    if isinstance(value, date):
        return local_time_text(value)
    return value
