"""What every API resource shares: loading through `visible_to()`, the rule, one operation, the history."""

import copy
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, cast

from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from registry.api.idempotency import Idempotent
from registry.api.serializers import HistoryEntrySerializer
from registry.models import Role, User
from registry.operations.register import enter_in_register
from registry.parameters import names_of, refuse_unknown
from registry.rules import may_keep, require_may_keep, roles_of, visible_rows
from registry.timeline import Entry, timeline_of


class Resource(Idempotent, viewsets.GenericViewSet[Any]):
    """Rows that the user may see; who holds none of the roles in `readers` is refused."""

    model: type[models.Model]
    readers: ClassVar[frozenset[Role]] = frozenset(Role)

    # What the address of each action may carry, by the action's name, beside the filters and pages of a list.
    parameters: ClassVar[Mapping[str, frozenset[str]]] = {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.user.begin_request()
        if not self.roles & self.readers:
            raise exceptions.PermissionDenied(_("None of your roles may read this."))
        refuse_unknown(request.query_params, self.known_parameters())

    def known_parameters(self) -> set[str]:
        """The names that the address of this action may carry; those of a list's filters and pages are read by it."""
        known = {*self.parameters.get(self.action or "", ())}
        if self.paginator is not None:
            known |= {term["name"] for term in self.paginator.get_schema_operation_parameters(self)}
        filterset_class = getattr(self, "filterset_class", None)
        if filterset_class is not None and self.action == "list":
            known |= names_of(filterset_class(request=self.request, queryset=self.get_queryset()).form)
        return known

    @property
    def user(self) -> User:
        return cast("User", self.request.user)

    @cached_property
    def roles(self) -> frozenset[str]:
        return roles_of(self.user)

    @cached_property
    def now(self) -> datetime:
        return timezone.now()

    def get_queryset(self) -> models.QuerySet[Any]:
        # The schema is drawn up for nobody in particular.
        if getattr(self, "swagger_fake_view", False):
            return self.model._default_manager.none()
        return visible_rows(self.model, self.user)

    def locked_object(self) -> Any:
        """The row of the address as it stands now, held until the transaction's end.

        A change says only what is to be different. Of two at once the second is made on what the first one left, so
        neither takes back what the other named.
        """
        found = self.get_object()
        self.model._default_manager.select_for_update(of=("self",), no_key=True).get(pk=found.pk)
        return self.get_object()


class ReadableResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """A list, newest first, and each of its rows."""


class WithFigures(ReadableResource):
    """Rows that carry figures beside their own columns, read for a page of them at once."""

    def add_figures(self, rows: list[Any]) -> None:
        """Read the figures of these rows; none unless the resource has any."""

    def paginate_queryset(self, queryset: Any) -> Any:
        page: Any = super().paginate_queryset(queryset)
        self.add_figures(page)
        return page

    def get_object(self) -> Any:
        row = super().get_object()
        self.add_figures([row])
        return row


class TrackedResource(ReadableResource):
    """A readable resource that tells who changed a row, when and why."""

    @extend_schema(responses=HistoryEntrySerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None, filter_backends=[])
    def history(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Tell the life of one row, newest first."""
        return self.told_life()

    def told_life(self) -> Response:
        """The answer to the question after the life of one row."""
        return Response(HistoryEntrySerializer(self.life_of(self.get_object()), many=True).data)

    def life_of(self, row: Any) -> list[Entry]:
        """What its history tells."""
        return timeline_of(row)


class RegisterResource(TrackedResource):
    """A resource of the register: read by every role, added to and corrected by administrators."""

    def require_may_write(self) -> None:
        """Who keeps no such rows hears so before the figures are looked at."""
        require_may_keep(self.user, self.model)
        if not may_keep(self.user, self.model):
            raise exceptions.PermissionDenied(_("Only an administrator keeps the register."))

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        self.require_may_write()
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        row = self.add(self.model(**_figures(serializer)), serializer)
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    @transaction.atomic
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        self.get_object()
        self.require_may_write()
        row = self.locked_object()
        serializer = self.get_serializer(row, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        changed = copy.copy(row)
        for name, figure in _figures(serializer).items():
            setattr(changed, name, figure)
        return Response(self.get_serializer(self.change(changed, serializer)).data)

    def add(self, row: Any, serializer: serializers.BaseSerializer[Any]) -> Any:
        return enter_in_register(row=row, actor=self.user, at=self.now, reason=_reason(serializer))

    def change(self, row: Any, serializer: serializers.BaseSerializer[Any]) -> Any:
        return enter_in_register(row=row, actor=self.user, at=self.now, **of_a_change(serializer))


def _figures(serializer: serializers.BaseSerializer[Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in serializer.validated_data.items()
        if name not in {"reason", "seen_history_id", "is_confirmed"}
    }


def of_a_change(serializer: serializers.BaseSerializer[Any]) -> dict[str, Any]:
    """Why a row is changed, and the entry of its history that the caller had in view, as operations take them."""
    return {"reason": _reason(serializer), "seen_history_id": serializer.validated_data.get("seen_history_id")}


def _reason(serializer: serializers.BaseSerializer[Any]) -> str:
    return str(serializer.validated_data.get("reason", ""))
