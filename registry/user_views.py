"""Pages about people: users and their roles for administrators, and everybody's own account."""

import copy
from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from knox.models import AuthToken

from registry import filters, forms, tables
from registry.models import Membership, Role, User
from registry.operations import memberships, tokens, users
from registry.pages import ActPage, Link, Page, Text
from registry.rules import (
    administered_organisations,
    administers_people,
    grantable_roles,
    grantable_sites,
    may_administer_organisation,
    may_administer_user,
    may_grant_to,
)
from registry.timeline import Entry, timeline_of, timeline_of_records
from registry.views import RegisterAct, RegisterChange, RegisterDetail, RegisterList


class UserList(RegisterList):
    model = User
    title = gettext_lazy("Users")
    add_label = gettext_lazy("New user")
    filterset_class = filters.UserFilter
    table_class = tables.UserTable

    def may_add(self) -> bool:
        return administers_people(self.user)

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().prefetch_related("memberships__organisation", "memberships__site")


class UserDetail(RegisterDetail):
    model = User
    list_label = gettext_lazy("Users")
    template_name = "registry/user_detail.html"
    fact_names = ("name", "email", "language", "time_zone", "is_active", "last_login", "date_joined")

    def may_change(self) -> bool:
        return may_administer_user(self.user, self.object)

    def links(self) -> list[Link]:
        if not self.may_change():
            return []
        pk = self.object.pk
        ways = [
            *super().links(),
            Link(_("Set a new password"), reverse("registry:user_reset_password", args=[pk]), icon="key"),
        ]
        if may_grant_to(self.user, self.object):
            ways.append(Link(_("Grant a role"), reverse("registry:membership_add", args=[pk]), "plus", "primary"))
        return ways

    def timeline(self) -> list[Entry]:
        roles = timeline_of_records(Membership.history.filter(user=self.object), named=_role_in_words)
        entries = [*timeline_of(self.object, ignore=["password", "last_login"]), *roles]
        return sorted(entries, key=lambda entry: entry.at, reverse=True)

    def context(self, **more: Any) -> dict[str, Any]:
        held = self.object.memberships.select_related("organisation", "site")
        may_change = self.may_change()
        own = tokens.tokens_of(self.object, at=timezone.now()) if may_change else None
        return super().context(memberships=held, may_change=may_change, tokens=own, **more)


def _role_in_words(record: Any) -> str:
    return str(Role(record.role).label)


class UserAdd(ActPage):
    model = User
    title = gettext_lazy("New user")
    button = gettext_lazy("Save")
    form_class = forms.UserAddForm

    def may_act(self) -> bool:
        return administers_people(self.user)

    def back(self) -> Link:
        return Link(_("Users"), reverse("registry:user_list"))

    def form_kwargs(self) -> dict[str, Any]:
        return _grantable(self.user)

    def act(self, form: Any, rows: list[dict[str, Any]]) -> User:
        given = form.cleaned_data
        user = User(email=given["email"], name=given["name"], language=given["language"], time_zone=given["time_zone"])
        return users.add_user(
            user=user,
            password=given["password"],
            organisation=given["organisation"],
            role=Role(given["role"]),
            site=given["site"],
            actor=self.user,
            at=self.now,
        )

    def success_message(self, outcome: User) -> str:
        return _("%(user)s can now sign in with %(email)s.") % {"user": outcome, "email": outcome.email}


class UserChange(RegisterChange):
    model = User
    form_class = forms.UserForm

    def may_act(self) -> bool:
        return may_administer_user(self.user, self.object)

    def act(self, form: Any, rows: list[dict[str, Any]]) -> User:
        return users.change_user(
            user=form.instance,
            actor=self.user,
            at=self.now,
            reason=form.cleaned_data["reason"],
            seen_history_id=form.cleaned_data["seen_history_id"],
        )


