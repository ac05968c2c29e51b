from django.urls import URLPattern, URLResolver, path, re_path

from documents.bridges import BridgeLine
from reports.book_movements import BookMovements
from reports.reconciliation.pages import Reconciliation, UnderWay
from reports.scan import Scan
from reports.start import Start

app_name = "reports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", Start.as_view(), name="start"),
    path("scan/", Scan.as_view(), name="scan"),
    path("reconciliation/", Reconciliation.as_view(), name="reconciliation"),
    re_path(
        rf"^reconciliation/(?P<line>{'|'.join(BridgeLine)})/$",
        UnderWay.as_view(),
        name="reconciliation_under_way",
    ),
    path("book-movements/", BookMovements.as_view(), name="book_movements"),
]
