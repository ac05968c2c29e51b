from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from bonded.api.views.admissions import AdmissionResource
from bonded.api.views.reversals import ReversalResource
from bonded.api.views.suspense import SuspenseResource
from bonded.api.views.withdrawals import WithdrawalResource
from documents.api.kinds import register_kinds

router = SimpleRouter()
router.register("admissions", AdmissionResource, basename="api_admission")
router.register("withdrawals", WithdrawalResource, basename="api_withdrawal")
register_kinds(router, "bonded")
router.register("suspense", SuspenseResource, basename="api_suspense")
router.register("reversals", ReversalResource, basename="api_reversal")

urlpatterns: list[URLPattern | URLResolver] = router.urls
