from django.urls import URLPattern, URLResolver, path

from fuel.views import consignments, gauges, reconciliation, tank_movements, tanks
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
    path("consignments/", consignments.ConsignmentList.as_view(), name="consignment_list"),
    path("consignments/new/", consignments.ConsignmentAdd.as_view(), name="consignment_add"),
    path("consignments/<int:pk>/", consignments.ConsignmentDetail.as_view(), name="consignment_detail"),
    path("consignments/<int:pk>/accept/", consignments.ConsignmentAccept.as_view(), name="consignment_accept"),
    path("consignments/<int:pk>/receive/", consignments.ConsignmentReceive.as_view(), name="consignment_receive"),
    path("consignments/<int:pk>/hold/", consignments.ConsignmentHold.as_view(), name="consignment_hold"),
    path("consignments/<int:pk>/release/", consignments.ConsignmentRelease.as_view(), name="consignment_release"),
    path(
        "consignments/<int:pk>/approve-loss/",
        consignments.ConsignmentApproveLoss.as_view(),
        name="consignment_approve_loss",
    ),
    path("consignments/<int:pk>/void/", consignments.ConsignmentVoid.as_view(), name="consignment_void"),
    path("consignments/<int:pk>/change/", consignments.ConsignmentChange.as_view(), name="consignment_change"),
    path("consignments/<int:pk>/reverse/", consignments.ConsignmentReverse.as_view(), name="consignment_reverse"),
    path("tank-movements/", tank_movements.TankMovementList.as_view(), name="tank_movement_list"),
    path("tank-movements/new/", tank_movements.TankMovementAdd.as_view(), name="tank_movement_add"),
    path("tank-movements/<int:pk>/", tank_movements.TankMovementDetail.as_view(), name="tank_movement_detail"),
    path(
        "tank-movements/<int:pk>/reverse/", tank_movements.TankMovementReverse.as_view(), name="tank_movement_reverse"
    ),
    path("tanks/", tanks.TankList.as_view(), name="tank_list"),
    path("tanks/<int:pk>/", tanks.TankDetail.as_view(), name="tank_detail"),
    path("gauges/", gauges.GaugeList.as_view(), name="gauge_list"),
    path("gauges/new/", gauges.GaugeAdd.as_view(), name="gauge_add"),
    path("gauges/<int:pk>/", gauges.GaugeDetail.as_view(), name="gauge_detail"),
    path("gauges/<int:pk>/void/", gauges.GaugeVoid.as_view(), name="gauge_void"),
]
