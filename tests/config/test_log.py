"""What the logs tell: failures with their traceback, refusals in one line."""

import logging
import logging.config
import sys

import pytest
import structlog

from config.log import logging_settings


@pytest.mark.parametrize(("level", "is_traced"), [(logging.WARNING, False), (logging.ERROR, True)])
def test_a_refusal_is_told_in_one_line_and_a_failure_with_its_traceback(level: int, *, is_traced: bool) -> None:
    written = _format("django.request", level)
    assert "Forbidden: /books/" in written
    assert ("Traceback" in written) == is_traced


def test_a_warning_of_anything_else_keeps_its_traceback() -> None:
    assert "Traceback" in _format("fuel.tasks", logging.WARNING)


def _format(logger: str, level: int) -> str:
    settings = logging_settings(mode="test", level="INFO")["formatters"]["line"]
    made = {name: value for name, value in settings.items() if name != "()"}
    try:
        raise PermissionError
    except PermissionError:
        record = logging.LogRecord(logger, level, __file__, 1, "Forbidden: /books/", (), sys.exc_info())
    return structlog.stdlib.ProcessorFormatter(**made).format(record)
