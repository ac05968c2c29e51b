from django.urls import URLPattern, URLResolver, path

from customs import declaration_views, period_views, views

app_name = "customs"
urlpatterns: list[URLPattern | URLResolver] = [
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
    path("declarations/", declaration_views.DeclarationList.as_view(), name="declaration_list"),
    path("declarations/new/", declaration_views.DeclarationAdd.as_view(), name="declaration_add"),
    path("declarations/<int:pk>/", declaration_views.DeclarationDetail.as_view(), name="declaration_detail"),
    path(
        "declarations/<int:pk>/documents/",
        declaration_views.DeclaredDocumentList.as_view(),
        name="declaration_documents",
    ),
    path("declarations/<int:pk>/redraw/", declaration_views.DeclarationRedraw.as_view(), name="declaration_redraw"),
    path("declarations/<int:pk>/submit/", declaration_views.DeclarationSubmit.as_view(), name="declaration_submit"),
    path("declarations/<int:pk>/return/", declaration_views.DeclarationReturn.as_view(), name="declaration_return"),
    path("declarations/<int:pk>/accept/", declaration_views.DeclarationAccept.as_view(), name="declaration_accept"),
    path("declarations/<int:pk>/release/", declaration_views.DeclarationRelease.as_view(), name="declaration_release"),
    path("declarations/<int:pk>/close/", declaration_views.DeclarationClose.as_view(), name="declaration_close"),
    path(
        "declarations/<int:pk>/number/", declaration_views.DeclarationNumberEntered.as_view(), name="declaration_number"
    ),
    path("declarations/<int:pk>/void/", declaration_views.DeclarationVoid.as_view(), name="declaration_void"),
    path("declarations/<int:pk>/reverse/", declaration_views.DeclarationReverse.as_view(), name="declaration_reverse"),
]
