"""The lines of a document as they stood after an entry of its history."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.history import append_only


class LinesAsOf(models.Model):
    """What a document's lines said after one entry of its history: a list of rows, each by the names of its columns."""

    document_kind = models.CharField(_("document kind"), max_length=30)
    document_id = models.BigIntegerField(_("document id"))
    history_id = models.BigIntegerField(_("entry of the document's history"))
    lines = models.JSONField(_("lines"), encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ("document_kind", "document_id", "history_id")
        db_table_comment = "What the lines of a document said after one entry of its history."
        verbose_name = _("lines as they stood")
        verbose_name_plural = _("lines as they stood")
        constraints = [
            models.UniqueConstraint(
                fields=("document_kind", "document_id", "history_id"), name="lines_as_of_once_an_entry"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_kind} {self.document_id} / {self.history_id}"


append_only(LinesAsOf)
