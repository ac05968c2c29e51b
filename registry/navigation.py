"""The sections of the side navigation and who finds what in them."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.counting import count_each
from registry.models import Role, User

EVERYBODY = frozenset(Role)
STAFF = frozenset({Role.OPERATOR, Role.SUPERVISOR, Role.AUDITOR, Role.CUSTOMS_OFFICER})
REVIEWERS = frozenset({Role.SUPERVISOR, Role.AUDITOR, Role.CUSTOMS_OFFICER})
DECIDERS = frozenset({Role.SUPERVISOR, Role.CUSTOMS_OFFICER})
KEEPERS_OF_MASTER_DATA = STAFF | {Role.ADMINISTRATOR}
READERS_OF_TICKETS = STAFF | {Role.AIRLINE}
KEEPERS_OF_USERS = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})


@dataclass(frozen=True)
class Item:
    """One link of a section, at its place there; `shortcut` is the letter that opens it after `g`."""

    label: str | Promise
    url_name: str
    icon: str
    roles: frozenset[Role]
    shortcut: str = ""
    place: int = 0


@dataclass
class Section:
    """Links that belong together; a folded section opens on click, or when it holds the page one is on."""

    label: str | Promise = ""
    is_folded: bool = False
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True)
class ShownItem:
    label: str | Promise
    url: str
    icon: str
    shortcut: str
    is_current: bool
    waiting: int = 0


@dataclass(frozen=True)
class ShownSection:
    label: str | Promise
    is_folded: bool
    items: list[ShownItem] = field(default_factory=list)

    @property
    def is_current(self) -> bool:
        return any(item.is_current for item in self.items)


# Which there are, in their order; every app adds its own links.
SECTIONS = {
    "start": Section(),
    "goods": Section(_("Goods")),
    "fuel": Section(_("Fuel")),
    "approval": Section(_("Approval")),
    "customs": Section(_("Customs")),
    "reports": Section(_("Reports")),
    "register": Section(_("Master data"), is_folded=True),
    "programs": Section(),
}


def add_links(section: str, *items: Item) -> None:
    """Add links to a section, from an app's ``ready()``; the same once."""
    links = SECTIONS[section].items
    links.extend(item for item in items if item not in links)
    links.sort(key=lambda item: item.place)


WAITING: dict[str, Callable[[User], list[QuerySet[Any]]]] = {}


def count_waiting(url_name: str, find: Callable[[User], list[QuerySet[Any]]]) -> None:
    """Let a link tell how much waits behind it for the person who sees it; every page asks, once for all."""
    WAITING[url_name] = find


SCAN_AT: list[str] = []


def scan_at(url_name: str) -> None:
    """Name the address to which every page's frame sends what is scanned, from an app's ``ready()``."""
    SCAN_AT[:] = [url_name]


def scan_address() -> str:
    """Where what is scanned is sent; empty where nobody takes it."""
    return next(map(_url_of, SCAN_AT), "")


def sections_for(request: HttpRequest, roles: Iterable[str], *, everything: bool = False) -> list[ShownSection]:
    """The sections that somebody with these roles sees, without links to pages that do not exist."""
    held = set(roles)
    seen = [
        (
            section,
            [
                (item, url)
                for item in section.items
                if (everything or held & item.roles) and (url := _url_of(item.url_name))
            ],
        )
        for section in SECTIONS.values()
    ]
    waiting = _waiting(request, [item.url_name for _section, links in seen for item, _url in links])
    shown = []
    for section, links in seen:
        items = [
            ShownItem(
                item.label,
                url,
                item.icon,
                item.shortcut,
                is_current=_is_within(request.path, url),
                waiting=waiting[item.url_name],
            )
            for item, url in links
        ]
        if items:
            shown.append(ShownSection(section.label, section.is_folded, items))
    return shown


def _waiting(request: HttpRequest, names: Iterable[str]) -> Counter[str]:
    """How much waits behind each of the links."""
    user = getattr(request, "user", None)
    if user is None:
        return Counter()
    rows = [(name, one) for name in names if name in WAITING for one in WAITING[name](user)]
    waiting: Counter[str] = Counter()
    for (name, _rows), number in zip(rows, count_each([one for _name, one in rows]), strict=True):
        waiting[name] += number
    return waiting


def _url_of(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _is_within(path: str, url: str) -> bool:
    """Whether the page belongs to the link; the start page at the root does not own every page below it."""
    return path == url if url == "/" else path.startswith(url)
