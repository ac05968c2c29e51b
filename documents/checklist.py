"""What must be empty or explained before a period is closed; every app adds the checks of its own documents."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.functional import Promise

from registry.models import Site

Text = str | Promise


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One thing that is still open: in words, with the document and page where it is dealt with."""

    label: Text
    document_number: str = ""
    url: str = ""
    at: datetime | None = None


FindOpenItems = Callable[[Site, date], list[OpenItem]]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found; nothing is well."""

    name: Text
    items: list[OpenItem] = field(default_factory=list)


_checks: list[tuple[Text, FindOpenItems]] = []


def register_check(name: Text, find: FindOpenItems) -> None:
    """Add a check to the list, from an app's ``ready()``; the same function is added once.

    Args:
        name: What is looked for, in words; translated when it is shown.
        find: Given a site and the last day of the period, finds what was open at the end of that day.
    """
    if all(find is not known for _name, known in _checks):
        _checks.append((name, find))


def run_checklist(*, site: Site, through_date: date) -> list[CheckResult]:
    """Run every check, in the order in which they were registered, also those that find nothing."""
    return [CheckResult(name, find(site, through_date)) for name, find in _checks]
