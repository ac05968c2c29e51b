from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CustomsConfig(AppConfig):
    name = "customs"
    verbose_name = _("Customs")

    def ready(self) -> None:
        from customs.checks import register_checks
        from customs.links import register_links
        from customs.models import AccountBook
        from customs.time_limits import stays_through
        from ledger.above import above

        register_links()
        register_checks()
        above.books = AccountBook.objects.visible_to
        above.stays_through = stays_through
