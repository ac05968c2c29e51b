"""Tokens by which a program acts for a user through the API."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from knox.models import AuthToken

from registry.errors import FieldError, RuleBroken
from registry.models import User

MOST_DAYS = 365
MOST_TOKENS = 20


class TooManyTokens(RuleBroken):
    """The user already has as many valid tokens as one person can keep an eye on."""

    code = "too-many-tokens"
    status = 409


class TokenValidTooLong(RuleBroken):
    """A token lasts from a day to a year."""

    code = "token-valid-too-long"


@dataclass(frozen=True, slots=True)
class NewToken:
    """`secret` exists only here: the database keeps its hash."""

    secret: str
    expires_at: datetime


def create_token(*, user: User, days: int, at: datetime) -> NewToken:
    """Create a token that acts for the user.

    Args:
        days: how long it lasts.
    Raises:
        TokenValidTooLong: outside 1 to 365 days.
        TooManyTokens: the user has 20 valid ones.
    """
    if not 1 <= days <= MOST_DAYS:
        message = _("%(days)s days cannot be chosen. A token lasts from 1 to %(most)s days.") % {
            "days": days,
            "most": MOST_DAYS,
        }
        raise TokenValidTooLong(message, errors=[FieldError(message, field="days", figure=str(days))])
    if AuthToken.objects.filter(user=user, expiry__gt=at).count() >= MOST_TOKENS:
        raise TooManyTokens(_("You have %(most)s tokens. Revoke one that is no longer used.") % {"most": MOST_TOKENS})
    kept, secret = AuthToken.objects.create(user=user, expiry=timedelta(days=days))
    return NewToken(secret=secret, expires_at=kept.expiry)


def revoke_token(*, token: AuthToken) -> None:
    """Make a token worthless from this moment on."""
    token.delete()