class UserResetPassword(RegisterAct):
    model = User
    form_class = forms.PasswordForm
    button = gettext_lazy("Set the new password")

    def may_act(self) -> bool:
        return may_administer_user(self.user, self.object)

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def get_title(self) -> Text:
        return _("New password for %(user)s") % {"user": self.object}

    def back(self) -> Link:
        return Link(str(self.object), self.object.get_absolute_url())

    def act(self, form: Any, rows: list[dict[str, Any]]) -> User:
        return users.reset_password(
            user=self.object, password=form.cleaned_data["password"], actor=self.user, at=self.now
        )

    def success_message(self, outcome: User) -> str:
        return _("The new password was set. Tell it to %(user)s in person.") % {"user": outcome}


class MembershipAdd(ActPage):
    """A role for the user in the address."""

    model = User
    form_class = forms.MembershipForm
    button = gettext_lazy("Grant the role")

    def may_act(self) -> bool:
        return may_grant_to(self.user, self.object)

    def get_title(self) -> Text:
        return _("Grant a role to %(user)s") % {"user": self.object}

    def back(self) -> Link:
        return Link(str(self.object), self.object.get_absolute_url())

    def form_kwargs(self) -> dict[str, Any]:
        return _grantable(self.user)

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Membership:
        given = form.cleaned_data
        return memberships.grant_membership(
            user=self.object,
            organisation=given["organisation"],
            role=Role(given["role"]),
            site=given["site"],
            actor=self.user,
            at=self.now,
        )

    def success_message(self, outcome: Membership) -> str:
        return _("%(user)s is now %(role)s.") % {"user": outcome.user, "role": outcome.get_role_display()}

    def success_url(self, outcome: Membership) -> str:
        return outcome.user.get_absolute_url()


class MembershipRevoke(ActPage):
    model = Membership
    title = gettext_lazy("Revoke this role?")
    form_class = forms.ReasonForm
    button = gettext_lazy("Revoke")
    tone = "danger"
    is_question = True

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("user", "organisation", "site")

    def may_act(self) -> bool:
        return may_administer_organisation(self.user, self.object.organisation)

    def get_subtitle(self) -> Text:
        return str(self.object)

    def back(self) -> Link:
        return Link(str(self.object.user), self.object.user.get_absolute_url())

    def act(self, form: Any, rows: list[dict[str, Any]]) -> User:
        memberships.revoke_membership(
            membership=self.object, actor=self.user, at=self.now, reason=form.cleaned_data["reason"]
        )
        found: User = self.object.user
        return found

    def success_message(self, outcome: User) -> str:
        return _("The role was revoked.")


def _grantable(administrator: User) -> dict[str, Any]:
    """The organisations, roles and sites that the administrator may grant."""
    return {
        "organisations": administered_organisations(administrator),
        "roles": grantable_roles(administrator),
        "sites": grantable_sites(administrator),
    }


class OwnSettings(ActPage):
    """Name, language and time zone, each person's own choice; also for people without any role yet."""

    readers: frozenset[Role] = frozenset()
    title = gettext_lazy("Your settings")
    form_class = forms.SettingsForm
    button = gettext_lazy("Save")

    def links(self) -> list[Link]:
        return [
            Link(_("Change your password"), reverse("registry:own_password"), icon="key"),
            Link(_("API tokens"), reverse("registry:token_list"), icon="api"),
        ]

    def initial(self) -> dict[str, Any]:
        names = ("name", "language", "time_zone", "gets_decisions_by_mail")
        return {name: getattr(self.user, name) for name in names}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> User:
        return users.change_own_settings(user=copy.copy(self.user), at=self.now, **form.cleaned_data)

    def success_message(self, outcome: User) -> str:
        return _("Your settings were saved.")

    def success_url(self, outcome: User) -> str:
        return reverse("registry:own_settings")


