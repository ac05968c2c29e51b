"""What only a demonstration shows."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings


def demo_sign_ins() -> list[Any]:
    """The demonstration's sign-ins, each with role, email and password; none where anything real is kept."""
    if not settings.SHOW_DEMO_SIGN_INS or find_spec("reports.demo") is None:
        return []
    return list(import_module("reports.demo").DEMO_SIGN_INS)
