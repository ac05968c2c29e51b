"""The sign-in page; in a demonstration it offers one sign-in per role."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView


class SignInView(LoginView):
    """Also for people who are signed in already: it lets them go on as somebody else."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context, demo_sign_ins=demo_sign_ins())


def demo_sign_ins() -> list[Any]:
    """The demonstration's sign-ins, each with role, email and password; none where anything real is kept."""
    if not settings.SHOW_DEMO_SIGN_INS or find_spec("reports.demo") is None:
        return []
    return list(import_module("reports.demo").DEMO_SIGN_INS)
