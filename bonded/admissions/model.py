"""Admission 入区: goods that enter a bonded warehouse."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from customs.models import ASSESSED, AccountBook, Assessed
from documents.models import Document
from registry.countries import check_country
from registry.currencies import check_currency
from registry.frozen import frozen, frozen_lines
from registry.history import append_only
from registry.models import Item, Organisation, Place, User
from registry.states import States, Tone


class AdmissionSource(models.TextChoices):
    """Where the goods come from; each has its boundary in the ledger."""

    ABROAD = "abroad", _("From abroad")
    DOMESTIC = "domestic", _("From the domestic market, export tax refunded")
    OTHER_SITE = "other_site", _("From another site")


class AdmissionState(States):
    DRAFT = "draft", Tone.QUIET, _("Draft")
    SUBMITTED = "submitted", Tone.WAITING, _("Submitted")
    RETURNED = "returned", Tone.WARNING, _("Returned for correction")
    ACCEPTED = "accepted", Tone.MOVING, _("Accepted")
    ARRIVED = "arrived", Tone.MOVING, _("Arrived")
    COUNTED = "counted", Tone.WAITING, _("Counted")
    CLOSED = "closed", Tone.GOOD, _("Closed")
    REVERSED = "reversed", Tone.GONE, _("Reversed")
    VOID = "void", Tone.GONE, _("Void")


class DeliveryTerms(models.TextChoices):
    """Whether freight and insurance are in the invoiced price (Incoterms 2020)."""

    FOB = "FOB", _("FOB: freight and insurance are added")
    CIF = "CIF", _("CIF: freight and insurance are in the price")


class Admission(Document):
    """Goods of one owner, declared to one account book, accepted by a second person, counted on arrival."""

    kind = "admission"
    letters = "ADM"

    state = models.CharField(
        _("state"), max_length=50, choices=AdmissionState.choices, default=AdmissionState.DRAFT, editable=False
    )
    source = models.CharField(
        _("source"), max_length=20, choices=AdmissionSource.choices, default=AdmissionSource.ABROAD
    )
    book = models.ForeignKey(AccountBook, models.PROTECT, related_name="admissions", verbose_name=_("account book"))
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="admissions", verbose_name=_("goods owner"))
    declaration_number = models.CharField(_("customs declaration number"), max_length=40, blank=True)
    vehicle = models.CharField(_("vehicle or container"), max_length=60, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)
    accepted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("accepted by")
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)
    arrived_at = models.DateTimeField(_("arrived"), null=True, editable=False)
    counted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("counted by")
    )
    counted_at = models.DateTimeField(_("counted"), null=True, editable=False)
    history = HistoricalRecords()

    class Meta(Document.Meta):
        db_table_comment = "Goods that enter a bonded warehouse, declared to one account book."
        verbose_name = _("admission")
        verbose_name_plural = _("admissions")
        constraints = [
            *Document.Meta.constraints,
            # A customs officer or supervisor accepts; who prepared it cannot.
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=F("prepared_by")),
                name="admission_accepted_by_another",
            ),
        ]

    @property
    def is_open_for_change(self) -> bool:
        return self.state in {AdmissionState.DRAFT, AdmissionState.RETURNED}


class AdmissionLine(Assessed):
    """One article of an admission as declared; becomes one lot. Amounts in `currency`, assessed figures in CNY."""

    admission = models.ForeignKey(Admission, models.CASCADE, related_name="lines", verbose_name=_("admission"))
    row = models.PositiveSmallIntegerField(_("line"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=_("item"))
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=5)
    packages = models.PositiveIntegerField(_("packages"), default=1)
    gross_mass_kg = models.DecimalField(_("gross mass (kg)"), max_digits=18, decimal_places=5)
    net_mass_kg = models.DecimalField(_("net mass (kg)"), max_digits=18, decimal_places=5)
    invoice_value = models.DecimalField(_("invoice value"), max_digits=18, decimal_places=2)
    currency = models.CharField(_("currency (ISO 4217)"), max_length=3, validators=[check_currency])
    terms = models.CharField(_("terms"), max_length=3, choices=DeliveryTerms.choices, default=DeliveryTerms.CIF)
    freight = models.DecimalField(_("freight"), max_digits=18, decimal_places=2, default=0)
    insurance_rate = models.DecimalField(_("insurance rate"), max_digits=7, decimal_places=6, default=0)
    origin = models.CharField(_("origin (ISO 3166)"), max_length=2, validators=[check_country])
    expiry_date = models.DateField(_("expires"), null=True, blank=True)
    exchange_rate_cny_per_unit = models.DecimalField(
        _("exchange rate (CNY)"), max_digits=14, decimal_places=6, null=True, editable=False
    )
    exchange_rate_date = models.DateField(_("exchange rate date"), null=True, editable=False)
    lot = models.ForeignKey(
        "ledger.Lot",
        models.DO_NOTHING,
        null=True,
        related_name="+",
        editable=False,
        db_constraint=False,
        verbose_name=_("lot"),
    )
    over_lot = models.ForeignKey(
        "ledger.Lot",
        models.DO_NOTHING,
        null=True,
        related_name="+",
        editable=False,
        db_constraint=False,
        verbose_name=_("lot found over the declaration"),
    )

    class Meta:
        ordering = ("admission", "row")
        db_table_comment = "One article of an admission as declared; becomes one lot."
        verbose_name = _("admission line")
        verbose_name_plural = _("admission lines")
        constraints = [
            models.UniqueConstraint(fields=("admission", "row"), name="admission_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="admission_line_quantity_positive"),
            models.CheckConstraint(
                condition=Q(net_mass_kg__gt=0, gross_mass_kg__gte=F("net_mass_kg")),
                name="admission_line_net_within_gross",
                violation_error_message=_("The net mass is above zero and not above the gross mass."),
            ),
            models.CheckConstraint(
                condition=Q(invoice_value__gte=0, freight__gte=0, insurance_rate__gte=0, insurance_rate__lt=1),
                name="admission_line_price_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.admission} / {self.row}"


class CountedGoods(models.Model):
    """What of a line was counted into one bin on arrival, in the item's unit."""

    line = models.ForeignKey(AdmissionLine, models.CASCADE, related_name="counted", verbose_name=_("line"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("bin"))
    quantity = models.DecimalField(_("counted quantity"), max_digits=18, decimal_places=5)

    class Meta:
        ordering = ("line", "pk")
        db_table_comment = "What of an admission line was counted into one bin on arrival."
        verbose_name = _("counted goods")
        verbose_name_plural = _("counted goods")
        constraints = [
            models.UniqueConstraint(fields=("line", "place"), name="counted_goods_once_per_bin"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="counted_goods_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.place}"


class UndeclaredGoods(models.Model):
    """Goods that came with an admission and stand on no line of it: found at the count, held in suspense."""

    admission = models.ForeignKey(Admission, models.CASCADE, related_name="undeclared", verbose_name=_("admission"))
    row = models.PositiveSmallIntegerField(_("line"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=_("item"))
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=5)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("bin"))
    description = models.CharField(_("description"), max_length=200, blank=True)
    lot = models.ForeignKey(
        "ledger.Lot",
        models.DO_NOTHING,
        related_name="+",
        editable=False,
        db_constraint=False,
        verbose_name=_("lot in suspense"),
    )

    class Meta:
        ordering = ("admission", "row")
        db_table_comment = "Goods that came with an admission and stand on no line of it; held in suspense."
        verbose_name = _("undeclared goods")
        verbose_name_plural = _("undeclared goods")
        constraints = [
            models.UniqueConstraint(fields=("admission", "row"), name="undeclared_goods_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="undeclared_goods_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.admission} / {self.item}"


append_only(Admission.history.model)

# Accepted, a declaration says for good what it said to customs; its number alone is put right, by another person.
DECIDED = (
    *(AdmissionState.ACCEPTED, AdmissionState.ARRIVED, AdmissionState.COUNTED, AdmissionState.CLOSED),
    AdmissionState.REVERSED,
)
frozen(Admission, name="declared", columns=("source", "book", "owner", "accepted_by", "accepted_at"), states=DECIDED)
frozen_lines(
    AdmissionLine,
    of="admission",
    name="declared",
    columns=(
        *("row", "item", "quantity", "packages", "gross_mass_kg", "net_mass_kg", "origin", "expiry_date", "lot"),
        *("invoice_value", "currency", "terms", "freight", "insurance_rate"),
        *("exchange_rate_cny_per_unit", "exchange_rate_date"),
        *ASSESSED,
    ),
    states=DECIDED,
)
