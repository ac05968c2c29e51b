"""What every answer about a document has in common."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from documents.acts import Rules
from registry.api.fields import coded

DOCUMENT_FIELDS = ("id", "version", "number", "state", "site", "prepared_by", "prepared_at", "remark")


def person() -> serializers.SlugRelatedField[Any]:
    """Who acted, by e-mail address; null until somebody has."""
    return serializers.SlugRelatedField(slug_field="email", read_only=True, allow_null=True)


class Acts(serializers.ListField):
    """What the caller may do to the document as it stands, the next step first: how the addresses of the acts end.

    Args:
        addresses: of acts whose address ends in another word than the one they go by on a page.
    """

    def __init__(self, rules: Rules, *, addresses: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        self.rules = rules
        self.addresses = addresses or {}
        help_text = _("What the caller may do now: how the addresses end; `change` is a PUT or PATCH.")
        super().__init__(child=serializers.CharField(), source="*", read_only=True, help_text=help_text, **kwargs)

    def to_representation(self, data: Any) -> list[str]:
        user = self.context["request"].user
        return [self.addresses.get(name, name.replace("_", "-")) for name in self.rules.acts_on(user, data)]


def version() -> serializers.IntegerField:
    """Which version of the document is told; an act sends it along, and holds for that version alone."""
    help_text = _("An act that sends it along holds for this version.")
    return serializers.IntegerField(source="version_in_view", read_only=True, help_text=help_text)


class DocumentSerializer(serializers.ModelSerializer[Any]):
    version = version()
    site = coded()
    prepared_by = coded("email")
