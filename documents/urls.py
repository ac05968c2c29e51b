from django.urls import URLPattern, URLResolver, path

from documents import views
from documents.kind_pages import act_pages_of
from documents.reversals.offers import REVERSALS

app_name = "documents"
urlpatterns: list[URLPattern | URLResolver] = [
    path("approvals/", views.Approvals.as_view(), name="approvals"),
    *act_pages_of(REVERSALS, "reversals"),
]
