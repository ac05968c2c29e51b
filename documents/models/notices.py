"""What people are told of decisions on what they submitted or asked for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.history import never_removed
from registry.models import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> "NoticeQuerySet":
        """Everybody reads their own."""
        return self.filter(to=user)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)


class Notice(models.Model):
    """One person is told what somebody else decided, on which version of the document, and why."""

    to = models.ForeignKey(User, models.PROTECT, related_name="notices", verbose_name=_("addressee"))
    document_kind = models.CharField(_("document kind"), max_length=30)
    document_id = models.BigIntegerField(_("document id"))
    document_number = models.CharField(_("document number"), max_length=40)
    # What was acted on: the document itself, or a request about it, such as one for its reversal.
    acted_on = models.CharField(_("acted on"), max_length=30)
    act = models.CharField(_("act"), max_length=30)
    state = models.CharField(_("state that it came to"), max_length=50, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("decided by"))
    at = models.DateTimeField(_("decided"))
    reason = models.TextField(_("reason"), blank=True)
    made_on = models.BigIntegerField(_("version that it was decided on"))
    version = models.BigIntegerField(_("version that the decision made"))
    read_at = models.DateTimeField(_("read"), null=True)
    is_to_be_mailed = models.BooleanField(_("to be e-mailed"), default=False)
    mailed_at = models.DateTimeField(_("e-mailed"), null=True)
    mail_refused = models.CharField(_("why the e-mail was refused"), max_length=400, blank=True)
    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        db_table_comment = "What one person is told of a decision on what they submitted or asked for."
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=("to", "-id"), name="notice_of_a_person"),
            models.Index(fields=("to",), condition=Q(read_at=None), name="notice_unread"),
            models.Index(
                fields=("id",),
                condition=Q(is_to_be_mailed=True, mailed_at=None, mail_refused=""),
                name="notice_to_mail",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=("to", "acted_on", "version"), name="notice_once_a_decision"),
            models.CheckConstraint(condition=Q(version__gt=models.F("made_on")), name="notice_after_what_was_seen"),
            models.CheckConstraint(
                condition=Q(is_to_be_mailed=True) | Q(mailed_at=None), name="notice_mailed_only_by_choice"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_number}: {self.act}"


never_removed(Notice)
