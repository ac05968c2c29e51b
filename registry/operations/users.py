"""People who may sign in: added, changed and barred, never deleted, because history names them."""

from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from registry.errors import FieldError, NotAllowed, RuleBroken
from registry.history import save_as
from registry.models import Organisation, Role, Site, User
from registry.operations.memberships import grant_first_membership
from registry.operations.register import enter_in_register
from registry.operations.tokens import revoke_all_tokens
from registry.rules import may_administer_user

KEPT_BY_ADMINISTRATORS = ("email", "name", "language", "time_zone", "is_active")


class PasswordTooWeak(RuleBroken):
    """The password is short, common or close to what is known of the user."""

    code = "password-too-weak"


class CannotBarOneself(RuleBroken):
    """Nobody locks themselves out; another administrator has to."""

    code = "cannot-bar-oneself"
    status = 409


@transaction.atomic
def add_user(
    *,
    user: User,
    password: str | None,
    organisation: Organisation,
    role: Role,
    actor: User | None,
    at: datetime,
    site: Site | None = None,
) -> User:
    """Add a person with their first password in their first role.

    Args:
        user: e-mail address, name, language and time zone, not yet saved.
        password: None for somebody who cannot sign in before an administrator gives them one.
        site: where the role holds; None for every site in the organisation's charge.
    Raises:
        NotFitForRegister: the e-mail address is malformed or already taken, or the name is missing.
        PasswordTooWeak: naming what is wrong with the password.
        NotAllowed: the actor does not administer the organisation.
        SiteOfAnother: the organisation has nothing to do with the site.
    """
    user.email = User.objects.normalize_email(user.email).lower()
    if password is None:
        user.set_unusable_password()
    else:
        _set_password(user, password)
    enter_in_register(row=user, actor=actor, at=at)
    grant_first_membership(user=user, organisation=organisation, role=role, site=site, actor=actor, at=at)
    return user


@transaction.atomic
def change_user(*, user: User, actor: User, at: datetime, reason: str = "", seen_history_id: int | None = None) -> User:
    """Correct a person's name or address, or say whether they may sign in; tokens of whom is barred are revoked.

    Args:
        user: with the new figures, not yet saved.
    Raises:
        NotAllowed: the user is a superuser or holds roles outside the actor's charge.
        CannotBarOneself: the actor would no longer be able to sign in.
    """
    if not may_administer_user(actor, user):
        raise NotAllowed(_("%(user)s holds roles that you do not administer.") % {"user": user})
    if user.pk == actor.pk and not user.is_active:
        raise CannotBarOneself(_("You cannot bar yourself. Ask another administrator to do it."))
    present = _locked(user)
    user.email = User.objects.normalize_email(user.email).lower()
    for name in KEPT_BY_ADMINISTRATORS:
        setattr(present, name, getattr(user, name))
    enter_in_register(row=present, actor=actor, at=at, reason=reason, seen_history_id=seen_history_id)
    if not present.is_active:
        revoke_all_tokens(user=present, actor=actor, at=at, reason=_("The user was barred."))
    return present


@transaction.atomic
def reset_password(*, user: User, password: str, actor: User, at: datetime) -> User:
    """Give a person a new password; the history says that it was changed, not to what. Their tokens are revoked.

    Raises:
        NotAllowed: the user is a superuser or holds roles outside the actor's charge.
        PasswordTooWeak: naming what is wrong with the password.
    """
    if not may_administer_user(actor, user):
        raise NotAllowed(_("%(user)s holds roles that you do not administer.") % {"user": user})
    return _give_password(user, password, actor=actor, at=at)


class WrongPassword(RuleBroken):
    """Whoever sits at an open session must still know the password to change it."""

    code = "wrong-password"


@transaction.atomic
def change_own_password(*, user: User, present_password: str, password: str, at: datetime) -> User:
    """Let people change their password. Their tokens are revoked: one of them may be why.

    Raises:
        WrongPassword: the present password is another.
        PasswordTooWeak: naming what is wrong with the new one.
    """
    if not user.check_password(present_password):
        message = _("This is not your present password.")
        raise WrongPassword(message, errors=[FieldError(message, field="present_password")])
    return _give_password(user, password, actor=user, at=at)


@transaction.atomic
def change_own_settings(
    *,
    user: User,
    name: str,
    language: str,
    time_zone: str,
    at: datetime,
    gets_decisions_by_mail: bool | None = None,
) -> User:
    """Let people choose how they are called, their language (empty: the browser's) and their time zone.

    Args:
        gets_decisions_by_mail: whether they get by e-mail what was decided on what they submitted; None leaves it.
    """
    present = _locked(user)
    present.name, present.language, present.time_zone = name, language, time_zone
    if gets_decisions_by_mail is not None:
        present.gets_decisions_by_mail = gets_decisions_by_mail
    return enter_in_register(row=present, actor=user, at=at)


def _locked(user: User) -> User:
    """The person as they stand now, held: who was loaded before may have a new password or been barred since."""
    rows: Any = User.objects.select_for_update(no_key=True)
    present: User = rows.get(pk=user.pk)
    return present


def _give_password(user: User, password: str, *, actor: User, at: datetime) -> User:
    present = _locked(user)
    _set_password(present, password)
    reason = _("A new password was set.")
    save_as(present, actor=actor, at=at, reason=reason)
    revoke_all_tokens(user=present, actor=actor, at=at, reason=reason)
    return present


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as weak:
        errors = [FieldError(message, field="password") for message in weak.messages]
        raise PasswordTooWeak(errors[0].message, errors=errors) from weak
    user.set_password(password)
