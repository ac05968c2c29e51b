from django.urls import URLPattern, URLResolver, path

from bonded.suspense_resolutions.kind import KIND
from bonded.suspense_resolutions.pages import SuspenseSettle
from bonded.views import suspense
from documents.kind_pages import pages_of

app_name = "bonded"
urlpatterns: list[URLPattern | URLResolver] = [
    *pages_of("bonded"),
    path("suspense/", suspense.SuspenseList.as_view(), name="suspense_list"),
    path("suspense/<int:pk>/settle/", SuspenseSettle.as_view(kind=KIND), name="suspense_settle"),
]
