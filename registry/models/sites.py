"""Sites under customs supervision and the places inside and around them."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from registry.history import append_only
from registry.key_fields import SameCode
from registry.models.people import Organisation, OrganisationKind, Role, User, Zone
from registry.shared import shared
from registry.wording import name_text


class RegimeCode(models.TextChoices):
    """Names of the regimes; what each of them demands is policy of the customs app."""

    COMPREHENSIVE_BONDED_ZONE = "comprehensive_bonded_zone", _("Comprehensive bonded zone")
    BONDED_WAREHOUSE = "bonded_warehouse", _("Bonded warehouse")
    BONDED_LOGISTICS_CENTRE = "bonded_logistics_centre", _("Bonded logistics centre")
    BONDED_FUEL = "bonded_fuel", _("Bonded fuel")
    BONDED_MAINTENANCE = "bonded_maintenance", _("Bonded maintenance")


class SiteKind(models.TextChoices):
    WAREHOUSE = "warehouse", _("Warehouse")
    TANK_FARM = "tank_farm", _("Tank farm")
    HANGAR = "hangar", _("Hangar")
    GATE = "gate", _("Gate")


class SiteQuerySet(models.QuerySet["Site"]):
    def in_scope_of(self, user: User | AnonymousUser, *roles: Role) -> "SiteQuerySet":
        """Sites where the user holds one of the roles (any role when none is named).

        A role without a site reaches every site that the organisation keeps or, as customs office, supervises;
        in the zone's operator it reaches every site.
        """
        if not user.is_authenticated:
            return self.none()
        at_sites, organisations = set(), set()
        # Every list asks for rows at these sites: to name the few is read and planned in a fraction of the time.
        for one in user.held():
            if roles and one.role not in roles:
                continue
            if one.site_id is not None:
                at_sites.add(one.site_id)
            elif one.organisation.kind == OrganisationKind.ZONE_OPERATOR:
                return self.all()
            else:
                organisations.add(one.organisation_id)
        return self.filter(Q(pk__in=at_sites) | Q(organisation__in=organisations) | Q(customs_office__in=organisations))

    def visible_to(self, user: User | AnonymousUser) -> "SiteQuerySet":
        return self.in_scope_of(user)


@shared
class Site(models.Model):
    """A warehouse, tank farm, hangar or gate that customs supervises as one."""

    zone = models.ForeignKey(Zone, models.PROTECT, related_name="sites", verbose_name=_("zone"))
    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("name in Chinese"), max_length=120, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="sites", verbose_name=_("keeper"))
    customs_office = models.ForeignKey(
        Organisation, models.PROTECT, related_name="supervised_sites", verbose_name=_("customs office")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=SiteKind.choices)
    regime = models.CharField(_("regime"), max_length=30, choices=RegimeCode.choices)
    un_locode = models.CharField(
        _("UN/LOCODE"),
        max_length=5,
        validators=[RegexValidator(r"^[A-Z]{2}[A-Z2-9]{3}$", _("Write five letters such as CNHRS."))],
    )
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai")
    takes_older_exchange_rates = models.BooleanField(
        _("takes an exchange rate of an earlier month"),
        default=False,
        db_default=False,
        help_text=_(
            "Where a month has no rate yet. What is calculated so is marked, and listed when the period is closed."
        ),
    )
    objects = SiteQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("code",)
        db_table_comment = "What customs supervises as one: warehouse, tank farm, hangar or gate."
        verbose_name = _("site")
        verbose_name_plural = _("sites")

    def __str__(self) -> str:
        return f"{self.code} {name_text(self)}"

    def get_absolute_url(self) -> str:
        return reverse("registry:site_detail", args=[self.pk])

    def clean(self) -> None:
        """Refuse a customs office that is none: its people would decide for customs."""
        if self.customs_office_id is None or self.customs_office.kind == OrganisationKind.CUSTOMS_OFFICE:
            return
        message = gettext("%(organisation)s is no customs office.") % {"organisation": self.customs_office}
        raise ValidationError({"customs_office": message})


class PlaceKind(models.TextChoices):
    BIN = "bin", _("Bin")
    TANK = "tank", _("Tank")
    STORE = "store", _("Store")
    AIRCRAFT = "aircraft", _("Aircraft")
    WORK_IN_PROGRESS = "work_in_progress", _("Work in progress")
    IN_TRANSIT = "in_transit", _("In transit")
    OFF_SITE = "off_site", _("Off site")
    SUSPENSE = "suspense", _("Suspense: found over the declaration")
    SHORTAGE = "shortage", _("Suspense: short of the declaration")
    BOOK = "book", _("Customs account book")
    ABROAD = "abroad", _("Abroad")
    DOMESTIC = "domestic", _("Domestic market")
    OTHER_SITE = "other_site", _("Another site")
    DESTROYED = "destroyed", _("Destroyed")
    LOST = "lost", _("Lost")
    FOUND = "found", _("Found")
    CONSUMED = "consumed", _("Consumed")
    PRODUCED = "produced", _("Produced")
    SAMPLED = "sampled", _("Taken as a sample")
    ALLOWED_LOSS = "allowed_loss", _("Allowed loss")
    ROUNDING = "rounding", _("Rounding of unit conversions")


BOUNDARY_KINDS = frozenset(
    {
        PlaceKind.ABROAD,
        PlaceKind.DOMESTIC,
        PlaceKind.OTHER_SITE,
        PlaceKind.DESTROYED,
        PlaceKind.LOST,
        PlaceKind.FOUND,
        PlaceKind.CONSUMED,
        PlaceKind.PRODUCED,
        PlaceKind.SAMPLED,
        PlaceKind.ALLOWED_LOSS,
        PlaceKind.ROUNDING,
    }
)
BIN_KINDS = frozenset({PlaceKind.BIN, PlaceKind.STORE})
PHYSICAL_KINDS = BIN_KINDS | {PlaceKind.TANK}
# Goods at places of these kinds stand on the floor, whoever counts them. What is short of its declaration does not.
FLOOR_KINDS = PHYSICAL_KINDS | {PlaceKind.WORK_IN_PROGRESS, PlaceKind.AIRCRAFT, PlaceKind.SUSPENSE}
SINGLE_KINDS = frozenset(PlaceKind) - {PlaceKind.AIRCRAFT, PlaceKind.BOOK} - PHYSICAL_KINDS


class PlaceQuerySet(models.QuerySet["Place"]):
    def physical(self) -> "PlaceQuerySet":
        """Bins, tanks and stores: where goods can be put and counted."""
        return self.filter(kind__in=PHYSICAL_KINDS)

    def bins(self) -> "PlaceQuerySet":
        """Bins and stores: where goods lie that are no fuel."""
        return self.filter(kind__in=BIN_KINDS)

    def visible_to(self, user: User | AnonymousUser) -> "PlaceQuerySet":
        return self.filter(site__in=Site.objects.visible_to(user))


class Place(models.Model):
    """Where the ledger can put goods: inside a site, or one of the boundaries through which they come and go."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="places", verbose_name=_("site"))
    code = models.CharField(_("code"), max_length=30)
    name = models.CharField(_("name"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=PlaceKind.choices)
    is_internal = models.BooleanField(_("inside the zone"), editable=False)
    barcode = models.CharField(_("barcode"), max_length=60, unique=True)
    capacity_kg = models.DecimalField(_("capacity (kg)"), max_digits=18, decimal_places=5, null=True, blank=True)
    is_open = models.BooleanField(_("in use"), default=True)
    objects = PlaceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("site", "code")
        db_table_comment = "Where the ledger can put goods, in a site or at one of its boundaries."
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.UniqueConstraint(
                fields=("site", "code"),
                name="place_code_once_per_site",
                violation_error_message=_("The site already has a place with this code."),
            ),
            models.UniqueConstraint(
                "site",
                SameCode("code"),
                name="place_code_once_in_any_case",
                violation_error_message=_("The site already has a place with this code."),
            ),
            models.UniqueConstraint(
                SameCode("barcode"),
                name="place_barcode_once_in_any_case",
                violation_error_message=_("This barcode is on another place already."),
            ),
            models.UniqueConstraint(
                fields=("site", "kind"),
                condition=Q(kind__in=sorted(SINGLE_KINDS)),
                name="place_kind_once_per_site",
            ),
            models.CheckConstraint(
                condition=Q(is_internal=True) & ~Q(kind__in=sorted(BOUNDARY_KINDS))
                | Q(is_internal=False, kind__in=sorted(BOUNDARY_KINDS)),
                name="place_internal_by_kind",
            ),
            models.CheckConstraint(
                condition=Q(capacity_kg__isnull=True) | Q(capacity_kg__gt=0),
                name="place_capacity_positive",
                violation_error_message=_("The capacity must be above zero; leave it empty where there is no limit."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("registry:place_detail", args=[self.pk])


for tracked in (Site, Place):
    append_only(tracked.history.model)
