"""What the resources of the tank farm's master data share: one operation to enter, one to change, the rule before."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db import models, transaction
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response

from documents.api.requests import RequestSerializer
from registry.api.resources import WithFigures
from registry.models import Role
from registry.navigation import KEEPERS_OF_MASTER_DATA
from registry.rules import sites_where

Operation = Callable[..., Any]


class FarmResource(WithFigures):
    """Rows of the tank farms that the user may see; `related` keeps three rows at as many queries as one."""

    readers: ClassVar[frozenset[Role]] = KEEPERS_OF_MASTER_DATA
    writers: ClassVar[frozenset[Role]] = frozenset({Role.ADMINISTRATOR})
    related: ClassVar[tuple[str, ...]] = ("site",)

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related(*self.related)

    def require_may_write(self) -> None:
        """Who keeps no tank farm anywhere hears so before the figures are looked at."""
        if not sites_where(self.user, *self.writers).exists():
            raise exceptions.PermissionDenied(_("None of your roles keeps tank farms."))

    def answer(self, row: Any, *, code: int = status.HTTP_200_OK) -> Response:
        """The row as it stands now."""
        whole = self.get_queryset().get(pk=row.pk)
        self.add_figures([whole])
        return Response(self.get_serializer(whole).data, status=code)

    def asked(self, shape: type[RequestSerializer]) -> dict[str, Any]:
        """What the request asks for, as arguments of an operation."""
        given = shape(data=self.request.data)
        given.is_valid(raise_exception=True)
        return {**given.figures(user=self.user, at=self.now), "actor": self.user, "at": self.now}

    def enter(self, operation: Operation, shape: type[RequestSerializer]) -> Response:
        self.require_may_write()
        return self.answer(operation(**self.asked(shape)), code=status.HTTP_201_CREATED)

    def amend(
        self, operation: Operation, shape: type[RequestSerializer], *, argument: str, **as_it_is: Any
    ) -> Response:
        """Change a row; what the request leaves out stays as it is.

        Args:
            argument: how the operation calls the row.
        """
        self.get_object()
        self.require_may_write()
        with transaction.atomic():
            row = self.locked_object()
            given = {**{name: read(row) for name, read in as_it_is.items()}, **self.asked(shape)}
            return self.answer(operation(**{argument: row}, **given))
