"""Consolidated declaration 集中申报: what left bonded over a period, then off the account book."""

import calendar
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from customs.models.assessed import ASSESSED, Assessed
from customs.models.books import AccountBook
from documents.models.documents import Document
from registry.frozen import frozen, frozen_lines
from registry.history import append_only
from registry.models import Item, Organisation, User
from registry.states import States, Tone


class DeclarationState(States):
    DRAFT = "draft", Tone.QUIET, _("Draft")
    SUBMITTED = "submitted", Tone.WAITING, _("Submitted")
    RETURNED = "returned", Tone.WARNING, _("Returned for correction")
    ACCEPTED = "accepted", Tone.MOVING, _("Accepted")
    RELEASED = "released", Tone.GOOD, _("Released")
    CLOSED = "closed", Tone.GOOD, _("Closed")
    REVERSED = "reversed", Tone.GONE, _("Reversed")
    VOID = "void", Tone.GONE, _("Void")


class Deduction(States):
    """How far the account book has given up what is declared."""

    NONE = "none", Tone.QUIET, _("Not deducted")
    PRE_DEDUCTED = "pre_deducted", Tone.MOVING, _("Pre-deducted")
    DEDUCTED = "deducted", Tone.GOOD, _("Deducted")
    WRITTEN_OFF = "written_off", Tone.GOOD, _("Written off")


DEDUCTION_OF = {
    DeclarationState.ACCEPTED: Deduction.PRE_DEDUCTED,
    DeclarationState.RELEASED: Deduction.DEDUCTED,
    DeclarationState.CLOSED: Deduction.WRITTEN_OFF,
}


class Declaration(Document):
    """What one declarant took out of one account book in a period, declared together after the goods have passed.

    Accepted, the book pre-deducts them; released, it deducts them.
    """

    kind = "declaration"
    letters = "DEC"

    state = models.CharField(
        _("state"), max_length=50, choices=DeclarationState.choices, default=DeclarationState.DRAFT, editable=False
    )
    # The kind of document that it declares; the app that keeps those registers a source for it.
    declared_kind = models.CharField(_("declares"), max_length=30, editable=False)
    book = models.ForeignKey(AccountBook, models.PROTECT, related_name="declarations", verbose_name=_("account book"))
    declarant = models.ForeignKey(
        Organisation, models.PROTECT, related_name="declarations", verbose_name=_("declarant")
    )
    from_date = models.DateField(_("from"))
    through_date = models.DateField(_("through"))
    bonded_note_number = models.CharField(_("bonded note number"), max_length=40, blank=True)
    declaration_number = models.CharField(_("customs declaration number"), max_length=40, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)
    accepted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("accepted by")
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)
    released_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("released by")
    )
    released_at = models.DateTimeField(_("released by customs"), null=True, editable=False)
    is_entered_for_customs = models.BooleanField(
        _("entered for customs"), default=False, db_default=False, editable=False
    )
    undone_at = models.DateTimeField(_("made void or reversed"), null=True, editable=False)
    history = HistoricalRecords()

    class Meta(Document.Meta):
        db_table_comment = (
            "What one declarant took out of one account book in a period, in one consolidated declaration."
        )
        verbose_name = _("consolidated declaration")
        verbose_name_plural = _("consolidated declarations")
        constraints = [
            *Document.Meta.constraints,
            models.CheckConstraint(condition=Q(from_date__lte=F("through_date")), name="declaration_period_in_order"),
            models.CheckConstraint(
                condition=Q(from_date__year=F("through_date__year")), name="declaration_within_one_year"
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=F("prepared_by")),
                name="declaration_accepted_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["reversed", "void"], undone_at__isnull=False)
                | ~Q(state__in=["reversed", "void"]) & Q(undone_at__isnull=True),
                name="declaration_undone_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "released", "closed"])
                | Q(accepted_at__isnull=False) & ~Q(declaration_number=""),
                name="declaration_accepted_has_number",
            ),
            models.UniqueConstraint(
                fields=("declaration_number",),
                condition=~Q(declaration_number="") & ~Q(state__in=["reversed", "void"]),
                name="declaration_number_of_customs_once",
                violation_error_message=_("Another declaration has this customs declaration number."),
            ),
            # Two drafts of the same month would each leave out what stands on the other.
            models.UniqueConstraint(
                fields=("site", "book", "declared_kind", "declarant", "from_date"),
                condition=Q(state__in=["draft", "submitted", "returned"]),
                name="declaration_open_once_per_month",
            ),
        ]

    @property
    def deduction(self) -> Deduction:
        """All lines of it are deducted at once: their goods have passed before they are declared."""
        return DEDUCTION_OF.get(DeclarationState(self.state), Deduction.NONE)  # type: ignore[call-arg]

    @property
    def due_date(self) -> date:
        """The end of the next month, and never across the end of the year."""
        through: Any = self.through_date
        return last_day_to_declare(through)


def last_day_to_declare(through_date: date) -> date:
    """Until when what left on the day is declared: the end of the next month, in the same year."""
    if through_date.month == 12:
        return through_date.replace(day=31)
    month = through_date.month + 1
    return date(through_date.year, month, calendar.monthrange(through_date.year, month)[1])


