"""A row told field by field, in words: what detail pages and timelines show."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from registry.models import User
from registry.wording import local_time_text, quantity_text


@dataclass(frozen=True, slots=True)
class Fact:
    label: str | Promise
    value: Any
    url: str = ""


def without_links(facts: list[Fact]) -> list[Fact]:
    """The same facts for somebody who may not open what they point to."""
    return [Fact(fact.label, fact.value) for fact in facts]


def facts_of(row: models.Model, *names: str, reader: User | None = None) -> list[Fact]:
    """Tell the named fields in their order; a row that is pointed to is linked when it has a page.

    Args:
        reader: people whom this one may not look up are named without a link.
    """
    facts = []
    for name in names:
        known: Any = row._meta.get_field(name)
        value = getattr(row, name)
        url = value.get_absolute_url() if hasattr(value, "get_absolute_url") else ""
        facts.append(Fact(label=known.verbose_name, value=in_words(known, value), url=url))
    return facts if reader is None else _without_links_to_strangers(facts, reader)


def _without_links_to_strangers(facts: list[Fact], reader: User) -> list[Fact]:
    people = {fact.value.pk for fact in facts if isinstance(fact.value, User)} - {reader.pk}
    if not people:
        return facts
    strangers = people - set(User.objects.visible_to(reader).filter(pk__in=people).values_list("pk", flat=True))
    return [
        Fact(fact.label, fact.value) if isinstance(fact.value, User) and fact.value.pk in strangers else fact
        for fact in facts
    ]


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
