"""How a person wants to see Bondbook: language and theme, chosen in the page's frame."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from registry.context import THEME_COOKIE, THEMES

A_YEAR_SECONDS = 365 * 24 * 60 * 60


@require_POST
def set_preferences(request: HttpRequest) -> HttpResponse:
    """Keep the language or theme that was posted and return to the page it was chosen on."""
    asked_for = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked_for, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(asked_for if is_ours else "/")
    language = request.POST.get("language", "")
    if language and translation.check_for_language(language) and language in dict(settings.LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
        if request.user.is_authenticated:
            request.user.language = language
            request.user.save(update_fields=["language"])
    theme = request.POST.get("theme")
    if theme in THEMES:
        _keep(response, THEME_COOKIE, theme)
    elif theme == "auto":
        response.delete_cookie(THEME_COOKIE)
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=A_YEAR_SECONDS, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
