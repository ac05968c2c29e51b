from django.urls import URLPattern, URLResolver, path

from bonded.views import lots, stock

app_name = "bonded"
urlpatterns: list[URLPattern | URLResolver] = [
    path("stock/", stock.Stock.as_view(), name="stock"),
    path("lots/", lots.LotList.as_view(), name="lot_list"),
    path("lots/suggest/", lots.LotSuggest.as_view(), name="lot_suggest"),
    path("lots/<int:pk>/", lots.LotDetail.as_view(), name="lot_detail"),
]
