from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from registry.cells import look_up_once


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = _("Registry")

    def ready(self) -> None:
        look_up_once()
