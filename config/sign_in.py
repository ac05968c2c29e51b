"""The sign-in page; in a demonstration it offers one sign-in per role."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from config.demonstration import demo_sign_ins
from config.problem import PROBLEM_JSON, problem_document


class SignInView(LoginView):
    """Also for people who are signed in already: it lets them go on as somebody else."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context, demo_sign_ins=demo_sign_ins())


def username_as_counted(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """The name under which failed attempts are counted: however it is spelled, one account is one account."""
    given = (credentials or request.POST).get("username") or ""
    return str(given).strip().lower()


def locked_out(request: HttpRequest, _response: HttpResponse | None, _credentials: object) -> HttpResponse:
    """Say that there were too many attempts, to a program as a problem document and to a person as a page."""
    status = HTTPStatus.TOO_MANY_REQUESTS
    if not request.path.startswith("/api/"):
        return render(request, "registration/locked_out.html", status=status)
    return JsonResponse(
        problem_document(
            status=status,
            kind="locked-out",
            title=status.phrase,
            detail=_("There were too many attempts to sign in. Try again in a quarter of an hour."),
        ),
        status=status,
        content_type=PROBLEM_JSON,
    )
