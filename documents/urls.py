from django.urls import URLPattern, URLResolver, path

from documents import notice_pages, views
from documents.kind_pages import act_pages_of
from documents.reversals.offers import REVERSALS

app_name = "documents"
urlpatterns: list[URLPattern | URLResolver] = [
    path("approvals/", views.Approvals.as_view(), name="approvals"),
    path("notices/", notice_pages.NoticeList.as_view(), name="notice_list"),
    path("notices/read/", notice_pages.NoticesRead.as_view(), name="notice_read_all"),
    path("notices/<int:pk>/", notice_pages.NoticeOpen.as_view(), name="notice_open"),
    *act_pages_of(REVERSALS, "reversals"),
]