class OwnPassword(ActPage):
    readers: frozenset[Role] = frozenset()
    title = gettext_lazy("Change your password")
    form_class = forms.OwnPasswordForm
    button = gettext_lazy("Change the password")

    def back(self) -> Link:
        return Link(_("Your settings"), reverse("registry:own_settings"))

    def act(self, form: Any, rows: list[dict[str, Any]]) -> User:
        user = users.change_own_password(
            user=self.user,
            present_password=form.cleaned_data["present_password"],
            password=form.cleaned_data["password"],
            at=self.now,
        )
        # Every other session of theirs ends with the old password; this one goes on.
        update_session_auth_hash(self.request, user)
        return user

    def success_message(self, outcome: User) -> str:
        return _("Your password was changed.")

    def success_url(self, outcome: User) -> str:
        return reverse("registry:own_settings")


class TokenList(Page):
    """A user's own valid tokens; the secret of a new one is shown once."""

    readers: frozenset[Role] = frozenset()
    title = gettext_lazy("API tokens")
    subtitle = gettext_lazy("A program that holds one of your tokens acts in your name and with your roles.")
    template_name = "registry/token_list.html"

    def back(self) -> Link:
        return Link(_("Your settings"), reverse("registry:own_settings"))

    def links(self) -> list[Link]:
        return [Link(_("New token"), reverse("registry:token_add"), icon="plus", tone="primary")]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(self.context(tokens=tokens.tokens_of(self.user, at=timezone.now())))


class TokenAdd(ActPage):
    readers: frozenset[Role] = frozenset()
    title = gettext_lazy("New token")
    form_class = forms.TokenForm
    button = gettext_lazy("Create the token")

    def back(self) -> Link:
        return Link(_("API tokens"), reverse("registry:token_list"))

    def act(self, form: Any, rows: list[dict[str, Any]]) -> tokens.NewToken:
        return tokens.create_token(user=self.user, days=form.cleaned_data["days"], at=self.now)

    def answer(self, outcome: tokens.NewToken) -> HttpResponse:
        # Shown in the answer itself: a secret belongs neither into an address nor into the session.
        return render(self.request, "registry/token_created.html", self.context(token=outcome))


class TokenRevoke(ActPage):
    readers: frozenset[Role] = frozenset()
    title = gettext_lazy("Revoke this token?")
    button = gettext_lazy("Revoke")
    tone = "danger"
    is_question = True

    @cached_property
    def object(self) -> AuthToken:
        return get_object_or_404(tokens.tokens_of(self.user, at=self.now), token_key=self.kwargs["token_key"])

    def get_subtitle(self) -> Text:
        found: Text = self.object.token_key
        return found

    def back(self) -> Link:
        return Link(_("API tokens"), reverse("registry:token_list"))

    def act(self, form: Any, rows: list[dict[str, Any]]) -> None:
        tokens.revoke_token(token=self.object, actor=self.user, at=self.now)

    def success_message(self, outcome: None) -> str:
        return _("The token was revoked. Programs that use it can no longer sign in.")

    def success_url(self, outcome: None) -> str:
        return reverse("registry:token_list")


class UserTokenRevoke(ActPage):
    """Another's token, revoked by who administers them."""

    model = User
    title = gettext_lazy("Revoke this token?")
    button = gettext_lazy("Revoke")
    tone = "danger"
    is_question = True

    @cached_property
    def token(self) -> AuthToken:
        return get_object_or_404(tokens.tokens_of(self.object, at=self.now), token_key=self.kwargs["token_key"])

    def may_act(self) -> bool:
        return may_administer_user(self.user, self.object) and bool(self.token)

    def get_subtitle(self) -> Text:
        return f"{self.object} · {self.token.token_key}"

    def back(self) -> Link:
        return Link(str(self.object), self.object.get_absolute_url())

    def act(self, form: Any, rows: list[dict[str, Any]]) -> User:
        tokens.revoke_token(token=self.token, actor=self.user, at=self.now)
        found: User = self.object
        return found

    def success_message(self, outcome: User) -> str:
        return _("The token was revoked. Programs that use it can no longer sign in.")
