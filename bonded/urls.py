from django.urls import URLPattern, URLResolver, path

from bonded.suspense_resolutions.kind import KIND
from bonded.suspense_resolutions.pages import SuspenseSettle
from bonded.views import (
    lots,
    stock,
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
    path("suspense/", suspense.SuspenseList.as_view(), name="suspense_list"),
    path("suspense/<int:pk>/settle/", SuspenseSettle.as_view(kind=KIND), name="suspense_settle"),
    path("owners/suggest/", suggestions.OwnerSuggest.as_view(), name="owner_suggest"),
    path("bins/suggest/", suggestions.BinSuggest.as_view(), name="bin_suggest"),
    path("free-lots/suggest/", suggestions.FreeLotSuggest.as_view(), name="free_lot_suggest"),
    path("scanned/", suggestions.Scanned.as_view(), name="scanned"),
]
