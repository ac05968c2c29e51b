"""What requests ask for: figures in the words of the operations, once codes are looked up."""

from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from documents.api.codes import DocumentCodes
from registry.api.codes import UnknownCode
from registry.api.strict import RefusesUnknownFields
from registry.errors import FieldError
from registry.models import Site, User

MOST_DIGITS = 40


class Figure(serializers.DecimalField):
    """A decimal figure, exactly as it was written; how large and how fine it may be, the operation says.

    More digits before or behind the point than any column holds are refused here: "1E+999999" is a number too.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=None, decimal_places=None, **kwargs)

    def validate_precision(self, value: Decimal) -> Decimal:
        if value and (value.adjusted() >= MOST_DIGITS or value.adjusted() < -MOST_DIGITS):
            self.fail("max_digits", max_digits=MOST_DIGITS)
        return super().validate_precision(value)


class RequestSerializer(RefusesUnknownFields, serializers.Serializer[Any]):
    """What a request asks for, in whole: a field that it does not know is refused."""

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        """The operation's arguments beside the document, the actor and the time.

        Raises:
            UnknownCode: naming each code that stands for nothing the user may see.
        """
        return dict(self.validated_data)


def without_unit(line: dict[str, Any]) -> dict[str, Any]:
    """The line without its unit, which was only named to be sure."""
    return {name: figure for name, figure in line.items() if name != "unit"}


def site_of(code: str, codes: DocumentCodes, document: Any) -> Site | None:
    """The site that a new document is of; a document that is there keeps its own."""
    if document is None:
        return codes.site(code)
    if code != document.site.code:
        message = _("A document keeps its site. Make this one void and enter another.")
        raise UnknownCode(message, errors=[FieldError(message, field="site", figure=code)])
    site: Site = document.site
    return site


class EmptyRequest(RequestSerializer):
    """An act that needs no figures."""


class ReasonRequest(RequestSerializer):
    """Why the act is done."""

    reason = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=400, help_text=gettext_lazy("Why; must not be empty.")
    )


@cache
def of_version(shape: type[RequestSerializer]) -> type[RequestSerializer]:
    """The same shape for what is asked of a document that is there: it may say which version was in view."""
    version = serializers.IntegerField(
        required=False,
        min_value=1,
        help_text=gettext_lazy("The version that was in view; when there is a newer one, `changed-meanwhile`."),
    )
    name = f"{shape.__name__.removesuffix('Request')}OfVersionRequest"
    return type(name, (shape,), {"version": version, "__doc__": shape.__doc__, "__module__": shape.__module__})


class OptionalReasonRequest(RequestSerializer):
    """Why the act is done, if there is something to say."""

    reason = serializers.CharField(required=False, allow_blank=True, max_length=400)
