from django.urls import URLPattern, URLResolver

app_name = "bonded"
urlpatterns: list[URLPattern | URLResolver] = []
