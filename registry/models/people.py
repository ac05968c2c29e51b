"""Zones, organisations, users and what each user may do where."""

from typing import Any

from django.contrib.auth.models import AbstractUser, AnonymousUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from registry.countries import check_country
from registry.history import append_only
from registry.shared import shared
from registry.wording import name_text


class SharedQuerySet(models.QuerySet[Any]):
    """Rows that the whole zone shares: whoever holds a role may read them."""

    def visible_to(self, user: "User | AnonymousUser") -> "SharedQuerySet":
        return self.filter(models.Exists(user.memberships.all())) if user.is_authenticated else self.none()


@shared
class Zone(models.Model):
    """A free trade zone: the unit that keeps one ledger."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=120)
    time_zone = models.CharField(_("customs time zone"), max_length=40, default="Asia/Shanghai")
    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        db_table_comment = "A free trade zone: the unit that keeps one ledger."
        verbose_name = _("zone")
        verbose_name_plural = _("zones")

    def __str__(self) -> str:
        return self.name


class OrganisationKind(models.TextChoices):
    ZONE_OPERATOR = "zone_operator", _("Zone operator")
    WAREHOUSE_KEEPER = "warehouse_keeper", _("Warehouse keeper")
    GOODS_OWNER = "goods_owner", _("Goods owner")
    CARRIER = "carrier", _("Carrier")
    AIRLINE = "airline", _("Airline")
    FUEL_SUPPLIER = "fuel_supplier", _("Fuel supplier")
    MAINTENANCE = "maintenance", _("Maintenance organisation")
    CUSTOMS_OFFICE = "customs_office", _("Customs office")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: "User | AnonymousUser") -> "OrganisationQuerySet":
        """Staff of the zone see every organisation, an airline's people only their own."""
        if not user.is_authenticated:
            return self.none()
        held = user.memberships.all()
        of_the_zone = held.exclude(organisation__kind=OrganisationKind.AIRLINE)
        return self.filter(models.Exists(of_the_zone) | Q(pk__in=held.values("organisation")))


