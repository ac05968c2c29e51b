"""A browser without pictures: it signs in through the page's own form, follows links, and finds fault with answers."""

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from typing import Any

SECONDS = 180
# What no page shows that was made as it should be.
MARKS_OF_FAULTS = ("Traceback (most recent call last)", "TemplateSyntaxError", "{{ ", " }}", "{% ", " %}")


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)


class Reader(HTMLParser):
    """The links and forms of a page, and whether a list on it is empty."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.is_empty = False
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
        elif tag == "input" and self.forms and given.get("name"):
            self.forms[-1].fields[given["name"]] = given.get("value", "")
        elif tag == "select" and self.forms:
            self._select = given.get("name", "")
        elif tag == "option" and self.forms and self._select and given.get("value"):
            self.forms[-1].choices.setdefault(self._select, []).append(given["value"])
        if "empty-state" in given.get("class", "").split():
            self.is_empty = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""


@dataclass
class Page:
    """An answer, wherever it was led on to."""

    asked: str
    path: str
    status: int
    kind: str
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    @property
    def is_html(self) -> bool:
        return self.kind.startswith("text/html")

    def read(self) -> Reader:
        reader = Reader()
        if self.is_html:
            reader.feed(self.text)
        return reader

    def json(self) -> Any:
        return json.loads(self.body)

    def faults(self, *, may_be: tuple[int, ...] = ()) -> list[str]:
        """What is wrong with it."""
        if self.status in may_be:
            return []
        if not self.status:
            return [f"{self.asked} does not answer: {self.text}"]
        if self.status >= 400:
            return [f"{self.asked} answers {self.status}: {self.text[:300]}"]
        if not self.body:
            return [f"{self.asked} answers nothing"]
        shown = re.sub(r"<script.*?</script>", "", self.text, flags=re.DOTALL) if self.is_html else ""
        return [f"{self.asked} shows {mark!r}" for mark in MARKS_OF_FAULTS if mark in shown]


class Browser:
    """One person's browser, or without anybody signed in."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> Page:
        return self._ask(urllib.request.Request(self._url(path)))  # noqa: S310  (this machine's own)

    def post(self, path: str, fields: dict[str, str]) -> Page:
        content = urllib.parse.urlencode(fields).encode()
        url = self._url(path)
        return self._ask(urllib.request.Request(url, content, {"Referer": url}))  # noqa: S310

    def _url(self, path: str) -> str:
        return urllib.parse.urljoin(f"{self.address}/", urllib.parse.quote(path, safe="/?&=%:+,;@#~()!*'"))

    def _ask(self, request: urllib.request.Request) -> Page:
        asked = request.full_url.removeprefix(self.address)
        try:
            with self._opener.open(request, timeout=SECONDS) as answer:
                return Page(asked, urllib.parse.urlsplit(answer.url).path, answer.status, _kind(answer), answer.read())
        except urllib.error.HTTPError as refused:
            with refused:
                return Page(
                    asked, urllib.parse.urlsplit(refused.url).path, refused.code, _kind(refused), refused.read()
                )


def _kind(answer: Any) -> str:
    return str(answer.headers.get("Content-Type", ""))
