"""Answers of the API that are given again when the same request comes again."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.people import User


class AnsweredRequest(models.Model):
    """A request that came with an idempotency key, and what was answered; forgotten after a while.

    Between the insert and the answer the row is locked by the transaction that acts. Whoever can read it therefore
    reads it with its answer.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("user"))
    key = models.CharField(_("idempotency key"), max_length=255)
    method = models.CharField(_("method"), max_length=10)
    path = models.TextField(_("path"))
    # Keyed with the secret key, because a body may hold a password.
    body_hash = models.BinaryField(_("hash of the body"), max_length=32)
    status = models.PositiveSmallIntegerField(_("status of the answer"), null=True)
    answer = models.TextField(_("answer"), blank=True)
    received_at = models.DateTimeField(_("received"))

    class Meta:
        ordering = ("-pk",)
        db_table_comment = "Requests that came with an idempotency key, and what was answered."
        verbose_name = _("answered request")
        verbose_name_plural = _("answered requests")
        constraints = [
            models.UniqueConstraint(fields=("user", "key"), name="answered_request_once_per_key"),
            models.CheckConstraint(condition=~Q(key=""), name="answered_request_has_a_key"),
        ]
        indexes = [models.Index(fields=("received_at",), name="answered_request_received")]

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.key}"
