"""A notice in words, in the language and time zone of whoever reads it."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from documents.kinds import acted_on, url_of
from documents.models import Notice
from registry.wording import local_time_text


def title_of(notice: Notice) -> str:
    """What it is about and what was decided."""
    acted = acted_on(notice.acted_on)
    words = {
        "what": capfirst(str(acted.model._meta.verbose_name)),
        "number": notice.document_number,
        "decision": decision_of(notice),
    }
    return _("%(what)s %(number)s: %(decision)s") % words


def decision_of(notice: Notice) -> str:
    """The state that it came to; where it kept its own, what was done."""
    acted = acted_on(notice.acted_on)
    if notice.state:
        states: Any = acted.model._meta.get_field("state")
        return str(dict(states.flatchoices).get(notice.state, notice.state))
    return str(acted.offer_of[notice.act].label)


def who_and_when(notice: Notice) -> str:
    """Who decided, and when."""
    return f"{notice.by} · {local_time_text(notice.at)}"


def url_of_notice(notice: Notice) -> str:
    """The page of the document."""
    return url_of(kind=notice.document_kind, document_id=notice.document_id)
