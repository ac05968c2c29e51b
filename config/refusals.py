"""What is answered where no view answers: unknown addresses, unknown hosts, forged forms, outages and surprises.

A program under /api/ is told by a problem document, a person by a page.
"""

import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views import defaults
from django.views.csrf import csrf_failure as csrf_page

from config.problem import PROBLEM_JSON, RETRY_SECONDS, problem_document

API = "/api/"


def is_of_the_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(API)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_of_the_api(request):
        return _problem(HTTPStatus.BAD_REQUEST, "bad-request", _("The request cannot be read, or not at this host."))
    return defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_of_the_api(request):
        return _problem(HTTPStatus.FORBIDDEN, "permission-denied", _("Your roles do not allow this."))
    return defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_of_the_api(request):
        return _problem(HTTPStatus.NOT_FOUND, "not-found", _("The API has no such address."))
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Tell an outage from a surprise: asking again in a moment helps after the one, and hardly after the other."""
    status, kind = HTTPStatus.INTERNAL_SERVER_ERROR, "server-error"
    detail = _("Something went wrong that should not have. Nothing was done; it has been noted.")
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        status, kind = HTTPStatus.SERVICE_UNAVAILABLE, "unavailable"
        detail = _("The database does not answer at present. Nothing was done; try again in a moment.")
    response = _problem(status, kind, detail) if is_of_the_api(request) else defaults.server_error(request)
    response.status_code = status
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if is_of_the_api(request):
        detail = _("The request came from a browser without the token of its form.")
        return _problem(HTTPStatus.FORBIDDEN, "permission-denied", detail)
    return csrf_page(request, reason=reason)


def _problem(status: HTTPStatus, kind: str, detail: str) -> HttpResponse:
    document = problem_document(status=status, kind=kind, title=status.phrase, detail=detail)
    return JsonResponse(document, status=status, content_type=PROBLEM_JSON)
