from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FuelConfig(AppConfig):
    name = "fuel"
    verbose_name = _("Fuel")

    def ready(self) -> None:
        from fuel.checks import register_checks
        from fuel.inbox import register_decisions
        from fuel.links import register_links
        from fuel.operations.declared_tickets import register_declared
        from fuel.queries import disputes_to_read
        from fuel.work import register_steps
        from registry.navigation import count_waiting

        register_links()
        register_checks()
        register_steps()
        register_decisions()
        register_declared()
        count_waiting("fuel:fuel_dispute_list", disputes_to_read)
