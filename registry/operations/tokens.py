"""Tokens by which a program acts for a user through the API."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from knox.models import AuthToken

from registry.errors import FieldError, NotAllowed, RuleBroken
from registry.history import note_in_history
from registry.models import User
from registry.rules import may_administer_user

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


def tokens_of(user: User, *, at: datetime) -> QuerySet[AuthToken]:
    """The user's tokens that are valid, newest first."""
    tokens: QuerySet[AuthToken] = AuthToken.objects.filter(user=user, expiry__gt=at)
    return tokens.order_by("-created", "pk")


@transaction.atomic
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
    if tokens_of(user, at=at).count() >= MOST_TOKENS:
        raise TooManyTokens(_("You have %(most)s tokens. Revoke one that is no longer used.") % {"most": MOST_TOKENS})
    kept, secret = AuthToken.objects.create(user=user, expiry=timedelta(days=days))
    note_in_history(user, actor=user, at=at, reason=_("API token %(key)s was created.") % {"key": kept.token_key})
    return NewToken(secret=secret, expires_at=kept.expiry)


@transaction.atomic
def revoke_token(*, token: AuthToken, actor: User, at: datetime) -> None:
    """Make a token worthless from this moment on; the history of its user says so.

    Raises:
        NotAllowed: it is the token of somebody whom the actor does not administer.
    """
    if actor.pk != token.user_id and not may_administer_user(actor, token.user):
        raise NotAllowed(_("%(user)s holds roles that you do not administer.") % {"user": token.user})
    token.delete()
    reason = _("API token %(key)s was revoked.") % {"key": token.token_key}
    note_in_history(token.user, actor=actor, at=at, reason=reason)


def revoke_all_tokens(*, user: User, actor: User | None, at: datetime, reason: str) -> int:
    """Make every token of the user worthless: whoever took one must not outlast a new password. How many they were."""
    revoked: int = AuthToken.objects.filter(user=user).delete()[0]
    if revoked:
        told = _("API tokens were revoked: %(number)s. %(reason)s") % {"number": revoked, "reason": reason}
        note_in_history(user, actor=actor, at=at, reason=told)
    return revoked
