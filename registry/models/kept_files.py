"""Files of a form that was refused, kept until the form is sent again."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.people import User

PICTURE_TYPES = frozenset({"image/png", "image/jpeg"})


class KeptFileQuerySet(models.QuerySet["KeptFile"]):
    def visible_to(self, user: User) -> "KeptFileQuerySet":
        """A file belongs to whoever chose it; nobody else sees it, whatever their roles."""
        return self.filter(user=user) if user.is_authenticated else self.none()


class KeptFile(models.Model):
    """A photo or file that came with a refused form: no browser lets a page choose it again by itself."""

    token = models.UUIDField(_("token"), unique=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("user"))
    name = models.CharField(_("file name"), max_length=255)
    content_type = models.CharField(_("content type"), max_length=100, blank=True)
    content = models.BinaryField(_("content"))
    kept_at = models.DateTimeField(_("kept"))
    objects = KeptFileQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        db_table_comment = "Files of refused forms, kept for a day."
        verbose_name = _("kept file")
        verbose_name_plural = _("kept files")
        indexes = [models.Index(fields=("kept_at",), name="kept_file_kept")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.content_type in PICTURE_TYPES
