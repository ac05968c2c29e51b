"""How a program signs in to the API: an e-mail address and a password for a token, and the token back."""

from typing import Any

from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from knox.models import get_token_model
from rest_framework import exceptions, serializers, status
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from config.clients import counted_address
from registry.api.strict import RefusesUnknownFields


class SignInRateThrottle(AnonRateThrottle):
    """Guessing passwords through the API is as slow as through the page."""

    scope = "sign_in"

    def get_ident(self, request: Request) -> str:
        return counted_address(request._request) or ""


class SignInSerializer(RefusesUnknownFields, serializers.Serializer[Any]):
    email = serializers.EmailField()
    password = serializers.CharField(style={"input_type": "password"}, trim_whitespace=False)


class TokenSerializer(serializers.Serializer[Any]):
    token = serializers.CharField()
    expires_at = serializers.DateTimeField()


class SignInView(APIView):
    """Give a token for an e-mail address and a password."""

    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = [SignInRateThrottle]

    @extend_schema(request=SignInSerializer, responses={201: TokenSerializer})
    def post(self, request: Request) -> Response:
        asked = SignInSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        user = authenticate(
            request._request, username=asked.validated_data["email"].lower(), password=asked.validated_data["password"]
        )
        if user is None:
            raise exceptions.AuthenticationFailed(_("The e-mail address or the password is wrong."))
        kept, token = get_token_model().objects.create(user=user)
        user_logged_in.send(sender=type(user), request=request._request, user=user)
        return Response(
            TokenSerializer({"token": token, "expires_at": kept.expiry}).data, status=status.HTTP_201_CREATED
        )


class SignOutView(APIView):
    """Make the token that this request carries worthless."""

    permission_classes = [IsAuthenticated]

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        if request.auth is not None:
            request.auth.delete()
        return Response(status=status.HTTP_204_NO_CONTENT)
