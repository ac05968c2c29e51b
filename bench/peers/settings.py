"""What every peer needs of Django: its apps and one database."""

import environ
from django.conf import settings


def use(database_url: str, *apps: str, **further: object) -> None:
    settings.configure(
        DATABASES={"default": environ.Env.db_url_config(database_url) | {"CONN_MAX_AGE": None}},
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", *apps],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        SECRET_KEY="nothing is signed here",  # noqa: S106
        USE_TZ=True,
        **further,
    )
