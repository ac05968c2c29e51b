"""The register's resources: the same loading, rules and operations as its pages."""

from typing import Any

from django.db import models
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from registry import filters
from registry.api import serializers as shapes
from registry.api.resources import ReadableResource, RegisterResource, TrackedResource, of_a_change
from registry.models import (
    Aircraft,
    Airline,
    Airport,
    CountryGroup,
    ExchangeRate,
    HsCode,
    Item,
    Membership,
    Organisation,
    Place,
    PlaceKind,
    Site,
    TariffRate,
    Unit,
    User,
    Zone,
)
from registry.operations.exchange_rates import enter_exchange_rate
from registry.operations.memberships import grant_membership, revoke_membership
from registry.operations.sites import add_place, change_place, open_site
from registry.operations.tokens import revoke_token, tokens_of
from registry.operations.users import add_user, change_user
from registry.rules import administers_people, may_administer_organisation, may_administer_user


class UnitResource(ReadableResource):
    model = Unit
    serializer_class = shapes.UnitSerializer
    lookup_value_regex = "[A-Z0-9]{2,3}"


class HsCodeResource(ReadableResource):
    model = HsCode
    serializer_class = shapes.HsCodeSerializer
    filterset_class = filters.HsCodeFilter
    lookup_value_regex = "[0-9]{2,6}"


class ZoneResource(ReadableResource):
    model = Zone
    serializer_class = shapes.ZoneSerializer


class CountryGroupResource(ReadableResource):
    model = CountryGroup
    serializer_class = shapes.CountryGroupSerializer

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().prefetch_related("members")


class ItemResource(RegisterResource):
    model = Item
    serializer_class = shapes.ItemSerializer
    filterset_class = filters.ItemFilter


class OrganisationResource(RegisterResource):
    model = Organisation
    serializer_class = shapes.OrganisationSerializer
    filterset_class = filters.OrganisationFilter


class AirportResource(RegisterResource):
    model = Airport
    serializer_class = shapes.AirportSerializer
    filterset_class = filters.AirportFilter


class AirlineResource(RegisterResource):
    model = Airline
    serializer_class = shapes.AirlineSerializer
    filterset_class = filters.AirlineFilter


class AircraftResource(RegisterResource):
    model = Aircraft
    serializer_class = shapes.AircraftSerializer
    filterset_class = filters.AircraftFilter


class SiteResource(RegisterResource):
    model = Site
    serializer_class = shapes.SiteSerializer
    filterset_class = filters.SiteFilter

    def add(self, row: Site, serializer: serializers.BaseSerializer[Any]) -> Site:
        return open_site(site=row, actor=self.user, at=self.now)


class PlaceResource(RegisterResource):
    model = Place
    serializer_class = shapes.PlaceSerializer
    filterset_class = filters.PlaceFilter

    def add(self, row: Place, serializer: serializers.BaseSerializer[Any]) -> Place:
        if not Site.objects.visible_to(self.user).filter(pk=row.site_id).exists():
            raise exceptions.NotFound
        return add_place(
            site=row.site,
            code=row.code,
            kind=PlaceKind(row.kind),
            name=row.name,
            barcode=row.barcode,
            capacity_kg=row.capacity_kg,
            actor=self.user,
            at=self.now,
        )

    def change(self, row: Place, serializer: serializers.BaseSerializer[Any]) -> Place:
        before = self.get_object()
        if (before.site_id, before.kind) != (row.site_id, row.kind):
            raise exceptions.ValidationError({"kind": _("A place keeps its site and its kind.")})
        return change_place(place=row, actor=self.user, at=self.now, **of_a_change(serializer))


class ExchangeRateResource(RegisterResource):
    model = ExchangeRate
    serializer_class = shapes.ExchangeRateSerializer
    filterset_class = filters.ExchangeRateFilter

    def add(self, row: ExchangeRate, serializer: serializers.BaseSerializer[Any]) -> ExchangeRate:
        return self.change(row, serializer)

    def change(self, row: ExchangeRate, serializer: serializers.BaseSerializer[Any]) -> ExchangeRate:
        given = serializer.validated_data
        return enter_exchange_rate(
            rate=row,
            actor=self.user,
            at=self.now,
            reason=given.get("reason", ""),
            seen_history_id=given.get("seen_history_id"),
            is_confirmed=given.get("is_confirmed", False),
        )


