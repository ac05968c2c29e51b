"""Closing a site's period: what is open is dealt with or explained, then nothing is posted into it any more."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customs.rules import CLOSING_ROLES
from documents.checklist import CheckResult, run_checklist
from ledger.operations import close_period as close_in_ledger
from ledger.postings import PeriodClosed, PeriodNotOver
from registry.errors import Conflict, FieldError
from registry.models import Site, User
from registry.rules import require_role


class PeriodNotReady(Conflict):
    """Something is open at the period's end, and nobody has said why."""

    code = "period-not-ready"


def close_period(
    *, site: Site, through_date: date, actor: User, at: datetime, explanation: str = ""
) -> list[CheckResult]:
    """Close everything of a site through a customs day, for good.

    What the checklist finds is written into the period below the explanation, so that both can be read later.

    Args:
        through_date: the last day of the period by the clock of the site's zone; it must be over.
        actor: a supervisor of the site or a customs officer.
        explanation: why it may be closed although something is open.

    Returns:
        What each check found.

    Raises:
        NotAllowed: the actor may not close the site's periods.
        PeriodNotReady: something is open and not explained, or was opened while the period was being closed.
        PeriodNotOver, PeriodClosed: the day is not over, or is closed already.
    """
    require_role(actor, site, *CLOSING_ROLES)
    # Outside the transaction: who has read the table of periods in it and then locks it can deadlock with another.
    found = run_checklist(site=site, through_date=through_date)
    explanation = explanation.strip()
    if not explanation:
        _refuse_if_anything_is_open(found)
    with transaction.atomic(), _naming_the_day():
        close_in_ledger(
            site_id=site.pk,
            through=through_date,
            actor_id=actor.pk,
            at=at,
            reason="\n".join([explanation, *_told(found)]).strip(),
        )
        # Nothing is posted from here on, so that what was explained is what is closed.
        if run_checklist(site=site, through_date=through_date) != found:
            message = _("Something was posted while the period was being closed. Look at the list again.")
            raise PeriodNotReady(message, errors=[FieldError(message)])
    return found


@contextmanager
def _naming_the_day() -> Iterator[None]:
    """Let the ledger's refusals name the figure as it is called here."""
    try:
        yield
    except (PeriodNotOver, PeriodClosed) as refused:
        errors = [replace(error, field="through_date") for error in refused.errors]
        raise type(refused)(refused.message, errors=errors) from refused


def _refuse_if_anything_is_open(found: list[CheckResult]) -> None:
    number = sum(len(result.items) for result in found)
    if not number:
        return
    message = ngettext(
        "%(number)s thing is still open. Deal with it, or explain why the period may be closed all the same.",
        "%(number)s things are still open. Deal with them, or explain why the period may be closed all the same.",
        number,
    ) % {"number": number}
    raise PeriodNotReady(message, errors=[FieldError(message, "explanation")])


def _told(found: list[CheckResult]) -> list[str]:
    """Each check that found something as one line, and each thing as a line below it."""
    lines = []
    for result in found:
        if result.items:
            lines.append(f"{result.name} ({len(result.items)}):")
            lines += [f"- {' '.join(filter(None, [item.document_number, str(item.label)]))}" for item in result.items]
    return lines
