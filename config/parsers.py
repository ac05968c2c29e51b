"""How the API reads JSON."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from config.uploads import LARGEST_BODY_BYTES, BodyTooLarge


class ExactJSONParser(JSONParser):
    """Reads figures as they were written: 0.1 stays one tenth, and no digit of a quantity is lost."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        encoding = (parser_context or {}).get("encoding", settings.DEFAULT_CHARSET)
        try:
            return json.loads(_read(stream).decode(encoding), parse_float=Decimal, parse_constant=_refuse)
        except (ValueError, RecursionError) as broken:
            raise ParseError(f"JSON parse error - {broken}") from broken


def _read(stream: IO[Any]) -> bytes:
    body: bytes = stream.read(LARGEST_BODY_BYTES + 1)
    if len(body) > LARGEST_BODY_BYTES:
        raise BodyTooLarge
    return body


def _refuse(constant: str) -> None:
    raise ValueError(f"Out of range float values are not JSON compliant: {constant}")
