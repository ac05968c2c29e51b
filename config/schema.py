"""How the API describes itself: what every operation has beside its own figures."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from config.problem import PROBLEM_JSON
from registry.api.idempotency import HEADER, LONGEST_KEY, REPLAYED, Idempotent

IDEMPOTENCY_KEY = OpenApiParameter(
    HEADER,
    {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
    OpenApiParameter.HEADER,
    description=(
        "A name that the caller gives to this request, such as a UUID. The same request with the same key acts once"
        f" and is answered the same, with the header `{REPLAYED}: true`; another request with that key is refused"
        " with 409. Keys are kept for 30 days."
    ),
)


class ProblemErrorSerializer(serializers.Serializer[Any]):
    field = serializers.CharField(allow_blank=True, help_text=_("The field at fault; empty when it is none alone."))
    row = serializers.IntegerField(allow_null=True, help_text=_("The row it stands in; 0 is the first."))
    figure = serializers.CharField(allow_null=True, help_text=_("What was written there."))
    message = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """A refusal, as RFC 9457 has it; nothing was done."""

    type = serializers.CharField(help_text=_("urn:bondbook:problem: and the name of the rule; programs read this."))
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = ProblemErrorSerializer(many=True)  # type: ignore[assignment]


REFUSALS = {
    "400": "The request cannot be read, or figures are missing or malformed.",
    "401": "No valid token.",
    "403": "The caller may see this, but not do it.",
    "404": "There is no such thing, or it is not the caller's to see.",
    "409": "It conflicts with the present state.",
    "422": "A rule refuses the figures.",
    "503": "The database does not answer at present; nothing was done.",
}


class BondbookSchema(AutoSchema):
    """Adds the idempotency key to whatever posts, and to everything the problem documents that it may answer with."""

    def get_serializer_name(self, serializer: Any, direction: Any) -> str:
        # Whatever comes in gets this suffix by itself.
        name = str(super().get_serializer_name(serializer, direction))
        return name.removesuffix("Request") if direction == "request" else name

    def get_override_parameters(self) -> list[Any]:
        given = list(super().get_override_parameters())
        return [*given, IDEMPOTENCY_KEY] if self.method == "POST" and isinstance(self.view, Idempotent) else given

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies = super()._get_response_bodies(direction)
        problem = self.resolve_serializer(ProblemSerializer(), "response").ref
        for status in self._refusals():
            bodies.setdefault(status, {"description": REFUSALS[status], "content": {PROBLEM_JSON: {"schema": problem}}})
        return {status: bodies[status] for status in sorted(bodies)}

    def _refusals(self) -> list[str]:
        is_about_one = "{" in self.path
        writes = self.method in {"POST", "PUT", "PATCH", "DELETE"}
        asked = {"400": True, "401": True, "403": True, "404": is_about_one, "409": writes, "422": writes, "503": True}
        return [status for status, may_be in asked.items() if may_be]
