"""Where everything is found."""

from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path

from config.health import healthz
from config.preferences import set_preferences
from config.sign_in import SignInView

handler400 = "config.refusals.bad_request"
handler403 = "config.refusals.permission_denied"
handler404 = "config.refusals.page_not_found"
handler500 = "config.refusals.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("sign-in/", SignInView.as_view(), name="sign_in"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("preferences/", set_preferences, name="preferences"),
    path("admin/", admin.site.urls),
    path("api/v1/", include("config.api")),
    path("", include("reports.urls")),
    path("", include("registry.urls")),
    path("", include("ledger.urls")),
    path("", include("documents.urls")),
    path("", include("customs.urls")),
    path("", include("bonded.urls")),
    path("fuel/", include("fuel.urls")),
]
