"""Every refusal of the API in one shape: application/problem+json (RFC 9457)."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.serializers import as_serializer_error
from rest_framework.views import set_rollback

from registry.errors import RuleBroken

logger = logging.getLogger(__name__)
PROBLEM_JSON = "application/problem+json"
RETRY_SECONDS = 5
# A wrong file of a hundred thousand cells is not answered with as many sentences.
MOST_ERRORS = 200


class TooLarge(exceptions.APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_detail = gettext_lazy("The request is too large. Send it in parts.")
    default_code = "too-large"


class Unavailable(exceptions.APIException):
    """The database is away, too slow, or chose another of two requests that waited for each other."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_detail = gettext_lazy("The database does not answer at present. Nothing was done; try again in a moment.")
    default_code = "unavailable"
    wait = RETRY_SECONDS


def problem_exception_handler(exception: Exception, context: Mapping[str, Any]) -> Response | None:
    """Turn what an API view raised into a problem document; leave true surprises to Django's 500."""
    if isinstance(exception, RuleBroken):
        set_rollback()
        return _problem(
            status=exception.status,
            kind=exception.code,
            title=_("A rule was broken."),
            detail=str(exception),
            errors=[
                _error(error.message, field=error.field, row=error.row, figure=error.figure)
                for error in exception.errors
            ],
        )
    if isinstance(exception, Http404):
        exception = exceptions.NotFound()
    elif isinstance(exception, PermissionDenied):
        exception = exceptions.PermissionDenied()
    elif isinstance(exception, RequestDataTooBig):
        exception = TooLarge()
    elif isinstance(exception, DataError) and "NUL" in str(exception):
        exception = exceptions.ParseError(_("The request holds a NUL character, which no text can hold."))
    elif isinstance(exception, UnicodeError):
        exception = exceptions.ParseError(_("The request holds half a character, which no text can hold."))
    elif isinstance(exception, OperationalError | InterfaceError):
        logger.error("The database did not answer a request of the API.", exc_info=exception)
        exception = Unavailable()
    elif isinstance(exception, DjangoValidationError):
        exception = exceptions.ValidationError(as_serializer_error(exception))
    if not isinstance(exception, exceptions.APIException):
        return None

    set_rollback()
    invalid = isinstance(exception, exceptions.ValidationError)
    request = context.get("request")
    return _problem(
        status=exception.status_code,
        kind="invalid" if invalid else str(exception.default_code).replace("_", "-"),
        title=HTTPStatus(exception.status_code).phrase,
        detail=_("Some figures cannot be accepted; see errors.") if invalid else str(exception.detail),
        errors=list(_validation_errors(exception.detail, getattr(request, "data", None))) if invalid else [],
        headers=_headers(exception),
    )


def _headers(exception: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if auth_header := getattr(exception, "auth_header", None):
        headers["WWW-Authenticate"] = auth_header
    if wait := getattr(exception, "wait", None):
        headers["Retry-After"] = str(int(wait))
    return headers


def _problem(
    *,
    status: int,
    kind: str,
    title: str,
    detail: str,
    errors: list[dict[str, Any]],
    headers: dict[str, str] | None = None,
) -> Response:
    return Response(
        problem_document(status=status, kind=kind, title=title, detail=detail, errors=errors),
        status=status,
        headers=headers,
        content_type=PROBLEM_JSON,
    )


def problem_document(
    *, status: int, kind: str, title: str, detail: str, errors: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    return {
        "type": f"urn:bondbook:problem:{kind}",
        "title": title,
        "status": status,
        "detail": detail,
        "errors": _bounded(errors or []),
    }


def _bounded(errors: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first of the errors, and how many more there are."""
    more = len(errors) - MOST_ERRORS
    if more <= 0:
        return errors
    words = ngettext(
        "and %(number)s more error, which is not told.", "and %(number)s more errors, which are not told.", more
    )
    return [*errors[:MOST_ERRORS], _error(words % {"number": more})]


def _error(message: object, *, field: str = "", row: int | None = None, figure: object = None) -> dict[str, Any]:
    return {
        "field": _readable(field),
        "row": row,
        "figure": None if figure is None else _readable(figure),
        "message": _readable(message),
    }


def _readable(text: object) -> str:
    """What was sent, also when it holds half a character that no answer could."""
    return str(text).encode(errors="replace").decode()


@dataclass(frozen=True, slots=True)
class _Where:
    """Where in a request a figure stands: a row's own fields go by their own names, as operations name them too."""

    field: str = ""
    row: int | None = None
    rows_of: str = ""
    outside: str = ""

    @property
    def name(self) -> str:
        return f"{self.outside}{self.field}"

    def at_field(self, name: str) -> "_Where":
        own = "" if name == "non_field_errors" else name
        return replace(self, field=f"{self.field}.{own}".strip("."))

    def at_row(self, number: int, inner: Any) -> "_Where":
        if not isinstance(inner, Mapping):
            return replace(self, row=number)
        outside = self.outside if self.row is None else f"{self.outside}{self.rows_of}[{self.row}]."
        return _Where(row=number, rows_of=self.field, outside=outside)


def _validation_errors(detail: Any, data: Any, where: _Where = _Where()) -> Iterator[dict[str, Any]]:
    """Walk a serializer's nested errors beside the request's data, so that each names its row and figure."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            # ListSerializer reports only the rows that failed, keyed by their position; whatever a request calls its
            # fields is text, also when it is made of digits.
            if isinstance(name, int):
                yield from _validation_errors(inner, _part(data, name), where.at_row(name, inner))
            else:
                part = data if name == "non_field_errors" else _part(data, name)
                yield from _validation_errors(inner, part, where.at_field(str(name)))
    elif isinstance(detail, list) and any(isinstance(inner, Mapping | list) for inner in detail):
        for position, inner in enumerate(detail):
            if inner:
                yield from _validation_errors(inner, _part(data, position), where.at_row(position, inner))
    else:
        for message in detail if isinstance(detail, list) else [detail]:
            yield _error(message, field=where.name, row=where.row, figure=_figure(data))


def _part(data: Any, key: str | int) -> Any:
    try:
        return data[key]
    except (KeyError, IndexError, TypeError):
        return None


def _figure(data: Any) -> str | None:
    return str(data) if isinstance(data, str | int | float | Decimal) and not isinstance(data, bool) else None
