"""What the warehouse's documents must have come to before a period is closed."""

from datetime import date
from zoneinfo import ZoneInfo

from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonded.models import AdmissionLine, AdmissionState
from bonded.payable import unpaid_at
from documents.checklist import OpenItem, register_check
from documents.unfinished import unfinished_of
from ledger.queries import closed_through, day_after
from registry.models import Site
from registry.wording import local_time_text, money_text


def tax_not_paid(site: Site, through_date: date) -> list[OpenItem]:
    """Shortages that made duty and tax payable in the period, without a payment of them."""
    until = day_after(day=through_date, site_id=site.pk)
    return [
        OpenItem(
            label=_("Not paid: %(tax)s") % {"tax": money_text(document.payable_cny, "CNY")},
            document_number=document.number,
            url=document.get_absolute_url(),
            at=getattr(document, document.payable_since),
        )
        for document in unpaid_at(site, until=until)
    ]


def older_exchange_rates(site: Site, through_date: date) -> list[OpenItem]:
    """Admissions of the period that were reckoned at an exchange rate of an earlier month, as the site allows."""
    until = day_after(day=through_date, site_id=site.pk)
    closed = closed_through(site_id=site.pk)
    since = None if closed is None else day_after(day=closed, site_id=site.pk)
    lines = AdmissionLine.objects.filter(
        admission__site=site,
        admission__accepted_at__lt=until,
        exchange_rate_date__lt=TruncMonth("admission__accepted_at", tzinfo=ZoneInfo(site.zone.time_zone)),
        **({} if since is None else {"admission__accepted_at__gte": since}),
    ).exclude(admission__state=AdmissionState.REVERSED)
    words = _("Line %(row)s: the rate for %(currency)s is of %(day)s")
    return [
        OpenItem(
            label=words % {"row": line.row, "currency": line.currency, "day": local_time_text(line.exchange_rate_date)},
            document_number=line.admission.number,
            url=line.admission.get_absolute_url(),
            at=line.admission.accepted_at,
        )
        for line in lines.select_related("admission").order_by("admission", "row")
    ]


def register_checks() -> None:
    register_check(gettext_lazy("Documents not finished"), unfinished_of("bonded"))
    register_check(gettext_lazy("Duty and tax not paid"), tax_not_paid)
    register_check(gettext_lazy("Exchange rates of an earlier month"), older_exchange_rates)