def last_day_due(on_date: date) -> date:
    """What left up to this day ought to be declared by the day given: the end of the month before, in December all."""
    if (on_date.month, on_date.day) == (12, 31):
        return on_date
    is_last = on_date.day == calendar.monthrange(on_date.year, on_date.month)[1]
    last_of_former = on_date.replace(day=1) - timedelta(days=1)
    if is_last or last_of_former.month == 12:
        return last_of_former
    return last_of_former.replace(day=1) - timedelta(days=1)


class DeclarationLine(Assessed):
    """What of one lot went to one country with one relief; the assessment is what is payable, at acceptance.

    ``released_*`` is what ceases to be suspended: the share of the amounts booked at admission.
    """

    declaration = models.ForeignKey(
        Declaration, models.CASCADE, related_name="lines", verbose_name=_("consolidated declaration")
    )
    row = models.PositiveSmallIntegerField(_("line"))
    lot = models.ForeignKey(
        "ledger.Lot", models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name=_("lot")
    )
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=_("item"))
    destination = models.CharField(_("destination (ISO 3166)"), max_length=2)
    relieves_duty = models.BooleanField(_("relieved of duty"))
    relieves_consumption_tax = models.BooleanField(_("relieved of consumption tax"))
    relieves_vat = models.BooleanField(_("relieved of VAT"))
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=5)
    net_mass_kg = models.DecimalField(_("net mass (kg)"), max_digits=18, decimal_places=5, null=True, editable=False)
    released_value_cny = models.DecimalField(
        _("booked customs value (CNY)"), max_digits=18, decimal_places=2, null=True, editable=False
    )
    released_duty_cny = models.DecimalField(
        _("suspended duty released (CNY)"), max_digits=18, decimal_places=2, null=True, editable=False
    )
    released_consumption_tax_cny = models.DecimalField(
        _("suspended consumption tax released (CNY)"), max_digits=18, decimal_places=2, null=True, editable=False
    )
    released_vat_cny = models.DecimalField(
        _("suspended VAT released (CNY)"), max_digits=18, decimal_places=2, null=True, editable=False
    )

    class Meta:
        ordering = ("declaration", "row")
        db_table_comment = "What of one lot a declaration takes off the book, for one country and one relief."
        verbose_name = _("declaration line")
        verbose_name_plural = _("declaration lines")
        constraints = [
            models.UniqueConstraint(fields=("declaration", "row"), name="declaration_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="declaration_line_quantity_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.declaration} / {self.row}"

    @property
    def released_tax_cny(self) -> Any:
        """Suspended duty and taxes released together; None until accepted."""
        if self.released_duty_cny is None:
            return None
        released: list[Any] = [self.released_duty_cny, self.released_consumption_tax_cny, self.released_vat_cny]
        return sum(released)


class DeclaredDocument(models.Model):
    """How much of one lot a line declares for one document, such as a delivery ticket."""

    line = models.ForeignKey(DeclarationLine, models.CASCADE, related_name="documents", verbose_name=_("line"))
    document_kind = models.CharField(_("document kind"), max_length=30)
    document_id = models.BigIntegerField(_("document"))
    document_number = models.CharField(_("document number"), max_length=40)
    occurred_at = models.DateTimeField(_("left"))
    lot = models.ForeignKey(
        "ledger.Lot", models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name=_("lot")
    )
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=5)
    # What was still out when the declaration was released; the rest had come back meanwhile and stays in the book.
    deducted_quantity = models.DecimalField(_("deducted"), max_digits=18, decimal_places=5, null=True, editable=False)
    # False once its declaration is void or reversed: the document may then be declared again.
    is_standing = models.BooleanField(_("standing"), default=True)

    class Meta:
        ordering = ("occurred_at", "pk")
        db_table_comment = "How much of one lot a declaration line declares for one document."
        verbose_name = _("declared document")
        verbose_name_plural = _("declared documents")
        constraints = [
            models.UniqueConstraint(
                fields=("document_kind", "document_id", "lot"),
                condition=Q(is_standing=True),
                name="document_declared_once",
                violation_error_message=_("The document is declared already."),
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="declared_document_quantity_positive"),
            models.CheckConstraint(
                condition=Q(deducted_quantity__isnull=True)
                | Q(deducted_quantity__gte=0, deducted_quantity__lte=F("quantity")),
                name="declared_document_deducts_no_more",
            ),
        ]

    def __str__(self) -> str:
        return self.document_number


append_only(Declaration.history.model)

# Accepted, a declaration says for good what it said to customs.
DECIDED = (DeclarationState.ACCEPTED, DeclarationState.RELEASED, DeclarationState.CLOSED, DeclarationState.REVERSED)
frozen(
    Declaration,
    name="declared",
    columns=("declared_kind", "book", "declarant", "from_date", "through_date", "accepted_by", "accepted_at"),
    states=DECIDED,
)
frozen_lines(
    DeclarationLine,
    of="declaration",
    name="declared",
    columns=(
        *("row", "lot", "item", "destination", "quantity", "net_mass_kg"),
        *("relieves_duty", "relieves_consumption_tax", "relieves_vat"),
        *("released_value_cny", "released_duty_cny", "released_consumption_tax_cny", "released_vat_cny"),
        *ASSESSED,
    ),
    states=DECIDED,
)
