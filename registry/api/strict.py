"""Requests whose every field is read: an unknown one is refused, so that no figure is lost to a slip of the pen."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from rest_framework import serializers


class RefusesUnknownFields:
    """For a serializer: fields in ``echoed`` are told in answers, and may come back with what was answered."""

    echoed: ClassVar[frozenset[str]] = frozenset()

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = sorted(set(map(str, data)) - set(self.fields) - self.echoed)  # type: ignore[attr-defined]
            if unknown:
                raise serializers.ValidationError({name: _("There is no such field.") for name in unknown})
        return super().to_internal_value(data)  # type: ignore[misc]