class TariffRateResource(RegisterResource):
    model = TariffRate
    serializer_class = shapes.TariffRateSerializer
    filterset_class = filters.TariffRateFilter


TOKEN_KEY = OpenApiParameter("token_key", str, OpenApiParameter.PATH, description="How the token begins.")


class UserResource(RegisterResource):
    model = User
    serializer_class = shapes.UserSerializer
    filterset_class = filters.UserFilter

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().prefetch_related("memberships")

    def require_may_write(self) -> None:
        if not administers_people(self.user):
            raise exceptions.PermissionDenied(_("You keep the people of no organisation."))

    @extend_schema(request=shapes.NewUserSerializer, responses={201: shapes.UserSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        self.require_may_write()
        asked = shapes.NewUserSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = dict(asked.validated_data)
        first = {name: given.pop(name, None) for name in ("password", "organisation", "role", "site")}
        user = add_user(user=User(**given), actor=self.user, at=self.now, **first)
        return Response(self.get_serializer(user).data, status=status.HTTP_201_CREATED)

    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        if not may_administer_user(self.user, self.get_object()):
            raise exceptions.PermissionDenied(_("You do not administer this user."))
        return super().partial_update(request, *args, **kwargs)

    def change(self, row: User, serializer: serializers.BaseSerializer[Any]) -> User:
        return change_user(user=row, actor=self.user, at=self.now, **of_a_change(serializer))

    @extend_schema(responses=shapes.TokenOfUserSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None, filter_backends=[])
    def tokens(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Tell the valid API tokens of oneself, or of somebody whom one administers; never their secrets."""
        return Response(shapes.TokenOfUserSerializer(self._tokens(), many=True).data)

    @extend_schema(request=None, responses={204: None}, parameters=[TOKEN_KEY])
    @action(
        detail=True, methods=["delete"], url_path="tokens/(?P<token_key>[^/.]+)", url_name="token", filter_backends=[]
    )
    def revoke_token(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Make a token worthless from this moment on."""
        token = get_object_or_404(self._tokens(), token_key=kwargs["token_key"])
        revoke_token(token=token, actor=self.user, at=self.now)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _tokens(self) -> models.QuerySet[Any]:
        user = self.get_object()
        if user.pk != self.user.pk and not may_administer_user(self.user, user):
            raise exceptions.PermissionDenied(_("You do not administer this user."))
        return tokens_of(user, at=self.now)


class MembershipResource(mixins.CreateModelMixin, mixins.DestroyModelMixin, TrackedResource):
    """Roles of users: granted and revoked, never changed."""

    model = Membership
    serializer_class = shapes.MembershipSerializer

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        if not administers_people(self.user):
            raise exceptions.PermissionDenied(_("You keep the people of no organisation."))
        return super().create(request, *args, **kwargs)

    def perform_create(self, serializer: serializers.BaseSerializer[Any]) -> None:
        given = serializer.validated_data
        if not User.objects.visible_to(self.user).filter(pk=given["user"].pk).exists():
            raise exceptions.NotFound
        if not may_administer_organisation(self.user, given["organisation"]):
            raise exceptions.PermissionDenied(_("You do not administer this organisation."))
        serializer.instance = grant_membership(
            user=given["user"],
            organisation=given["organisation"],
            role=given["role"],
            site=given.get("site"),
            actor=self.user,
            at=self.now,
        )

    def perform_destroy(self, instance: Membership) -> None:
        if not may_administer_organisation(self.user, instance.organisation):
            raise exceptions.PermissionDenied(_("You do not administer this organisation."))
        revoke_membership(membership=instance, actor=self.user, at=self.now)


class OwnAccount(APIView):
    """Who the caller is and which roles they hold."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=shapes.UserSerializer)
    def get(self, request: Request) -> Response:
        return Response(shapes.UserSerializer(request.user).data)
