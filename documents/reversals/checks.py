"""Which reversals are to be decided on before a period is closed."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.checklist import OpenItem, register_check
from documents.models import Reversal, ReversalState
from ledger.queries import day_after
from registry.models import Site


def undecided_reversals(site: Site, through_date: date) -> list[OpenItem]:
    """Reversals that were asked for and not decided."""
    until = day_after(day=through_date, site_id=site.pk)
    asked = Reversal.objects.filter(site=site, state=ReversalState.REQUESTED, requested_at__lt=until).order_by("pk")
    return [
        OpenItem(label=_("Reversal: %(reason)s") % {"reason": one.reason}, document_number=one.document_number,
                 at=one.requested_at)
        for one in asked
    ]  # fmt: skip


def register_checks() -> None:
    register_check(gettext_lazy("Reversals not decided"), undecided_reversals)
