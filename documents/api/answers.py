"""What every answer about a document has in common."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from registry.api.fields import coded

DOCUMENT_FIELDS = ("id", "version", "number", "state", "site", "prepared_by", "prepared_at", "remark")


def person() -> serializers.SlugRelatedField[Any]:
    """Who acted, by e-mail address; null until somebody has."""
    return serializers.SlugRelatedField(slug_field="email", read_only=True, allow_null=True)


def version() -> serializers.IntegerField:
    """Which version of the document is told; an act sends it along, and holds for that version alone."""
    help_text = _("An act that sends it along holds for this version.")
    return serializers.IntegerField(source="version_in_view", read_only=True, help_text=help_text)


class DocumentSerializer(serializers.ModelSerializer[Any]):
    version = version()
    site = coded()
    prepared_by = coded("email")
