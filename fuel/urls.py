from django.urls import URLPattern, URLResolver, path

from fuel.views import reconciliation
from fuel.views.calculator import Calculator

app_name = "fuel"
urlpatterns: list[URLPattern | URLResolver] = [
    path("calculator/", Calculator.as_view(), name="calculator"),
    path("reconciliations/", reconciliation.ReconciliationList.as_view(), name="reconciliation_list"),
    path("reconciliations/new/", reconciliation.ReconciliationAdd.as_view(), name="reconciliation_add"),
    path("reconciliations/<int:pk>/", reconciliation.ReconciliationDetail.as_view(), name="reconciliation_detail"),
    path(
        "reconciliations/<int:pk>/explain/",
        reconciliation.ReconciliationExplain.as_view(),
        name="reconciliation_explain",
    ),
    path(
        "reconciliations/<int:pk>/approve/",
        reconciliation.ReconciliationApprove.as_view(),
        name="reconciliation_approve",
    ),
    path("reconciliations/<int:pk>/void/", reconciliation.ReconciliationVoid.as_view(), name="reconciliation_void"),
]
