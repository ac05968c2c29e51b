"""The tables of customs, and the regimes that it knows: an administrator may change their figures, history keeps both."""

import uuid
from typing import Any

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import customs.models.declaration_numbers

# Regime: storage limit and extension in months, guarantee taken, weighing tolerance, loss tolerance,
# batch declaration allowed, lot identification.
REGIMES = (
    ("comprehensive_bonded_zone", None, None, False, "0.03", "0.005", True, "fifo"),
    ("bonded_warehouse", 12, 12, True, "0.03", "0.005", False, "fifo"),
    ("bonded_logistics_centre", 12, 12, True, "0.03", "0.005", True, "fifo"),
    ("bonded_fuel", 12, 12, True, "0.005", "0.0035", True, "fifo"),
    ("bonded_maintenance", None, None, True, "0.03", "0", False, "named"),
)


def enter_regimes(apps: Any, schema_editor: Any) -> None:
    apps.get_model("customs", "Regime").objects.bulk_create(
        apps.get_model("customs", "Regime")(
            code=code,
            storage_limit_months=limit,
            extension_months=extension,
            takes_guarantee=takes_guarantee,
            weighing_tolerance=weighing,
            loss_tolerance=loss,
            allows_batch_declaration=batch,
            lot_identification=identification,
        )
        for code, limit, extension, takes_guarantee, weighing, loss, batch, identification in REGIMES
    )


