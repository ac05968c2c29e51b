"""Customs declaration numbers 报关单号: what form they have, and which document stands under which."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import Zone

# A declaration of China's customs: 18 digits.
CHINESE_FORM = "#" * 18
_CLASSES = {"#": "[0-9]", "@": "[A-Z]", "*": "[0-9A-Z]"}


def pattern_of(form: str) -> re.Pattern[str]:
    """What a written form allows: # is a digit, @ a letter, * either, | parts forms, all else stands for itself."""
    branches = ("".join(_CLASSES.get(sign, re.escape(sign)) for sign in branch) for branch in form.split("|"))
    return re.compile("|".join(f"(?:{branch})" for branch in branches))


def check_form(form: str) -> None:
    """Raise ValidationError for a form in which no number can be written, or one of blanks."""
    if any(not branch or re.search(r"[^#@*0-9A-Z]", branch) for branch in form.split("|")):
        message = _("“%(form)s” is no form of numbers. Write # for a digit, @ for a letter, * for either.")
        raise ValidationError(message % {"form": form})


class DeclarationNumber(models.Model):
    """The document that stands under a declaration number: within a zone each number has one.

    Kept beside the documents because they are of several kinds. What a document's number was before, its history
    tells; one that is void or reversed stands under none.
    """

    zone = models.ForeignKey(Zone, models.PROTECT, related_name="+", verbose_name=gettext_lazy("zone"))
    key = models.CharField(gettext_lazy("key of the number"), max_length=40)
    number = models.CharField(gettext_lazy("customs declaration number"), max_length=40)
    document_kind = models.CharField(gettext_lazy("document kind"), max_length=30)
    document_id = models.BigIntegerField(gettext_lazy("document id"))
    document_number = models.CharField(gettext_lazy("document number"), max_length=40)

    class Meta:
        ordering = ("pk",)
        db_table_comment = "Which document stands under a customs declaration number; within a zone each has one."
        verbose_name = gettext_lazy("customs declaration number")
        verbose_name_plural = gettext_lazy("customs declaration numbers")
        constraints = [
            models.UniqueConstraint(fields=("zone", "key"), name="declaration_number_once_per_zone"),
            models.UniqueConstraint(fields=("document_kind", "document_id"), name="document_under_one_number"),
        ]

    def __str__(self) -> str:
        return self.number
