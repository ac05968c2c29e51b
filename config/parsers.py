"""How the API reads JSON."""

import codecs
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class ExactJSONParser(JSONParser):
    """Reads figures as they were written: 0.1 stays one tenth, and no digit of a quantity is lost."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        encoding = (parser_context or {}).get("encoding", settings.DEFAULT_CHARSET)
        try:
            return json.load(codecs.getreader(encoding)(stream), parse_float=Decimal, parse_constant=_refuse)
        except (ValueError, RecursionError) as broken:
            raise ParseError(f"JSON parse error - {broken}") from broken


def _refuse(constant: str) -> None:
    raise ValueError(f"Out of range float values are not JSON compliant: {constant}")
