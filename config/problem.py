"""Every refusal of the API in one shape: application/problem+json (RFC 9457)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.serializers import as_serializer_error
from rest_framework.views import set_rollback

from registry.errors import RuleBroken

PROBLEM_JSON = "application/problem+json"


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
        "errors": errors or [],
    }


def _error(message: object, *, field: str = "", row: int | None = None, figure: object = None) -> dict[str, Any]:
    return {
        "field": field,
        "row": row,
        "figure": None if figure is None else str(figure),
        "message": str(message),
    }


def _validation_errors(detail: Any, data: Any, field: str = "", row: int | None = None) -> Iterator[dict[str, Any]]:
    """Walk a serializer's nested errors beside the request's data, so that each names its row and figure."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            own = "" if name == "non_field_errors" else str(name)
            path = f"{field}.{own}".strip(".")
            # ListSerializer reports only the rows that failed, keyed by their position.
            if own.isdigit():
                yield from _validation_errors(inner, _part(data, int(own)), _in_row(field, inner), int(own))
            else:
                yield from _validation_errors(inner, _part(data, own) if own else data, path, row)
    elif isinstance(detail, list) and any(isinstance(inner, Mapping | list) for inner in detail):
        for position, inner in enumerate(detail):
            if inner:
                yield from _validation_errors(inner, _part(data, position), _in_row(field, inner), position)
    elif isinstance(detail, list):
        for message in detail:
            yield _error(message, field=field, row=row, figure=_figure(data))
    else:
        yield _error(detail, field=field, row=row, figure=_figure(data))


def _in_row(field: str, inner: Any) -> str:
    """A row's own fields go by their own names, as operations name them too."""
    return "" if isinstance(inner, Mapping) else field


def _part(data: Any, key: str | int) -> Any:
    try:
        return data[key]
    except (KeyError, IndexError, TypeError):
        return None


def _figure(data: Any) -> str | None:
    return str(data) if isinstance(data, str | int | float | Decimal) and not isinstance(data, bool) else None
