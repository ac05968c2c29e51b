"""The shape of the ledger. Only this app writes these rows, and only through PostgreSQL functions.

Ledger rows carry the ids of zone, place and lot without foreign key constraints: locking a shared place or
lot row for every posting would make the busiest place the bottleneck. The posting functions refuse unknown
ids, places and lots cannot be deleted, and ``verify_ledger`` looks for orphans.
"""

from typing import Any

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Greatest, Least
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from registry.history import append_only, never_removed
from registry.models import Item, Organisation, Site, Unit, User, Zone

MEASURES = (
    "quantity",
    "net_mass_kg",
    "customs_value_cny",
    "duty_cny",
    "consumption_tax_cny",
    "vat_cny",
)
RIDING = MEASURES[1:]


class Journal(models.IntegerChoices):
    STOCK = 1, _("Stock")
    CUSTOMS = 2, _("Customs")


class Hold(models.IntegerChoices):
    FREE = 1, _("Free")
    RESERVED = 2, _("Reserved")
    BLOCKED = 3, _("Blocked")


class MovementKind(models.TextChoices):
    """Why goods moved: the lines of the reconciliation statement, and moves within the zone."""

    ADMITTED = "admitted", _("Admitted")
    TRANSFERRED_IN = "transferred_in", _("Transferred in")
    PRODUCED = "produced", _("Produced")
    RETURNED = "returned", _("Returned")
    FOUND = "found", _("Found")
    CONSUMED = "consumed", _("Consumed")
    DOMESTIC_SALE = "domestic_sale", _("Domestic sale")
    RE_EXPORTED = "re_exported", _("Re-exported")
    TRANSFERRED_OUT = "transferred_out", _("Transferred out")
    DESTROYED = "destroyed", _("Destroyed")
    SAMPLED = "sampled", _("Taken as samples")
    ALLOWED_LOSS = "allowed_loss", _("Allowed loss")
    ADJUSTED = "adjusted", _("Approved adjustment")
    RELOCATED = "relocated", _("Relocated")
    RESERVED = "reserved", _("Reserved")
    UNRESERVED = "unreserved", _("Reservation lifted")
    BLOCKED = "blocked", _("Blocked")
    UNBLOCKED = "unblocked", _("Unblocked")


class CustomsStatus(models.TextChoices):
    BONDED = "bonded", _("Bonded")
    UNADMITTED = "unadmitted", _("Found, not yet admitted")
    EXPORT_REFUNDED = "export_refunded", _("Domestic, export tax refunded")
    DUTY_PAID = "duty_paid", _("Duty paid")


def quantity_field(label: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=18, decimal_places=5)


def money_field(label: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=18, decimal_places=2)


def by_time(*fields: str, kind: str, name: str) -> BrinIndex:
    """Index a table that grows in order of time at next to no cost for the writer."""
    opclasses = [f"{kind}_minmax_multi_ops"] * len(fields)
    return BrinIndex(fields=fields, name=name, opclasses=opclasses, pages_per_range=16, autosummarize=True)


