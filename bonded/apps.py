from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BondedConfig(AppConfig):
    name = "bonded"
    verbose_name = _("Bonded")

    def ready(self) -> None:
        from bonded.checks import register_checks
        from bonded.queries import decisions_in_all
        from registry.navigation import count_waiting

        register_checks()
        count_waiting("bonded:approvals", decisions_in_all)
