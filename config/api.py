"""The REST API's root: every app's resources under one version."""

from django.urls import include, path
from drf_spectacular.views import SpectacularSwaggerSplitView

from config.schema_view import SchemaView
from config.tokens import SignInView, SignOutView

urlpatterns = [
    path("schema/", SchemaView.as_view(), name="api_schema"),
    path(
        "docs/",
        SpectacularSwaggerSplitView.as_view(url_name="api_schema", template_name="api/docs.html"),
        name="api_docs",
    ),
    path("sign-in/", SignInView.as_view(), name="api_sign_in"),
    path("sign-out/", SignOutView.as_view(), name="api_sign_out"),
    path("", include("registry.api.urls")),
    path("", include("ledger.api.urls")),
    path("", include("documents.api.urls")),
    path("", include("customs.api.urls")),
    path("", include("bonded.api.urls")),
    path("", include("fuel.api.urls")),
    path("", include("reports.api.urls")),
]
