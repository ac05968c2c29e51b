from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CustomsConfig(AppConfig):
    name = "customs"
    verbose_name = _("Customs")

    def ready(self) -> None:
        from customs.checks import register_checks
        from customs.inbox import decisions_in_all
        from registry.navigation import count_waiting

        register_checks()
        count_waiting("customs:approvals", decisions_in_all)
