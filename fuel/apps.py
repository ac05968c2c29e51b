from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FuelConfig(AppConfig):
    name = "fuel"
    verbose_name = _("Fuel")

    def ready(self) -> None:
        from fuel.checks import register_checks
        from fuel.inbox import register_decisions
        from fuel.operations.declared_tickets import register_declared

        register_checks()
        register_decisions()
        register_declared()
