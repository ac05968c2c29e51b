"""The seal of a statement: SHA-256 over its canonical JSON, which anybody can reckon again from the file."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from fuel.billing.statement_content import StatementContent
from fuel.billing.statement_form_1 import head_of_1, line_of_1

SINCE_2 = 2


def seal_of(content: StatementContent) -> str:
    """64 hexadecimal digits over the statement without its own seal; lines are walked once."""
    digest = hashlib.sha256()
    for piece in canonical_json(replace(content, sha256="")):
        digest.update(piece)
    return digest.hexdigest()


def canonical_json(content: StatementContent) -> Iterator[bytes]:
    """The statement as JSON with sorted keys and without blanks; figures are strings, times have their offset.

    The lines come last, as an array under "lines", so that a statement of any length is written in bounded memory.
    """
    head = _plain({name: getattr(content, name) for name in content.__slots__ if name != "lines"})
    is_old = content.form < SINCE_2
    head = head_of_1(head) if is_old else head
    yield _dumped({"statement": head})[:-1].encode()
    yield b',"lines":['
    for number, line in enumerate(content.lines):
        told = _plain(asdict(line))
        yield (b"," if number else b"") + _dumped(line_of_1(told) if is_old else told).encode()
    yield b"]}"


def _dumped(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return _plain(asdict(value))
    return value
