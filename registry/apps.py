from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from registry.cells import look_up_once


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = _("Registry")

    def ready(self) -> None:
        from registry.links import register_links

        register_links()
        look_up_once()
