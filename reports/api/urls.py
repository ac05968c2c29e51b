from django.urls import URLPattern, URLResolver, path

from reports.api.views import ReconciliationView

urlpatterns: list[URLPattern | URLResolver] = [
    path("reconciliation/", ReconciliationView.as_view(), name="reconciliation"),
]
