from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        from documents.inbox import waiting_decisions
        from documents.kinds import discover_kinds, url_of
        from documents.links import register_links
        from documents.notice_pages import unread_notices
        from documents.reversals.checks import register_checks
        from documents.reversals.inbox import register_decisions
        from documents.waiting import register_waiting
        from ledger.above import above
        from registry.navigation import count_waiting

        discover_kinds()
        above.url_of = url_of
        register_links()
        register_waiting()
        register_decisions()
        register_checks()
        count_waiting("documents:approvals", waiting_decisions)
        count_waiting("documents:notice_list", unread_notices)
