from django.urls import URLPattern, URLResolver, path

from reports.book_movements import BookMovements
from reports.scan import Scan
from reports.start import Start

app_name = "reports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", Start.as_view(), name="start"),
    path("scan/", Scan.as_view(), name="scan"),
    path("book-movements/", BookMovements.as_view(), name="book_movements"),
]
