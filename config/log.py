"""Logs: one line per event, JSON where a machine reads them, text where a person does."""

from typing import Any

import structlog

_BEFORE_RENDERING: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def _refused_without_traceback(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """What Django refuses (403, 404) it tells with the exception that it raised itself; no failure is among them."""
    if event.get("logger") == "django.request" and event.get("level") == "warning":
        event.pop("exc_info", None)
    return event


def logging_settings(*, mode: str, level: str) -> dict[str, Any]:
    """Return Django's LOGGING, and make structlog's loggers go the same way."""
    structlog.configure(
        processors=[
            *_BEFORE_RENDERING,
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=mode != "test",
    )
    renderer: list[Any] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if mode == "production"
        # Tracebacks as Python writes them: those with every variable take seconds, while a person waits.
        else [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    _refused_without_traceback,
                    *renderer,
                ],
                "foreign_pre_chain": _BEFORE_RENDERING,
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django.server": {"handlers": ["console"], "propagate": False},
            "axes": {"level": "WARNING"},
        },
    }
