from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FuelConfig(AppConfig):
    name = "fuel"
    verbose_name = _("Fuel")

    def ready(self) -> None:
        from fuel.checks import register_checks
        from fuel.delivery_tickets.operations.declared import register_declared
        from fuel.links import register_links
        from fuel.queries import disputes_to_read
        from registry.navigation import count_waiting

        register_links()
        register_checks()
        register_declared()
        count_waiting("fuel:fuel_dispute_list", disputes_to_read)
