from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        from documents.inbox import decisions_in_all
        from documents.kinds import discover_kinds, url_of
        from documents.links import register_links
        from documents.waiting import register_waiting
        from ledger.above import above
        from registry.navigation import count_waiting

        discover_kinds()
        above.url_of = url_of
        register_links()
        register_waiting()
        count_waiting("documents:approvals", decisions_in_all)
