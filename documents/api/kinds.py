"""The API of a kind of document, made of its declaration."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api.documents import DocumentResource, act
from documents.api.requests import of_version
from documents.kinds import Acted, Entry, Kind, declared_kinds, kind_of
from documents.lists import filterset_of


class ActsOfKind(serializers.ListField):
    """What the caller may do to the document as it stands, the next step first: how the addresses of the acts end.

    Args:
        acted: what is acted on, where it is no kind of document.
    """

    def __init__(self, acted: Acted | None = None, **kwargs: Any) -> None:
        self.acted = acted
        help_text = _("What the caller may do now: how the addresses end; `change` is a PUT or PATCH.")
        super().__init__(child=serializers.CharField(), source="*", read_only=True, help_text=help_text, **kwargs)

    def to_representation(self, data: Any) -> list[str]:
        kind = self.acted or kind_of(data)
        names = kind.acts_on(self.context["request"].user, data)
        return [kind.offer_of[name].path or name.replace("_", "-") for name in names]


def register_kinds(router: Any, namespace: str) -> None:
    """Add the resource of every kind of an app to the router of its API."""
    for kind in declared_kinds(namespace):
        router.register(kind.answers.path or kind.path, resource_of(kind), basename=f"api_{kind.name}")


def resource_of(kind: Kind) -> type[DocumentResource]:
    """The resource of a kind: list and documents, entering and changing, and a POST for each act."""
    answers = kind.answers
    base: Any = answers.base or DocumentResource
    filterset_class = filterset_of(kind)
    given: dict[str, Any] = {
        "__doc__": answers.doc,
        "rules": kind,
        "model": kind.model,
        "readers": kind.readers,
        "serializer_class": answers.whole,
        "row_class": answers.row,
        "filterset_class": filterset_class,
        "parameters": {**base.parameters, "list": frozenset(filterset_class.former_names)},
        "related": answers.related,
        "lines": answers.lines,
    }
    if kind.entry is not None:
        given["create"] = _create(kind.entry, answers.whole)
        if "change" in kind.offer_of:
            given |= _changes(kind.entry, kind.offer_of["change"].operation)
    for name, offer in kind.offer_of.items():
        if offer.request is not None:
            end = offer.path or name.replace("_", "-")
            given[f"do_{name}"] = act(f"do_{name}", offer.operation, offer.request, path=end, rule=name)
        elif offer.posted is not None:
            given[offer.posted.__name__] = offer.posted
    return type(f"{kind.model.__name__}Resource", (base,), given)


def _create(entry: Entry, whole: type[Any]) -> Any:
    def create(self: DocumentResource, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.enter(entry.operation, entry.asked)

    return extend_schema(request=entry.asked, responses={201: whole}, description=_first_line(entry.operation))(create)


def _changes(entry: Entry, operation: Any) -> dict[str, Any]:
    def update(self: DocumentResource, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.amend(operation, entry.asked, partly=False)

    def partial_update(self: DocumentResource, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.amend(operation, entry.asked, partly=True)

    told = _first_line(operation)
    asked = of_version(entry.asked)
    return {
        "update": extend_schema(request=asked, description=told)(update),
        "partial_update": extend_schema(request=asked(partial=True), description=told)(partial_update),
    }


def _first_line(operation: Any) -> str:
    return (operation.__doc__ or "").partition("\n")[0]
