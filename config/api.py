"""The REST API's root: every app's resources under one version."""

from importlib.util import find_spec

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from config.tokens import SignInView, SignOutView

_apps = ["registry", "ledger", "customs", "bonded", "reports"]

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path(
        "docs/",
        SpectacularSwaggerSplitView.as_view(url_name="api_schema", template_name="api/docs.html"),
        name="api_docs",
    ),
    path("sign-in/", SignInView.as_view(), name="api_sign_in"),
    path("sign-out/", SignOutView.as_view(), name="api_sign_out"),
    *[
        path("", include(f"{app}.api.urls"))
        for app in _apps
        if find_spec(f"{app}.api") and find_spec(f"{app}.api.urls")
    ],
]
