from django.urls import URLPattern, URLResolver

app_name = "fuel"
urlpatterns: list[URLPattern | URLResolver] = []
