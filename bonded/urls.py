from django.urls import URLPattern, URLResolver, path

from bonded.views import (
    lots,
    relocations,
    reversals,
    stock,
    stock_counts,
    suggestions,
    suspense,
)
from documents.kind_pages import pages_of

app_name = "bonded"
urlpatterns: list[URLPattern | URLResolver] = [
    *pages_of("bonded"),
    path("stock/", stock.Stock.as_view(), name="stock"),
    path("lots/", lots.LotList.as_view(), name="lot_list"),
    path("lots/suggest/", lots.LotSuggest.as_view(), name="lot_suggest"),
    path("lots/<int:pk>/", lots.LotDetail.as_view(), name="lot_detail"),
    path("relocations/", relocations.RelocationList.as_view(), name="relocation_list"),
    path("relocations/new/", relocations.RelocationAdd.as_view(), name="relocation_add"),
    path("relocations/<int:pk>/", relocations.RelocationDetail.as_view(), name="relocation_detail"),
    path("relocations/<int:pk>/reverse/", reversals.RelocationReverse.as_view(), name="relocation_reverse"),
    path("stock-counts/", stock_counts.StockCountList.as_view(), name="stock_count_list"),
    path("stock-counts/new/", stock_counts.StockCountAdd.as_view(), name="stock_count_add"),
    path("stock-counts/<int:pk>/", stock_counts.StockCountDetail.as_view(), name="stock_count_detail"),
    path("stock-counts/<int:pk>/counts/", stock_counts.StockCountFirst.as_view(), name="stock_count_counts"),
    path("stock-counts/<int:pk>/recounts/", stock_counts.StockCountSecond.as_view(), name="stock_count_recounts"),
    path("stock-counts/<int:pk>/approve/", stock_counts.StockCountApprove.as_view(), name="stock_count_approve"),
    path("stock-counts/<int:pk>/pay/", stock_counts.StockCountPay.as_view(), name="stock_count_pay"),
    path("stock-counts/<int:pk>/void/", stock_counts.StockCountVoid.as_view(), name="stock_count_void"),
    path("stock-counts/<int:pk>/reverse/", reversals.StockCountReverse.as_view(), name="stock_count_reverse"),
    path("suspense/", suspense.SuspenseList.as_view(), name="suspense_list"),
    path("suspense/<int:pk>/settle/", suspense.SuspenseSettle.as_view(), name="suspense_settle"),
    path("settlements/", suspense.ResolutionList.as_view(), name="suspense_resolution_list"),
    path("settlements/<int:pk>/", suspense.ResolutionDetail.as_view(), name="suspense_resolution_detail"),
    path("settlements/<int:pk>/approve/", suspense.ResolutionApprove.as_view(), name="suspense_resolution_approve"),
    path("settlements/<int:pk>/refuse/", suspense.ResolutionRefuse.as_view(), name="suspense_resolution_refuse"),
    path("settlements/<int:pk>/pay/", suspense.ResolutionPay.as_view(), name="suspense_resolution_pay"),
    path("settlements/<int:pk>/reverse/", reversals.ResolutionReverse.as_view(), name="suspense_resolution_reverse"),
    path("reversals/<int:pk>/approve/", reversals.ReversalApprove.as_view(), name="reversal_approve"),
    path("reversals/<int:pk>/refuse/", reversals.ReversalRefuse.as_view(), name="reversal_refuse"),
    path("owners/suggest/", suggestions.OwnerSuggest.as_view(), name="owner_suggest"),
    path("bins/suggest/", suggestions.BinSuggest.as_view(), name="bin_suggest"),
    path("free-lots/suggest/", suggestions.FreeLotSuggest.as_view(), name="free_lot_suggest"),
    path("scanned/", suggestions.Scanned.as_view(), name="scanned"),
]
