import uuid
from typing import Any

import django.db.models.deletion
import django_fsm
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from registry.identity import folded_key


def enter_numbers(apps: Any, schema_editor: Any) -> None:
    """Put what was accepted under the declaration numbers that it has; the first of two alike keeps it."""
    number_row = apps.get_model("customs", "DeclarationNumber")
    for kind, name in (("admission", "Admission"), ("withdrawal", "Withdrawal")):
        rows = apps.get_model("bonded", name).objects.filter(accepted_at__isnull=False)
        rows = rows.exclude(declaration_number="").exclude(state__in=["void", "reversed"])
        number_row.objects.bulk_create(
            [
                number_row(
                    zone_id=zone_id,
                    key=folded_key(number),
                    number=number,
                    document_kind=kind,
                    document_id=pk,
                    document_number=document_number,
                )
                for pk, document_number, number, zone_id in rows.order_by("pk").values_list(
                    "pk", "number", "declaration_number", "site__zone"
                )
            ],
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("bonded", "0003_undeclared_goods"),
        ("customs", "0005_declaration_numbers"),
        ("ledger", "0003_reading"),
        ("registry", "0003_aviation"),
        ("registry", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalSuspenseResolution",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
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
                    django_fsm.FSMField(
                        choices=[
                            ("submitted", "Submitted"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("reversed", "Reversed"),
                        ],
                        default="submitted",
                        max_length=50,
                        protected=True,
                        verbose_name="state",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("taxed", "Short: duty and tax become payable"),
                            ("corrected", "Short: the declaration is corrected"),
                            ("found", "Short: found, put into a bin"),
                            ("admitted", "Over: admitted by an admission of their own"),
                            ("left", "Over: returned abroad"),
                        ],
                        max_length=20,
                        verbose_name="how it ends",
                    ),
                ),
                ("quantity", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="quantity")),
                ("reason", models.CharField(max_length=400, verbose_name="reason")),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "admission",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="bonded.admission",
                        verbose_name="admitted by",
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
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
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
                    "lot",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ledger.lot",
                        verbose_name="lot",
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
                (
                    "to_place",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.place",
                        verbose_name="to bin",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical settlement of goods in suspense",
                "verbose_name_plural": "historical settlements of goods in suspense",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SuspenseResolution",
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
                    django_fsm.FSMField(
                        choices=[
                            ("submitted", "Submitted"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("reversed", "Reversed"),
                        ],
                        default="submitted",
                        max_length=50,
                        protected=True,
                        verbose_name="state",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("taxed", "Short: duty and tax become payable"),
                            ("corrected", "Short: the declaration is corrected"),
                            ("found", "Short: found, put into a bin"),
                            ("admitted", "Over: admitted by an admission of their own"),
                            ("left", "Over: returned abroad"),
                        ],
                        max_length=20,
                        verbose_name="how it ends",
                    ),
                ),
                ("quantity", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="quantity")),
                ("reason", models.CharField(max_length=400, verbose_name="reason")),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided")),
                (
                    "admission",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resolutions",
                        to="bonded.admission",
                        verbose_name="admitted by",
                    ),
                ),
                (
                    "book",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customs.accountbook",
                        verbose_name="account book",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
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
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
                (
                    "to_place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.place",
                        verbose_name="to bin",
                    ),
                ),
            ],
            options={
                "verbose_name": "settlement of goods in suspense",
                "verbose_name_plural": "settlements of goods in suspense",
                "db_table_comment": "The end that a quantity of a lot in suspense finds, decided by a second person.",
                "ordering": ("-pk",),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("site", "number_year", "number_sequence"),
                        name="suspenseresolution_number_once_per_site_and_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number_sequence__gt", 0)), name="suspenseresolution_number_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="suspense_resolution_quantity_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("prepared_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="suspense_resolution_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="suspense_resolution_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("to_place__isnull", False), ("way", "found")),
                            models.Q(models.Q(("way", "found"), _negated=True), ("to_place__isnull", True)),
                            _connector="OR",
                        ),
                        name="suspense_resolution_bin_where_found",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("admission__isnull", False), ("way", "admitted")),
                            models.Q(models.Q(("way", "admitted"), _negated=True), ("admission__isnull", True)),
                            _connector="OR",
                        ),
                        name="suspense_resolution_names_admission",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="historicalwithdrawal",
            name="payment_cny",
            field=models.DecimalField(
                decimal_places=2, editable=False, max_digits=18, null=True, verbose_name="duty and tax paid (CNY)"
            ),
        ),
        migrations.AddField(
            model_name="historicalwithdrawal",
            name="payment_date",
            field=models.DateField(editable=False, null=True, verbose_name="paid on"),
        ),
        migrations.AddField(
            model_name="historicalwithdrawal",
            name="payment_key",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=60),
        ),
        migrations.AddField(
            model_name="historicalwithdrawal",
            name="payment_recorded_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="payment recorded"),
        ),
        migrations.AddField(
            model_name="historicalwithdrawal",
            name="payment_recorded_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="payment recorded by",
            ),
        ),
        migrations.AddField(
            model_name="historicalwithdrawal",
            name="payment_reference",
            field=models.CharField(
                blank=True, db_default="", default="", editable=False, max_length=60, verbose_name="payment reference"
            ),
        ),
        migrations.AddField(
            model_name="withdrawal",
            name="payment_cny",
            field=models.DecimalField(
                decimal_places=2, editable=False, max_digits=18, null=True, verbose_name="duty and tax paid (CNY)"
            ),
        ),
        migrations.AddField(
            model_name="withdrawal",
            name="payment_date",
            field=models.DateField(editable=False, null=True, verbose_name="paid on"),
        ),
        migrations.AddField(
            model_name="withdrawal",
            name="payment_key",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=60),
        ),
        migrations.AddField(
            model_name="withdrawal",
            name="payment_recorded_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="payment recorded"),
        ),
        migrations.AddField(
            model_name="withdrawal",
            name="payment_recorded_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="payment recorded by",
            ),
        ),
        migrations.AddField(
            model_name="withdrawal",
            name="payment_reference",
            field=models.CharField(
                blank=True, db_default="", default="", editable=False, max_length=60, verbose_name="payment reference"
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawal",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("payment_key", ""), _negated=True),
                    models.Q(("state__in", ["reversed", "void"]), _negated=True),
                ),
                fields=("site", "payment_key"),
                name="withdrawal_payment_once",
                violation_error_message="This payment stands on another withdrawal already.",
            ),
        ),
        migrations.RunPython(enter_numbers, migrations.RunPython.noop),
    ]
