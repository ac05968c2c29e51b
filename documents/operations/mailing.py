"""Decisions by e-mail, to those who chose it."""

from datetime import datetime
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _

from documents.models import Notice
from documents.notices import title_of, url_of_notice, who_and_when
from registry.wording import in_words_of

LONGEST_REFUSAL = 400


@transaction.atomic
def mail_next_notice(*, at: datetime) -> bool:
    """E-mail the oldest notice that waits for it; False when none does.

    Several workers never send the same one. A mail server that cannot be reached leaves it waiting.

    Raises:
        OSError: the mail server could not be reached or did not take the letter.
    """
    waiting = Notice.objects.filter(is_to_be_mailed=True, mailed_at=None, mail_refused="").order_by("pk")
    locked = waiting.select_for_update(skip_locked=True, of=("self",))
    notice = locked.select_related("to", "by").first()
    if notice is None:
        return False
    try:
        _send(notice)
        notice.mailed_at = at
    except SMTPRecipientsRefused as refused:
        # Of this address only: the next ones go on.
        notice.mail_refused = str(refused)[:LONGEST_REFUSAL]
    notice.save(update_fields=["mailed_at", "mail_refused"])
    return True


def _send(notice: Notice) -> None:
    with in_words_of(notice.to):
        lines = [
            title_of(notice),
            who_and_when(notice),
            notice.reason,
            _link(notice),
            _("You chose these letters in your settings."),
        ]
        send_mail(
            subject=title_of(notice),
            message="\n\n".join(line for line in lines if line),
            from_email=None,
            recipient_list=[notice.to.email],
        )


def _link(notice: Notice) -> str:
    return f"{settings.PUBLIC_URL}{url_of_notice(notice)}" if settings.PUBLIC_URL else ""