def remove_regimes(apps: Any, schema_editor: Any) -> None:
    apps.get_model("customs", "Regime").objects.all().delete()


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0001_initial"),
        ("registry", "0001_initial"),
        ("registry", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountBook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=30, unique=True, verbose_name="account book number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("logistics", "Logistics"),
                            ("processing", "Processing"),
                            ("fuel", "Fuel"),
                            ("maintenance", "Maintenance"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "reconciliation_months",
                    models.PositiveSmallIntegerField(
                        default=12,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="reconciliation cycle (months)",
                    ),
                ),
                ("opened_date", models.DateField(verbose_name="opened")),
                ("closed_date", models.DateField(blank=True, null=True, verbose_name="closed")),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account_books",
                        to="registry.organisation",
                        verbose_name="holder",
                    ),
                ),
                (
                    "place",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account_book",
                        to="registry.place",
                        verbose_name="place in the ledger",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account_books",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "account book",
                "verbose_name_plural": "account books",
                "db_table_comment": "A customs account book; its figures are readings of the CUSTOMS journal at its place.",
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(editable=False, max_length=40, unique=True, verbose_name="number")),
                ("number_year", models.PositiveSmallIntegerField(editable=False, verbose_name="year of the number")),
                (
                    "number_sequence",
                    models.PositiveIntegerField(editable=False, verbose_name="place in the number series"),
                ),
                ("prepared_at", models.DateTimeField(verbose_name="prepared")),
                ("remark", models.CharField(blank=True, max_length=400, verbose_name="remark")),
                ("request_key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned for correction"),
                            ("accepted", "Accepted"),
                            ("released", "Released"),
                            ("closed", "Closed"),
                            ("reversed", "Reversed"),
                            ("void", "Void"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("declared_kind", models.CharField(editable=False, max_length=30, verbose_name="declares")),
                ("from_date", models.DateField(verbose_name="from")),
                ("through_date", models.DateField(verbose_name="through")),
                ("bonded_note_number", models.CharField(blank=True, max_length=40, verbose_name="bonded note number")),
                (
                    "declaration_number",
                    models.CharField(blank=True, max_length=40, verbose_name="customs declaration number"),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True, verbose_name="submitted")),
                ("accepted_at", models.DateTimeField(editable=False, null=True, verbose_name="accepted")),
                ("released_at", models.DateTimeField(editable=False, null=True, verbose_name="released by customs")),
                (
                    "is_entered_for_customs",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="entered for customs"
                    ),
                ),
                ("undone_at", models.DateTimeField(editable=False, null=True, verbose_name="made void or reversed")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="accepted by",
                    ),
                ),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="customs.accountbook",
                        verbose_name="account book",
                    ),
                ),
                (
                    "declarant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="registry.organisation",
                        verbose_name="declarant",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="prepared by",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="released by",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "consolidated declaration",
                "verbose_name_plural": "consolidated declarations",
                "db_table_comment": "What one declarant took out of one account book in a period, in one consolidated declaration.",
                "ordering": ("-pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DeclarationLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "customs_value_cny",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        editable=False,
                        max_digits=18,
                        null=True,
                        verbose_name="customs value (CNY)",
                    ),
                ),
                (
                    "duty_cny",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        editable=False,
                        max_digits=18,
                        null=True,
                        verbose_name="duty (CNY)",
                    ),
                ),
                (
                    "consumption_tax_cny",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        editable=False,
                        max_digits=18,
                        null=True,
                        verbose_name="consumption tax (CNY)",
                    ),
                ),
                (
                    "vat_cny",
                    models.DecimalField(
                        blank=True, decimal_places=2, editable=False, max_digits=18, null=True, verbose_name="VAT (CNY)"
                    ),
                ),
                (
                    "duty_rate",
                    models.DecimalField(
                        blank=True, decimal_places=6, editable=False, max_digits=7, null=True, verbose_name="duty rate"
                    ),
                ),
                (
                    "vat_rate",
                    models.DecimalField(
                        blank=True, decimal_places=6, editable=False, max_digits=7, null=True, verbose_name="VAT rate"
                    ),
                ),
                (
                    "consumption_tax_rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        editable=False,
                        max_digits=7,
                        null=True,
                        verbose_name="consumption tax rate",
                    ),
                ),
                (
                    "consumption_tax_cny_per_unit",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        editable=False,
                        max_digits=12,
                        null=True,
                        verbose_name="specific consumption tax (CNY per unit)",
                    ),
                ),
                ("row", models.PositiveSmallIntegerField(verbose_name="line")),
                ("destination", models.CharField(max_length=2, verbose_name="destination (ISO 3166)")),
                ("relieves_duty", models.BooleanField(verbose_name="relieved of duty")),
                ("relieves_consumption_tax", models.BooleanField(verbose_name="relieved of consumption tax")),
                ("relieves_vat", models.BooleanField(verbose_name="relieved of VAT")),
                ("quantity", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="quantity")),
                (
                    "net_mass_kg",
                    models.DecimalField(
                        decimal_places=5, editable=False, max_digits=18, null=True, verbose_name="net mass (kg)"
                    ),
                ),
                (
                    "released_value_cny",
                    models.DecimalField(
                        decimal_places=2,
                        editable=False,
                        max_digits=18,
                        null=True,
                        verbose_name="booked customs value (CNY)",
                    ),
                ),
                (
                    "released_duty_cny",
                    models.DecimalField(
                        decimal_places=2,
                        editable=False,
                        max_digits=18,
                        null=True,
                        verbose_name="suspended duty released (CNY)",
                    ),
                ),
                (
                    "released_consumption_tax_cny",
                    models.DecimalField(
                        decimal_places=2,
                        editable=False,
                        max_digits=18,
                        null=True,
                        verbose_name="suspended consumption tax released (CNY)",
                    ),
                ),
                (
                    "released_vat_cny",
                    models.DecimalField(
                        decimal_places=2,
                        editable=False,
                        max_digits=18,
                        null=True,
                        verbose_name="suspended VAT released (CNY)",
                    ),
                ),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="customs.declaration",
                        verbose_name="consolidated declaration",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.item",
                        verbose_name="item",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ledger.lot",
                        verbose_name="lot",
                    ),
                ),
            ],
            options={
                "verbose_name": "declaration line",
                "verbose_name_plural": "declaration lines",
                "db_table_comment": "What of one lot a declaration takes off the book, for one country and one relief.",
                "ordering": ("declaration", "row"),
            },
        ),
        migrations.CreateModel(
            name="DeclarationNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40, verbose_name="key of the number")),
                ("number", models.CharField(max_length=40, verbose_name="customs declaration number")),
                ("document_kind", models.CharField(max_length=30, verbose_name="document kind")),
                ("document_id", models.BigIntegerField(verbose_name="document id")),
                ("document_number", models.CharField(max_length=40, verbose_name="document number")),
                (
                    "zone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.zone",
                        verbose_name="zone",
                    ),
                ),
            ],
            options={
                "verbose_name": "customs declaration number",
                "verbose_name_plural": "customs declaration numbers",
                "db_table_comment": "Which document stands under a customs declaration number; within a zone each has one.",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="DeclaredDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document_kind", models.CharField(max_length=30, verbose_name="document kind")),
                ("document_id", models.BigIntegerField(verbose_name="document")),
                ("document_number", models.CharField(max_length=40, verbose_name="document number")),
                ("occurred_at", models.DateTimeField(verbose_name="left")),
                ("quantity", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="quantity")),
                (
                    "deducted_quantity",
                    models.DecimalField(
                        decimal_places=5, editable=False, max_digits=18, null=True, verbose_name="deducted"
                    ),
                ),
                ("is_standing", models.BooleanField(default=True, verbose_name="standing")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="customs.declarationline",
                        verbose_name="line",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ledger.lot",
                        verbose_name="lot",
                    ),
                ),
            ],
            options={
                "verbose_name": "declared document",
                "verbose_name_plural": "declared documents",
                "db_table_comment": "How much of one lot a declaration line declares for one document.",
                "ordering": ("occurred_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Guarantee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="guarantee number")),
                ("guarantor", models.CharField(max_length=120, verbose_name="guarantor")),
                ("limit_cny", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="limit (CNY)")),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guarantees",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "guarantee",
                "verbose_name_plural": "guarantees",
                "db_table_comment": "Up to how much suspended duty and tax the account books under it may hold.",
                "ordering": ("number",),
            },
        ),
        migrations.AddField(
            model_name="accountbook",
            name="guarantee",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="account_books",
                to="customs.guarantee",
                verbose_name="guarantee",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalAccountBook",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("number", models.CharField(db_index=True, max_length=30, verbose_name="account book number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("logistics", "Logistics"),
                            ("processing", "Processing"),
                            ("fuel", "Fuel"),
                            ("maintenance", "Maintenance"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "reconciliation_months",
                    models.PositiveSmallIntegerField(
                        default=12,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="reconciliation cycle (months)",
                    ),
                ),
                ("opened_date", models.DateField(verbose_name="opened")),
                ("closed_date", models.DateField(blank=True, null=True, verbose_name="closed")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "guarantee",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="customs.guarantee",
                        verbose_name="guarantee",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="holder",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.place",
                        verbose_name="place in the ledger",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical account book",
                "verbose_name_plural": "historical account books",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDeclaration",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("number", models.CharField(db_index=True, editable=False, max_length=40, verbose_name="number")),
                ("number_year", models.PositiveSmallIntegerField(editable=False, verbose_name="year of the number")),
                (
                    "number_sequence",
                    models.PositiveIntegerField(editable=False, verbose_name="place in the number series"),
                ),
                ("prepared_at", models.DateTimeField(verbose_name="prepared")),
                ("remark", models.CharField(blank=True, max_length=400, verbose_name="remark")),
                ("request_key", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned for correction"),
                            ("accepted", "Accepted"),
                            ("released", "Released"),
                            ("closed", "Closed"),
                            ("reversed", "Reversed"),
                            ("void", "Void"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("declared_kind", models.CharField(editable=False, max_length=30, verbose_name="declares")),
                ("from_date", models.DateField(verbose_name="from")),
                ("through_date", models.DateField(verbose_name="through")),
                ("bonded_note_number", models.CharField(blank=True, max_length=40, verbose_name="bonded note number")),
                (
                    "declaration_number",
                    models.CharField(blank=True, max_length=40, verbose_name="customs declaration number"),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True, verbose_name="submitted")),
                ("accepted_at", models.DateTimeField(editable=False, null=True, verbose_name="accepted")),
                ("released_at", models.DateTimeField(editable=False, null=True, verbose_name="released by customs")),
                (
                    "is_entered_for_customs",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="entered for customs"
                    ),
                ),
                ("undone_at", models.DateTimeField(editable=False, null=True, verbose_name="made void or reversed")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="accepted by",
                    ),
                ),
                (
                    "book",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="customs.accountbook",
                        verbose_name="account book",
                    ),
                ),
                (
                    "declarant",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="declarant",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="prepared by",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="released by",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical consolidated declaration",
                "verbose_name_plural": "historical consolidated declarations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalGuarantee",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("number", models.CharField(db_index=True, max_length=40, verbose_name="guarantee number")),
                ("guarantor", models.CharField(max_length=120, verbose_name="guarantor")),
                ("limit_cny", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="limit (CNY)")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical guarantee",
                "verbose_name_plural": "historical guarantees",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRegime",
            fields=[
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("comprehensive_bonded_zone", "Comprehensive bonded zone"),
                            ("bonded_warehouse", "Bonded warehouse"),
                            ("bonded_logistics_centre", "Bonded logistics centre"),
                            ("bonded_fuel", "Bonded fuel"),
                            ("bonded_maintenance", "Bonded maintenance"),
                        ],
                        db_index=True,
                        max_length=30,
                        verbose_name="regime",
                    ),
                ),
                (
                    "storage_limit_months",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="storage limit (months)"),
                ),
                (
                    "extension_months",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="one extension (months)"),
                ),
                ("takes_guarantee", models.BooleanField(default=True, verbose_name="guarantee taken")),
                (
                    "weighing_tolerance",
                    models.DecimalField(decimal_places=4, max_digits=5, verbose_name="weighing tolerance"),
                ),
                ("loss_tolerance", models.DecimalField(decimal_places=4, max_digits=5, verbose_name="loss tolerance")),
                (
                    "allows_batch_declaration",
                    models.BooleanField(default=False, verbose_name="batch declaration allowed"),
                ),
                (
                    "lot_identification",
                    models.CharField(
                        choices=[
                            ("fifo", "First in, first out"),
                            ("fefo", "First expired, first out"),
                            ("named", "The named lot"),
                        ],
                        default="fifo",
                        max_length=10,
                        verbose_name="lot identification",
                    ),
                ),
                (
                    "declaration_number_form",
                    models.CharField(
                        db_default="##################",
                        default="##################",
                        help_text="# for a digit, @ for a letter, * for either; | parts several forms.",
                        max_length=80,
                        validators=[customs.models.declaration_numbers.check_form],
                        verbose_name="form of declaration numbers",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical regime",
                "verbose_name_plural": "historical regimes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Regime",
            fields=[
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("comprehensive_bonded_zone", "Comprehensive bonded zone"),
                            ("bonded_warehouse", "Bonded warehouse"),
                            ("bonded_logistics_centre", "Bonded logistics centre"),
                            ("bonded_fuel", "Bonded fuel"),
                            ("bonded_maintenance", "Bonded maintenance"),
                        ],
                        max_length=30,
                        primary_key=True,
                        serialize=False,
                        verbose_name="regime",
                    ),
                ),
                (
                    "storage_limit_months",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="storage limit (months)"),
                ),
                (
                    "extension_months",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="one extension (months)"),
                ),
                ("takes_guarantee", models.BooleanField(default=True, verbose_name="guarantee taken")),
                (
                    "weighing_tolerance",
                    models.DecimalField(decimal_places=4, max_digits=5, verbose_name="weighing tolerance"),
                ),
                ("loss_tolerance", models.DecimalField(decimal_places=4, max_digits=5, verbose_name="loss tolerance")),
                (
                    "allows_batch_declaration",
                    models.BooleanField(default=False, verbose_name="batch declaration allowed"),
                ),
                (
                    "lot_identification",
                    models.CharField(
                        choices=[
                            ("fifo", "First in, first out"),
                            ("fefo", "First expired, first out"),
                            ("named", "The named lot"),
                        ],
                        default="fifo",
                        max_length=10,
                        verbose_name="lot identification",
                    ),
                ),
                (
                    "declaration_number_form",
                    models.CharField(
                        db_default="##################",
                        default="##################",
                        help_text="# for a digit, @ for a letter, * for either; | parts several forms.",
                        max_length=80,
                        validators=[customs.models.declaration_numbers.check_form],
                        verbose_name="form of declaration numbers",
                    ),
                ),
            ],
            options={
                "verbose_name": "regime",
                "verbose_name_plural": "regimes",
                "db_table_comment": "What a customs regime demands of the sites under it.",
                "ordering": ("code",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("weighing_tolerance__gte", 0),
                            ("weighing_tolerance__lt", 1),
                            ("loss_tolerance__gte", 0),
                            ("loss_tolerance__lt", 1),
                        ),
                        name="regime_tolerances_are_fractions",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.UniqueConstraint(
                fields=("site", "number_year", "number_sequence"), name="declaration_number_once_per_site_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(("number_sequence__gt", 0)), name="declaration_number_from_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_date__lte", models.F("through_date"))), name="declaration_period_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_date__year", models.F("through_date__year"))),
                name="declaration_within_one_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepted_by__isnull", True),
                    models.Q(("accepted_by", models.F("prepared_by")), _negated=True),
                    _connector="OR",
                ),
                name="declaration_accepted_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["reversed", "void"]), ("undone_at__isnull", False)),
                    models.Q(models.Q(("state__in", ["reversed", "void"]), _negated=True), ("undone_at__isnull", True)),
                    _connector="OR",
                ),
                name="declaration_undone_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["accepted", "released", "closed"]), _negated=True),
                    models.Q(("accepted_at__isnull", False), models.Q(("declaration_number", ""), _negated=True)),
                    _connector="OR",
                ),
                name="declaration_accepted_has_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("declaration_number", ""), _negated=True),
                    models.Q(("state__in", ["reversed", "void"]), _negated=True),
                ),
                fields=("declaration_number",),
                name="declaration_number_of_customs_once",
                violation_error_message="Another declaration has this customs declaration number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "returned"])),
                fields=("site", "book", "declared_kind", "declarant", "from_date"),
                name="declaration_open_once_per_month",
            ),
        ),
        migrations.AddConstraint(
            model_name="declarationline",
            constraint=models.UniqueConstraint(fields=("declaration", "row"), name="declaration_line_once"),
        ),
        migrations.AddConstraint(
            model_name="declarationline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)), name="declaration_line_quantity_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="declarationnumber",
            constraint=models.UniqueConstraint(fields=("zone", "key"), name="declaration_number_once_per_zone"),
        ),
        migrations.AddConstraint(
            model_name="declarationnumber",
            constraint=models.UniqueConstraint(
                fields=("document_kind", "document_id"), name="document_under_one_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="declareddocument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_standing", True)),
                fields=("document_kind", "document_id", "lot"),
                name="document_declared_once",
                violation_error_message="The document is declared already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="declareddocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)), name="declared_document_quantity_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="declareddocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("deducted_quantity__isnull", True),
                    models.Q(("deducted_quantity__gte", 0), ("deducted_quantity__lte", models.F("quantity"))),
                    _connector="OR",
                ),
                name="declared_document_deducts_no_more",
            ),
        ),
        migrations.AddConstraint(
            model_name="guarantee",
            constraint=models.CheckConstraint(
                condition=models.Q(("limit_cny__gt", 0)),
                name="guarantee_limit_positive",
                violation_error_message="The limit must be above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountbook",
            constraint=models.CheckConstraint(
                condition=models.Q(("reconciliation_months__gte", 1), ("reconciliation_months__lte", 12)),
                name="account_book_cycle_at_most_a_year",
                violation_error_message="The reconciliation cycle is 1 to 12 months.",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountbook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_date__isnull", True), ("closed_date__gte", models.F("opened_date")), _connector="OR"
                ),
                name="account_book_closed_after_opened",
                violation_error_message="The book cannot be closed before it was opened.",
            ),
        ),
        migrations.RunPython(enter_regimes, remove_regimes),
    ]
