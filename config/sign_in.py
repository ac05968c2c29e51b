"""The sign-in page; in a demonstration it offers one sign-in per role."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.views import LoginView
from django.http import HttpRequest

from config.demonstration import demo_sign_ins


class SignInView(LoginView):
    """Also for people who are signed in already: it lets them go on as somebody else."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context, demo_sign_ins=demo_sign_ins())


def username_as_counted(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """The name under which failed attempts are counted: however it is spelled, one account is one account."""
    given = (credentials or request.POST).get("username") or ""
    return str(given).strip().lower()
