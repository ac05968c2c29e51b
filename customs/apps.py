from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CustomsConfig(AppConfig):
    name = "customs"
    verbose_name = _("Customs")

    def ready(self) -> None:
        from customs.checks import register_checks
        from customs.links import register_links

        register_links()
        register_checks()
