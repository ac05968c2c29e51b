from django.urls import URLPattern, URLResolver, path

from documents import views

app_name = "documents"
urlpatterns: list[URLPattern | URLResolver] = [
    path("approvals/", views.Approvals.as_view(), name="approvals"),
]
