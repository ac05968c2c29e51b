"""What every resource of a document shares: whole documents in one POST, and acts that each call one operation."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.db import models, transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api.requests import EmptyRequest, RequestSerializer, of_version
from documents.timeline import history_with_lines
from registry.api.resources import TrackedResource
from registry.errors import RuleBroken
from registry.models import Role
from registry.navigation import STAFF
from registry.rules import POSTING_ROLES
from registry.timeline import Entry
from registry.versions import with_version

Operation = Callable[..., Any]


class DocumentResource(TrackedResource):
    """Documents of the sites that the user may see.

    Declare `rules`, `model`, the two shapes of an answer, and `related` and `lines` so that three rows take as many
    queries as one; and `argument`, how an operation calls the document that declares no act by itself.
    """

    rules: ClassVar[Any]
    argument: ClassVar[str]
    row_class: ClassVar[type[serializers.BaseSerializer[Any]]]
    readers: ClassVar[frozenset[Role]] = STAFF
    related: ClassVar[tuple[str, ...]] = ("site", "prepared_by")
    lines: ClassVar[tuple[str, ...]] = ()
    writers: ClassVar[frozenset[Role]] = POSTING_ROLES

    def get_queryset(self) -> models.QuerySet[Any]:
        rows = with_version(super().get_queryset().select_related(*self.related))
        return rows if self.action == "list" else rows.prefetch_related(*self.lines)

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        return self.row_class if self.action == "list" else super().get_serializer_class()

    def life_of(self, row: Any) -> list[Entry]:
        """With what changed in its lines."""
        return history_with_lines(row)

    def require_may_write(self) -> None:
        """Who posts nothing anywhere hears so before the figures are looked at."""
        if not self.roles & self.writers:
            raise exceptions.PermissionDenied(_("None of your roles posts documents."))

    def asked(self, shape: type[RequestSerializer], *, document: Any = None, data: Any = None) -> dict[str, Any]:
        """What the request asks for, as arguments of an operation; the document learns which version was in view."""
        given = shape(data=self.request.data if data is None else data)
        given.is_valid(raise_exception=True)
        if document is not None:
            document.seen_version = given.validated_data.pop("version", None)
        return {**given.figures(user=self.user, at=self.now, document=document), "actor": self.user, "at": self.now}

    def answer(self, document: Any, *, code: int = status.HTTP_200_OK) -> Response:
        """The whole document as it stands now."""
        whole = self.get_queryset().get(pk=document.pk)
        return Response(self.get_serializer(whole).data, status=code)

    def enter(self, operation: Operation, shape: type[RequestSerializer]) -> Response:
        self.require_may_write()
        document = operation(**self.asked(shape), request_key=self.request_key)
        return self.answer(document, code=status.HTTP_201_CREATED)

    def do(self, operation: Operation, shape: type[RequestSerializer], rule: str) -> Response:
        document = self.get_object()
        try:
            given = self.asked(shape, document=document)
        except (exceptions.ValidationError, RuleBroken):
            # Who may not act at all hears that, and not what is wrong with the figures.
            if not self.rules.may_act(self.user, document, rule):
                raise exceptions.PermissionDenied from None
            raise
        return self.answer(operation(**{self.argument_of(operation): document}, **given))

    def argument_of(self, operation: Operation) -> str:
        """What the operation calls the document."""
        declared = getattr(operation, "act", None)
        return self.argument if declared is None else declared.argument

    def amend(self, operation: Operation, shape: type[RequestSerializer], *, partly: bool) -> Response:
        """Replace what the document says; partly: what the request leaves out stays as it is."""
        document = self.get_object()
        self.require_may_write()
        data = self.request.data
        with transaction.atomic():
            if partly and isinstance(data, Mapping):
                document = self.locked_object()
                told = {**self.get_serializer(document).data}
                # What was in view, only the request itself can say.
                del told["version"]
                data = {**told, **data}
            given = self.asked(of_version(shape), document=document, data=data)
            return self.answer(operation(**{self.argument_of(operation): document}, **given))


def act(
    name: str, operation: Operation, shape: type[RequestSerializer] = EmptyRequest, *, path: str = "", rule: str = ""
) -> Any:
    """A POST by which one operation is done to one document; it answers the document as it stands then.

    Args:
        name: of the resource's attribute.
        path: how the address ends; the name when left out.
        rule: the act's name in the app's rules; how the address ends when left out.
    """

    end = path or name.replace("_", "-")
    asked = of_version(shape)

    def view(self: DocumentResource, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.do(operation, asked, rule or end)

    view.__name__ = name
    view.__doc__ = (operation.__doc__ or "").partition("\n")[0]
    posted = action(detail=True, methods=["post"], url_path=end, url_name=end)(view)
    return extend_schema(request=asked)(posted)
