"""Fields that every app's API has: rows by their codes, and times that a clock in any zone can show."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from registry.operations.loading.rows import FIRST_YEAR, LAST_YEAR

OUT_OF_RANGE: dict[str, Any] = {"out_of_range": _("Years from 1900 to 2200 can be meant here.")}


class Moment(serializers.DateTimeField):
    default_error_messages = OUT_OF_RANGE

    def to_internal_value(self, value: Any) -> datetime:
        try:
            moment = super().to_internal_value(value)
        except OverflowError:
            self.fail("out_of_range")
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            self.fail("out_of_range")
        return moment


class Day(serializers.DateField):
    default_error_messages = OUT_OF_RANGE

    def to_internal_value(self, value: Any) -> date:
        day = super().to_internal_value(value)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fail("out_of_range")
        return day


def coded(by: str = "code", **more: Any) -> serializers.SlugRelatedField[Any]:
    """A row as the code by which people know it, and by which requests name it."""
    return serializers.SlugRelatedField(slug_field=by, read_only=True, **more)
