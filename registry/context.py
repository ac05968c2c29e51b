"""What every page's frame shows: navigation, the person's roles and sites, languages and theme."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from registry.models import Membership
from registry.navigation import STAFF, ShownSection, scan_address, sections_for

THEME_COOKIE = "bondbook_theme"
THEMES = ("light", "dark")


@dataclass(frozen=True)
class Frame:
    """`theme` is empty while the page follows the device's own setting, `scan_url` where nobody scans."""

    sections: list[ShownSection]
    memberships: list[Membership]
    scan_url: str
    theme: str
    languages: list[tuple[str, str]]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give templates `frame`; nothing is read from the database unless a template draws the whole page."""
    return {"frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> Frame:
    user = getattr(request, "user", None)
    memberships: list[Membership] = []
    sections: list[ShownSection] = []
    scan_url = ""
    if user is not None and user.is_authenticated:
        memberships = user.held()
        roles = {membership.role for membership in memberships}
        sections = sections_for(request, roles, everything=user.is_superuser)
        scan_url = scan_address() if user.is_superuser or roles & STAFF else ""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return Frame(
        sections=sections,
        memberships=memberships,
        scan_url=scan_url,
        theme=theme if theme in THEMES else "",
        languages=list(settings.LANGUAGES),
    )
