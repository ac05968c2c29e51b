"""One role's tour: the start page, whatever a link leads to, every list, one document of every kind, every file."""

import csv
import io
import json
import urllib.parse
import zipfile
from collections import Counter, deque
from dataclasses import dataclass, field
from xml.etree import ElementTree

from tests.door.addresses import Addresses
from tests.door.browser import Browser, Form, Page

# Of the same kind so many are opened.
DOCUMENTS_OF_A_KIND = 1
# What the project lists among its addresses and this person may not see.
MAY_BE = (403, 404, 405)
# They end the tour, or take only what is posted.
ELSEWHERE = {"sign_in", "sign_out", "api_sign_in", "api_sign_out", "preferences"}


@dataclass
class Found:
    """What a tour opened, and what was wrong with it."""

    opened: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    # Names of addresses that were answered, and of lists that held something.
    seen: set[str] = field(default_factory=set)
    filled: set[str] = field(default_factory=set)


class Tour:
    """Of one role that the sign-in page offers.

    Args:
        shared: files of lists that the tours got, lists of which one asked for a sorting, filter or page, and
            resources of the API that answered one of them with something: the same for all of them, so once is enough.
    """

    def __init__(self, address: str, addresses: Addresses, offer: Form, shared: set[object]) -> None:
        self.browser = Browser(address)
        self.addresses = addresses
        self.person = offer.fields["username"]
        self._shared = shared
        self._opened_of: Counter[object] = Counter()
        self.found = Found()

    def go(self) -> Found:
        """Sign in and open everything."""
        waiting = deque(self._note(self.sign_in()))
        while waiting:
            link, page = waiting.popleft()
            path = self._here(link)
            if path and self._is_wanted(path):
                waiting.extend(self._note(self.browser.get(path), linked_from=page))
        for one in self.addresses.all:
            if not one.has_parameters and one.name not in self.found.seen | ELSEWHERE | self._shared:
                self._note(self.browser.get(one.path), may_be=(*MAY_BE, *self._unasked(one.name)))
        return self.found

    def sign_in(self) -> Page:
        """Press the button that the sign-in page offers for the role."""
        forms = self.browser.get("/sign-in/").read().forms
        own = next(form for form in forms if form.fields.get("username") == self.person)
        return self.browser.post(own.action, own.fields)

    def _note(self, page: Page, *, may_be: tuple[int, ...] = (), linked_from: str = "") -> list[tuple[str, str]]:
        """Keep what was opened and what is wrong with it; return where it leads to, with where each link stands."""
        name = self.addresses.name_of(page.path)
        faults = page.faults(may_be=may_be) or _faults_of_file(page)
        where = f" (a link of {linked_from})" if linked_from else ""
        self.found.faults += [f"{self.person}: {fault}{where}" for fault in faults]
        if page.path.startswith("/sign-in/"):
            self.found.faults.append(f"{self.person}: {page.asked} leads back to the sign-in page")
        if not 200 <= page.status < 400:
            return []
        self.found.opened.append(f"{page.status} {len(page.body):>9,} {page.asked}")
        self.found.seen.add(name)
        reader = page.read()
        if not (reader.is_empty if page.is_html else _is_empty_answer(page)):
            self.found.filled.add(name)
            if name.startswith("api_"):
                self._shared.add(name)
        return [(urllib.parse.urljoin(page.path, link), page.asked) for link in reader.links]

    def _is_wanted(self, path: str) -> bool:
        parts = urllib.parse.urlsplit(path)
        name = self.addresses.name_of(parts.path)
        if not name or name.startswith("admin:") or name in ELSEWHERE:
            return False
        asked = dict(urllib.parse.parse_qsl(parts.query))
        form = parts.path.rstrip("/").rpartition("/")[2]
        kind: tuple[str, ...] = (name, "" if form.isdigit() else form, asked.get("format", ""))
        if "format" in asked:
            most = int(kind not in self._shared)
            self._shared.add(kind)
        elif asked:
            kind, most = (*kind, *sorted(asked)), int((name, "questions") not in self._shared)
            self._shared.add((name, "questions"))
        else:
            most = DOCUMENTS_OF_A_KIND if name.endswith("_detail") else 1
        self._opened_of[kind] += 1
        return self._opened_of[kind] <= most

    def _here(self, link: str) -> str:
        parts = urllib.parse.urlsplit(link)
        if parts.scheme or parts.netloc or not parts.path:
            return ""
        return urllib.parse.urlunsplit(("", "", parts.path, parts.query, ""))

    @staticmethod
    def _unasked(name: str) -> tuple[int, ...]:
        # Answers that need a question, refuse without one in words.
        return (400, 422) if name.startswith("api_") or name.endswith("reconciliation") else ()


def _is_empty_answer(page: Page) -> bool:
    if not page.kind.startswith("application/json"):
        return False
    told = page.json()
    return isinstance(told, dict) and told.get("results") == []


def _faults_of_file(page: Page) -> list[str]:
    """Whether a file can be read as what it says to be."""
    try:
        if page.kind.startswith("application/pdf"):
            assert page.body.startswith(b"%PDF-")
            assert b"%%EOF" in page.body[-64:]
        elif "spreadsheetml" in page.kind:
            assert zipfile.ZipFile(io.BytesIO(page.body)).testzip() is None
        elif "json" in page.kind and page.status < 400:
            json.loads(page.body)
        elif "xml" in page.kind:
            ElementTree.fromstring(page.body)  # noqa: S314  (our own answer)
        elif page.kind.startswith("text/csv"):
            widths = {len(row) for row in csv.reader(io.StringIO(page.text.lstrip("\ufeff")))}
            assert widths, "no rows"
    except (AssertionError, ValueError, zipfile.BadZipFile, ElementTree.ParseError) as unreadable:
        return [f"{page.asked} is no {page.kind}: {unreadable}"]
    return []
