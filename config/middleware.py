"""What a signed-in person chose for themselves, applied to every page they see; and what the log says of requests."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django_structlog.middlewares import RequestMiddleware

from config.clients import client_address


class UserPreferencesMiddleware:
    """Show pages in the user's language and time zone; both win over what the browser asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        if request.user.language:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        with timezone.override(ZoneInfo(request.user.time_zone) if request.user.time_zone else None):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class LoggedRequestMiddleware(RequestMiddleware):
    """Logs the address that locks and throttles go by."""

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        structlog.contextvars.bind_contextvars(ip=client_address(request))
