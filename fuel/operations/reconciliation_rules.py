"""Setting how a site shares gain and loss of its tanks, and what of it is tolerated."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from customs.rules import require_may_keep_books
from fuel.models import ReconciliationRule
from registry.models import Site, User
from registry.operations.register import enter_in_register


@transaction.atomic
def set_reconciliation_rule(
    *,
    site: Site,
    name: str,
    valid_from_date: date,
    split_by: str,
    tolerance_percent_of_issues: Decimal,
    tolerance_percent_of_throughput: Decimal,
    actor: User | None,
    at: datetime,
    all_to_status: str = "",
) -> ReconciliationRule:
    """Set how a site shares gain and loss and what it tolerates, from a day on; the rule of a name gets a new version.

    Args:
        split_by: "issues", "book" or "one_status", which bears all and is named.
        tolerance_percent_of_issues, tolerance_percent_of_throughput: in percent, not below zero.
    Raises:
        NotAllowed: the actor is no administrator of the site.
        NotFitForRegister: naming each field and figure that cannot be accepted.
    """
    require_may_keep_books(actor, site)
    Site.objects.select_for_update().get(pk=site.pk)
    earlier = ReconciliationRule.objects.filter(site=site, name=name).order_by("-version").first()
    rule = ReconciliationRule(
        site=site,
        name=name,
        version=earlier.version + 1 if earlier is not None else 1,
        valid_from_date=valid_from_date,
        split_by=split_by,
        all_to_status=all_to_status,
        tolerance_percent_of_issues=tolerance_percent_of_issues,
        tolerance_percent_of_throughput=tolerance_percent_of_throughput,
    )
    return enter_in_register(row=rule, actor=actor, at=at)
