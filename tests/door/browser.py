"""A browser without pictures: it signs in through the page's own form, follows links, and finds fault with answers."""

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import Any

from lxml.html import document_fromstring

SECONDS = 180
# What no page shows that was made as it should be.
MARKS_OF_FAULTS = ("Traceback (most recent call last)", "TemplateSyntaxError", "{{ ", " }}", "{% ", " %}")


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)


class Reader:
    """The links and forms of a page, and whether a list on it is empty."""

    def __init__(self, html: bytes = b"") -> None:
        root = document_fromstring(html) if html.strip() else None
        self.links: list[str] = [] if root is None else [str(link) for link in root.xpath("//a/@href")]
        self.forms: list[Form] = [] if root is None else [_form(one) for one in root.iter("form")]
        self.is_empty = root is not None and bool(root.find_class("empty-state"))


def _form(element: Any) -> Form:
    fields = {one.get("name"): one.get("value", "") for one in element.iter("input") if one.get("name")}
    choices = {
        select.get("name"): [one.get("value") for one in select.iter("option") if one.get("value")]
        for select in element.iter("select")
        if select.get("name")
    }
    return Form(element.get("action", ""), element.get("method", "get").lower(), fields, choices)


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
        return Reader(self.body if self.is_html else b"")

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
