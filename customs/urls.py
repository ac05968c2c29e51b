from django.urls import URLPattern, URLResolver, path

from customs import period_views, views
from customs.declarations.pages import DeclaredDocumentList
from documents.kind_pages import pages_of

app_name = "customs"
urlpatterns: list[URLPattern | URLResolver] = [
    *pages_of("customs"),
    path("account-books/", views.AccountBookList.as_view(), name="account_book_list"),
    path("account-books/new/", views.AccountBookAdd.as_view(), name="account_book_add"),
    path("account-books/<int:pk>/", views.AccountBookDetail.as_view(), name="account_book_detail"),
    path("account-books/<int:pk>/readings/", views.AccountBookReadings.as_view(), name="account_book_readings"),
    path("account-books/<int:pk>/change/", views.AccountBookChange.as_view(), name="account_book_change"),
    path("account-books/<int:pk>/close/", views.AccountBookClose.as_view(), name="account_book_close"),
    path("guarantees/", views.GuaranteeList.as_view(), name="guarantee_list"),
    path("guarantees/new/", views.GuaranteeAdd.as_view(), name="guarantee_add"),
    path("guarantees/<int:pk>/", views.GuaranteeDetail.as_view(), name="guarantee_detail"),
    path("guarantees/<int:pk>/change/", views.GuaranteeChange.as_view(), name="guarantee_change"),
    path("regimes/", views.RegimeList.as_view(), name="regime_list"),
    path("regimes/<str:pk>/", views.RegimeDetail.as_view(), name="regime_detail"),
    path("regimes/<str:pk>/change/", views.RegimeChange.as_view(), name="regime_change"),
    path("periods/", period_views.PeriodList.as_view(), name="period_list"),
    path("periods/<int:pk>/", period_views.PeriodDetail.as_view(), name="period_detail"),
    path("periods/<int:pk>/close/", period_views.PeriodClose.as_view(), name="period_close"),
    path("declarations/<int:pk>/documents/", DeclaredDocumentList.as_view(), name="declaration_documents"),
]
