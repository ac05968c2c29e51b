from django.urls import URLPattern, URLResolver, path

from ledger.views import lots, stock, suggestions

app_name = "ledger"
urlpatterns: list[URLPattern | URLResolver] = [
    path("stock/", stock.Stock.as_view(), name="stock"),
    path("lots/", lots.LotList.as_view(), name="lot_list"),
    path("lots/suggest/", lots.LotSuggest.as_view(), name="lot_suggest"),
    path("lots/<int:pk>/", lots.LotDetail.as_view(), name="lot_detail"),
    path("owners/suggest/", suggestions.OwnerSuggest.as_view(), name="owner_suggest"),
    path("bins/suggest/", suggestions.BinSuggest.as_view(), name="bin_suggest"),
    path("free-lots/suggest/", suggestions.FreeLotSuggest.as_view(), name="free_lot_suggest"),
    path("scanned/", suggestions.Scanned.as_view(), name="scanned"),
]
