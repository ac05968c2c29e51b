"""Fuel that came back from aircraft, over the API."""

from typing import Any

import django_filters as filters
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api.asked import ReasonAsked
from documents.api.documents import act
from documents.api.filters import CodeFilter, DocumentFilter
from fuel.api import ticket_shapes as shapes
from fuel.api.documents import DocumentResource
from fuel.models import Defuel, DefuelState
from fuel.operations import defuels


class DefuelFilter(DocumentFilter):
    state = filters.MultipleChoiceFilter(choices=DefuelState.choices, label=gettext_lazy("State"))
    ticket = CodeFilter(field_name="ticket__number", label=gettext_lazy("Number of the ticket"))

    class Meta:
        model = Defuel
        fields = ()


class DefuelResource(DocumentResource):
    """Fuel that came back from aircraft, held until quality decides on it."""

    model = Defuel
    argument = "defuel"
    serializer_class = shapes.DefuelSerializer
    row_class = shapes.DefuelRowSerializer
    filterset_class = DefuelFilter
    related = ("site", "prepared_by", "ticket", "tank__place")
    lines = ("draws__lot",)

    @extend_schema(request=shapes.DefuelAsked, responses={201: shapes.DefuelSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take fuel of a ticket back into a tank."""
        return self.enter(defuels.record_defuel, shapes.DefuelAsked)

    release = act("release", defuels.release_defuel)
    slop = act("slop", defuels.send_defuel_to_slops, shapes.SlopAsked)
    void = act("void", defuels.void_defuel, ReasonAsked)