@shared
class Organisation(models.Model):
    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=160)
    name_zh = models.CharField(_("name in Chinese"), max_length=160, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    country = models.CharField(_("country (ISO 3166)"), max_length=2, default="CN", validators=[check_country])
    objects = OrganisationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("code",)
        db_table_comment = "Whoever keeps, owns, carries or supervises goods."
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return name_text(self)

    def get_absolute_url(self) -> str:
        return reverse("registry:organisation_detail", args=[self.pk])

    def clean(self) -> None:
        """Refuse a kind whose people may not hold the roles that the organisation's people hold."""
        if not self.pk:
            return
        held = set(self.memberships.order_by().values_list("role", flat=True).distinct())
        unfit = held - ROLES_OF_KIND.get(self.kind, frozenset())
        if unfit:
            words = {"roles": ", ".join(str(Role(role).label) for role in sorted(unfit))}
            message = gettext("People of this organisation hold roles that this kind does not have: %(roles)s.") % words
            raise ValidationError({"kind": message})
        if self.kind != OrganisationKind.CUSTOMS_OFFICE and self.supervised_sites.exists():
            raise ValidationError({"kind": _("The organisation supervises sites; it stays a customs office.")})


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User | AnonymousUser") -> "UserQuerySet":
        """Who keeps or reviews the whole zone sees everybody; others themselves and their organisations' people."""
        if not user.is_authenticated:
            return self.none()
        held = user.memberships.all()
        zone_wide = held.filter(
            site=None,
            organisation__kind=OrganisationKind.ZONE_OPERATOR,
            role__in=[Role.ADMINISTRATOR, Role.AUDITOR, Role.CUSTOMS_OFFICER],
        )
        colleagues = Membership.objects.filter(organisation__in=held.values("organisation"))
        return self.filter(models.Exists(held)).filter(
            models.Exists(zone_wide) | Q(pk__in=colleagues.values("user")) | Q(pk=user.pk)
        )


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        found: User = self.get(email=(username or "").lower())
        return found


class User(AbstractUser):
    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=8, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai")
    gets_decisions_by_mail = models.BooleanField(_("decisions by e-mail"), default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()  # type: ignore[misc]
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    class Meta:
        ordering = ("email",)
        db_table_comment = "A person or program that signs in. Never deleted, only made inactive."
        verbose_name = _("user")
        verbose_name_plural = _("users")

    _is_of_one_request = False
    _held: "list[Membership] | None" = None

    def __str__(self) -> str:
        return self.name or self.email

    def begin_request(self) -> None:
        """From here on what pages and lists ask of the memberships is read once."""
        self._is_of_one_request, self._held = True, None

    def held(self) -> "list[Membership]":
        """The memberships with organisation and site: as they stand now, or as one request has read them.

        What an operation requires is asked as it stands; see registry.rules.roles_at.
        """
        if not self._is_of_one_request:
            return self._read_memberships()
        if self._held is None:
            self._held = self._read_memberships()
        return self._held

    def _read_memberships(self) -> "list[Membership]":
        return list(self.memberships.select_related("organisation", "site"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Signing in is no change of the person, and would fill the history with entries that say nothing.
        if set(kwargs.get("update_fields") or ["all"]) <= {"last_login", "password"}:
            self.skip_history_when_saving = True
            try:
                super().save(*args, **kwargs)
            finally:
                del self.skip_history_when_saving
        else:
            super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("registry:user_detail", args=[self.pk])

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Role(models.TextChoices):
    OPERATOR = "operator", _("Operator")
    SUPERVISOR = "supervisor", _("Supervisor")
    AIRLINE = "airline", _("Airline")
    AUDITOR = "auditor", _("Auditor")
    CUSTOMS_OFFICER = "customs_officer", _("Customs officer")
    ADMINISTRATOR = "administrator", _("Administrator")


_EVERY_KIND = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
_KEEPERS = _EVERY_KIND | {Role.OPERATOR, Role.SUPERVISOR}
ROLES_OF_KIND: dict[str, frozenset[Role]] = {
    OrganisationKind.ZONE_OPERATOR: _KEEPERS,
    OrganisationKind.WAREHOUSE_KEEPER: _KEEPERS,
    OrganisationKind.FUEL_SUPPLIER: _KEEPERS,
    OrganisationKind.MAINTENANCE: _KEEPERS,
    OrganisationKind.GOODS_OWNER: _EVERY_KIND | {Role.OPERATOR},
    OrganisationKind.CARRIER: _EVERY_KIND | {Role.OPERATOR},
    OrganisationKind.AIRLINE: _EVERY_KIND | {Role.AIRLINE},
    OrganisationKind.CUSTOMS_OFFICE: _EVERY_KIND | {Role.CUSTOMS_OFFICER},
}
"""Which roles the people of an organisation may hold, by its kind; a trigger of the database holds to it too."""


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: User) -> "MembershipQuerySet":
        return self.filter(user__in=User.objects.visible_to(user))


class Membership(models.Model):
    """A user's role in an organisation; without a site it covers every site in the organisation's charge."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("user"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    site = models.ForeignKey(
        "registry.Site", models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name=_("site")
    )
    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("user", "organisation", "role", "pk")
        db_table_comment = "The role of a user in an organisation, at one site or at all in its charge."
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=("user", "organisation", "role", "site"),
                nulls_distinct=False,
                name="membership_once",
                violation_error_message=_("The user already holds this role there."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.site or self.organisation}"

    def clean(self) -> None:
        """Refuse a role that the people of such an organisation do not hold."""
        if self.organisation_id is None or self.role in ROLES_OF_KIND.get(self.organisation.kind, frozenset()):
            return
        words = {"role": self.get_role_display(), "kind": self.organisation.get_kind_display()}
        message = gettext("The people of an organisation of the kind “%(kind)s” cannot be: %(role)s.") % words
        raise ValidationError({"role": message})


for tracked in (Organisation, User, Membership):
    append_only(tracked.history.model)
