"""The register for superusers, who repair what no page offers; every change is in the history here too."""

from typing import Any, cast

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from registry.errors import RuleBroken
from registry.models import (
    CountryGroup,
    CountryGroupMember,
    ExchangeRate,
    HsCode,
    Item,
    Membership,
    Organisation,
    Place,
    Site,
    TariffRate,
    Unit,
    User,
    Zone,
)
from registry.operations.memberships import grant_membership, revoke_membership
from registry.operations.register import enter_in_register
from registry.operations.tokens import revoke_all_tokens


def _actor(request: HttpRequest) -> User:
    """Whoever asks: nobody comes here without signing in."""
    return cast("User", request.user)


class SuperusersOnly(admin.ModelAdmin):
    """Staff permissions would be a second set of roles beside the memberships; there is only one."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)


class TrackedAdmin(SuperusersOnly, SimpleHistoryAdmin):
    """Saved by the operations that pages and API call, so that their rules hold here too."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        enter_in_register(row=obj, actor=_actor(request), at=timezone.now())

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except RuleBroken as broken:
            self.message_user(request, str(broken), messages.ERROR)
            return redirect(request.get_full_path())


@admin.register(Zone)
class ZoneAdmin(SuperusersOnly):
    list_display = ("code", "name", "time_zone")


@admin.register(Unit)
class UnitAdmin(SuperusersOnly):
    list_display = ("code", "name", "symbol", "decimals")
    search_fields = ("code", "name")


@admin.register(HsCode)
class HsCodeAdmin(SuperusersOnly):
    list_display = ("code", "description", "section")
    search_fields = ("code", "description")


@admin.register(Organisation)
class OrganisationAdmin(TrackedAdmin):
    list_display = ("code", "name", "kind", "country")
    list_filter = ("kind",)
    search_fields = ("code", "name")


class MembershipInline(admin.TabularInline):
    """To be seen; roles are granted and revoked one by one, with the rules that they have."""

    model = Membership
    extra = 0
    can_delete = False
    readonly_fields = ("organisation", "role", "site")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User)
class UserAdmin(TrackedAdmin):
    list_display = ("email", "name", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser", "memberships__role")
    search_fields = ("email", "name")
    # Passwords are set through the pages and `manage.py changepassword`, which hash them.
    exclude = ("password", "groups", "user_permissions")
    inlines = (MembershipInline,)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # History names people for good; who leaves is made inactive.
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            reason = _("The user was barred.")
            revoke_all_tokens(user=obj, actor=_actor(request), at=timezone.now(), reason=reason)


@admin.register(Membership)
class MembershipAdmin(TrackedAdmin):
    list_display = ("user", "role", "organisation", "site")
    list_filter = ("role",)
    list_select_related = ("user", "organisation", "site")
    autocomplete_fields = ("user", "organisation", "site")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # A role is granted and revoked, never turned into another.
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        granted = grant_membership(
            user=obj.user,
            organisation=obj.organisation,
            role=obj.role,
            site=obj.site,
            actor=_actor(request),
            at=timezone.now(),
        )
        obj.pk = granted.pk

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        revoke_membership(membership=obj, actor=_actor(request), at=timezone.now())

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for membership in queryset:
            self.delete_model(request, membership)


@admin.register(Site)
class SiteAdmin(TrackedAdmin):
    list_display = ("code", "name", "kind", "regime", "un_locode")
    list_filter = ("kind", "regime")
    search_fields = ("code", "name")

    def has_add_permission(self, request: HttpRequest) -> bool:
        # A site without its boundary places could post nothing; the page opens it with them.
        return False


@admin.register(Place)
class PlaceAdmin(TrackedAdmin):
    list_display = ("site", "code", "kind", "barcode", "is_open")
    list_filter = ("kind", "site")
    list_select_related = ("site",)
    search_fields = ("code", "barcode")
    readonly_fields = ("site", "kind", "is_internal")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Item)
class ItemAdmin(TrackedAdmin):
    list_display = ("code", "name", "hs_code_id", "unit")
    list_select_related = ("unit",)
    search_fields = ("code", "name", "name_zh")
    autocomplete_fields = ("hs_code", "unit", "statutory_unit_1", "statutory_unit_2")


@admin.register(ExchangeRate)
class ExchangeRateAdmin(TrackedAdmin):
    list_display = ("currency", "valid_from_date", "cny_per_unit", "source")
    list_filter = ("currency",)


class CountryGroupMemberInline(admin.TabularInline):
    model = CountryGroupMember
    extra = 0


@admin.register(CountryGroup)
class CountryGroupAdmin(TrackedAdmin):
    list_display = ("code", "name")
    inlines = (CountryGroupMemberInline,)


@admin.register(TariffRate)
class TariffRateAdmin(TrackedAdmin):
    list_display = ("hs_prefix", "origin_group", "valid_from_date", "duty_rate", "vat_rate", "source")
    list_filter = ("origin_group",)
    list_select_related = ("origin_group",)
    search_fields = ("hs_prefix",)
