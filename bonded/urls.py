from django.urls import URLPattern, URLResolver, path

from bonded.suspense_resolutions.kind import KIND
from bonded.suspense_resolutions.pages import SuspenseSettle
from bonded.views import (
    admissions,
    lots,
    reversals,
    stock,
    suggestions,
    suspense,
    withdrawals,
)
from documents.kind_pages import pages_of

app_name = "bonded"
urlpatterns: list[URLPattern | URLResolver] = [
    *pages_of("bonded"),
    path("stock/", stock.Stock.as_view(), name="stock"),
    path("lots/", lots.LotList.as_view(), name="lot_list"),
    path("lots/suggest/", lots.LotSuggest.as_view(), name="lot_suggest"),
    path("lots/<int:pk>/", lots.LotDetail.as_view(), name="lot_detail"),
    path("admissions/", admissions.AdmissionList.as_view(), name="admission_list"),
    path("admissions/new/", admissions.AdmissionAdd.as_view(), name="admission_add"),
    path("admissions/<int:pk>/", admissions.AdmissionDetail.as_view(), name="admission_detail"),
    path("admissions/<int:pk>/submit/", admissions.AdmissionSubmit.as_view(), name="admission_submit"),
    path("admissions/<int:pk>/accept/", admissions.AdmissionAccept.as_view(), name="admission_accept"),
    path("admissions/<int:pk>/return/", admissions.AdmissionReturn.as_view(), name="admission_return"),
    path("admissions/<int:pk>/arrive/", admissions.AdmissionArrive.as_view(), name="admission_arrive"),
    path("admissions/<int:pk>/count/", admissions.AdmissionCount.as_view(), name="admission_count"),
    path("admissions/<int:pk>/close/", admissions.AdmissionClose.as_view(), name="admission_close"),
    path("admissions/<int:pk>/number/", admissions.AdmissionNumber.as_view(), name="admission_number"),
    path("admissions/<int:pk>/void/", admissions.AdmissionVoid.as_view(), name="admission_void"),
    path("admissions/<int:pk>/change/", admissions.AdmissionChange.as_view(), name="admission_change"),
    path("admissions/<int:pk>/reverse/", reversals.AdmissionReverse.as_view(), name="admission_reverse"),
    path("withdrawals/", withdrawals.WithdrawalList.as_view(), name="withdrawal_list"),
    path("withdrawals/new/", withdrawals.WithdrawalAdd.as_view(), name="withdrawal_add"),
    path("withdrawals/<int:pk>/", withdrawals.WithdrawalDetail.as_view(), name="withdrawal_detail"),
    path("withdrawals/<int:pk>/submit/", withdrawals.WithdrawalSubmit.as_view(), name="withdrawal_submit"),
    path("withdrawals/<int:pk>/accept/", withdrawals.WithdrawalAccept.as_view(), name="withdrawal_accept"),
    path("withdrawals/<int:pk>/return/", withdrawals.WithdrawalReturn.as_view(), name="withdrawal_return"),
    path("withdrawals/<int:pk>/pick/", withdrawals.WithdrawalConfirmPicking.as_view(), name="withdrawal_pick"),
    path("withdrawals/<int:pk>/pass/", withdrawals.WithdrawalPassGate.as_view(), name="withdrawal_pass"),
    path("withdrawals/<int:pk>/pay/", withdrawals.WithdrawalPay.as_view(), name="withdrawal_pay"),
    path("withdrawals/<int:pk>/release/", withdrawals.WithdrawalRelease.as_view(), name="withdrawal_release"),
    path("withdrawals/<int:pk>/close/", withdrawals.WithdrawalClose.as_view(), name="withdrawal_close"),
    path("withdrawals/<int:pk>/number/", withdrawals.WithdrawalNumber.as_view(), name="withdrawal_number"),
    path("withdrawals/<int:pk>/void/", withdrawals.WithdrawalVoid.as_view(), name="withdrawal_void"),
    path("withdrawals/<int:pk>/change/", withdrawals.WithdrawalChange.as_view(), name="withdrawal_change"),
    path("withdrawals/<int:pk>/reverse/", reversals.WithdrawalReverse.as_view(), name="withdrawal_reverse"),
    path("suspense/", suspense.SuspenseList.as_view(), name="suspense_list"),
    path("suspense/<int:pk>/settle/", SuspenseSettle.as_view(kind=KIND), name="suspense_settle"),
    path("reversals/<int:pk>/approve/", reversals.ReversalApprove.as_view(), name="reversal_approve"),
    path("reversals/<int:pk>/refuse/", reversals.ReversalRefuse.as_view(), name="reversal_refuse"),
    path("owners/suggest/", suggestions.OwnerSuggest.as_view(), name="owner_suggest"),
    path("bins/suggest/", suggestions.BinSuggest.as_view(), name="bin_suggest"),
    path("free-lots/suggest/", suggestions.FreeLotSuggest.as_view(), name="free_lot_suggest"),
    path("scanned/", suggestions.Scanned.as_view(), name="scanned"),
]
