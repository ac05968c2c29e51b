from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BondedConfig(AppConfig):
    name = "bonded"
    verbose_name = _("Bonded")

    def ready(self) -> None:
        from bonded.checks import register_checks
        from bonded.links import register_links

        register_links()
        register_checks()