class Measured(models.Model):
    """The six measures that ride together: quantity in the lot's unit, kilograms, and four amounts in CNY."""

    quantity = quantity_field(_("quantity"))
    net_mass_kg = quantity_field(_("net mass (kg)"))
    customs_value_cny = money_field(_("customs value (CNY)"))
    duty_cny = money_field(_("suspended duty (CNY)"))
    consumption_tax_cny = money_field(_("suspended consumption tax (CNY)"))
    vat_cny = money_field(_("suspended VAT (CNY)"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.quantity} ({self.net_mass_kg} kg)"


class LotQuerySet(models.QuerySet["Lot"]):
    def visible_to(self, user: User) -> "LotQuerySet":
        return self.filter(site__in=Site.objects.visible_to(user))


class Lot(Measured):
    """One admission line: its identity, and the value and rates booked when customs accepted it. Never changed."""

    zone = models.ForeignKey(Zone, models.PROTECT, related_name="+", verbose_name=_("zone"))
    site = models.ForeignKey(Site, models.PROTECT, related_name="lots", verbose_name=_("site of admission"))
    number = models.CharField(_("lot number"), max_length=60)
    item = models.ForeignKey(Item, models.PROTECT, related_name="lots", verbose_name=_("item"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="lots", verbose_name=_("goods owner"))
    customs_status = models.CharField(_("customs status"), max_length=20, choices=CustomsStatus.choices)
    origin = models.CharField(_("origin (ISO 3166)"), max_length=2)
    # As declared: the register's item may be corrected later, what was declared stays declared.
    hs_code = models.CharField(_("HS code as declared"), max_length=6, default="", db_default="")
    national_code = models.CharField(
        _("national tariff code as declared"), max_length=10, blank=True, default="", db_default=""
    )
    description = models.CharField(_("description as declared"), max_length=200, default="", db_default="")
    admitted_date = models.DateField(_("admitted"))
    expiry_date = models.DateField(_("expires"), null=True, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent lot")
    )
    document_kind = models.CharField(_("document kind"), max_length=30)
    document_id = models.BigIntegerField(_("document id"))
    document_number = models.CharField(_("document number"), max_length=40)
    duty_rate = models.DecimalField(_("duty rate as booked"), max_digits=7, decimal_places=6, default=0)
    vat_rate = models.DecimalField(_("VAT rate as booked"), max_digits=7, decimal_places=6, default=0)
    consumption_tax_rate = models.DecimalField(
        _("consumption tax rate as booked"), max_digits=7, decimal_places=6, default=0
    )
    consumption_tax_cny_per_unit = models.DecimalField(
        _("specific consumption tax as booked (CNY per unit)"), max_digits=12, decimal_places=5, default=0
    )
    created_at = models.DateTimeField(_("created"))
    objects = LotQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        constraints = [
            models.UniqueConstraint(fields=("zone", "number"), name="lot_number_once_per_zone"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, net_mass_kg__gte=0, customs_value_cny__gte=0, duty_cny__gte=0)
                & Q(consumption_tax_cny__gte=0, vat_cny__gte=0),
                name="lot_measures_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def tariff_code(self) -> str:
        """The finest code that was declared, by which the lot is taxed at any day's rates."""
        return self.national_code or self.hs_code


class Transaction(models.Model):
    """What a document did to the ledger, at once and for good."""

    zone = models.ForeignKey(Zone, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    site = models.ForeignKey(Site, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    idempotency_key = models.CharField(max_length=120)
    request_hash = models.BinaryField(max_length=32)
    kind = models.CharField(_("kind"), max_length=20, choices=MovementKind.choices)
    document_kind = models.CharField(_("document kind"), max_length=30)
    document_id = models.BigIntegerField(_("document id"))
    document_number = models.CharField(_("document number"), max_length=40)
    occurred_at = models.DateTimeField(_("occurred"))
    recorded_at = models.DateTimeField(_("recorded"))
    customs_date = models.DateField(_("customs date"))
    actor = models.ForeignKey(User, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False)
    reason = models.TextField(_("reason"), blank=True)
    reversal_of = models.BigIntegerField(_("reverses transaction"), null=True, blank=True)
    leaf_hash = models.BinaryField(max_length=32)
    database_transaction = models.BigIntegerField()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("ledger transaction")
        verbose_name_plural = _("ledger transactions")
        constraints = [
            models.UniqueConstraint(fields=("zone", "idempotency_key"), name="ledger_transaction_posts_once"),
            models.UniqueConstraint(
                fields=("reversal_of",), condition=Q(reversal_of__isnull=False), name="ledger_transaction_reversed_once"
            ),
        ]
        indexes = [
            models.Index(fields=("document_kind", "document_id"), name="ledger_transaction_document"),
            by_time("occurred_at", kind="timestamptz", name="ledger_transaction_times"),
        ]

    def __str__(self) -> str:
        return f"{self.document_number} {self.get_kind_display()}"


class OnAccount(Measured):
    """Measures on one account: a lot at a place, under a hold, in a journal."""

    zone = models.ForeignKey(Zone, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    lot = models.ForeignKey(Lot, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    place = models.ForeignKey(
        "registry.Place", models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    journal = models.SmallIntegerField(choices=Journal.choices)
    hold = models.SmallIntegerField(choices=Hold.choices)

    class Meta:
        abstract = True


class Entry(OnAccount):
    """One side of a movement, signed: minus where goods left, plus where they came to."""

    pk = models.CompositePrimaryKey("transaction_id", "line")
    transaction = models.ForeignKey(
        Transaction, models.DO_NOTHING, related_name="entries", db_constraint=False, db_index=False
    )
    line = models.IntegerField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("transaction_id", "line")
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        indexes = [
            # Lot leads: a lot's whole life and every account of it are one range of this index. It ends with the time
            # of recording, so what was learned late is found without reading the rest of the account.
            models.Index(
                fields=("lot", "place", "journal", "hold", "occurred_at", "recorded_at"), name="ledger_entry_account"
            ),
            # Posted about when it happened, so a period is a few stretches of the table. Keeping several spans per
            # stretch, a late entry does not widen it to all the time between.
            by_time("occurred_at", "recorded_at", kind="timestamptz", name="ledger_entry_times"),
        ]


class Balance(OnAccount):
    """What an internal account holds now. The row is also the lock that orders postings on the account."""

    pk = models.CompositePrimaryKey("lot_id", "place_id", "journal", "hold")
    lot = models.ForeignKey(Lot, models.DO_NOTHING, related_name="balances", db_constraint=False, db_index=False)
    place = models.ForeignKey("registry.Place", models.DO_NOTHING, related_name="balances", db_constraint=False)
    last_occurred_at = models.DateTimeField()

    class Meta:
        verbose_name = _("balance")
        verbose_name_plural = _("balances")
        constraints = [
            # Short expressions, because PostgreSQL reads them anew for every statement that posts.
            models.CheckConstraint(condition=GreaterThanOrEqual(Least(*MEASURES), 0), name="ledger_balance_floor"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0) | Q(LessThanOrEqual(Greatest(*RIDING), 0)),
                name="ledger_balance_nothing_left_behind",
            ),
        ]


class Movement(OnAccount):
    """The net movement of an internal account on one customs day, and the lowest it fell to within that day."""

    pk = models.CompositePrimaryKey("lot_id", "place_id", "journal", "hold", "customs_date")
    customs_date = models.DateField()
    lowest_quantity = quantity_field(_("lowest quantity within the day, against its opening"))
    # After an entry that came late it may be a bound below the lowest, until somebody needs to know.
    lowest_is_exact = models.BooleanField(_("lowest quantity is exact"), default=True)

    class Meta:
        verbose_name = _("daily movement")
        verbose_name_plural = _("daily movements")
        indexes = [by_time("customs_date", kind="date", name="ledger_movement_days")]


class Period(models.Model):
    """A closed period of a site: nothing is posted on or before its last day any more."""

    zone = models.ForeignKey(Zone, models.PROTECT, related_name="+", verbose_name=_("zone"))
    site = models.ForeignKey(Site, models.PROTECT, related_name="closed_periods", verbose_name=_("site"))
    closed_through_date = models.DateField(_("closed through"))
    closed_at = models.DateTimeField(_("closed at"))
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("closed by"))
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ("site", "-closed_through_date")
        verbose_name = _("closed period")
        verbose_name_plural = _("closed periods")
        constraints = [
            models.UniqueConstraint(fields=("site", "closed_through_date"), name="ledger_period_closed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.site} {self.closed_through_date}"


class Closing(OnAccount):
    """What an internal account held at the end of a closed period."""

    pk = models.CompositePrimaryKey("lot_id", "place_id", "journal", "hold", "closed_through_date")
    closed_through_date = models.DateField()

    class Meta:
        verbose_name = _("closing balance")
        verbose_name_plural = _("closing balances")
        indexes = [by_time("closed_through_date", kind="date", name="ledger_closing_days")]


for posted in (Lot, Transaction, Entry, Period, Closing):
    append_only(posted)
# What an account holds may change, but an account that once moved is never forgotten.
for kept in (Balance, Movement):
    never_removed(kept)
