import uuid

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import registry.countries
import registry.currencies


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("customs", "0001_initial"),
        ("ledger", "0001_initial"),
        ("registry", "0001_initial"),
        ("registry", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Admission",
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
                            ("arrived", "Arrived"),
                            ("counted", "Counted"),
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
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("abroad", "From abroad"),
                            ("domestic", "From the domestic market, export tax refunded"),
                            ("other_site", "From another site"),
                        ],
                        default="abroad",
                        max_length=20,
                        verbose_name="source",
                    ),
                ),
                (
                    "declaration_number",
                    models.CharField(blank=True, max_length=40, verbose_name="customs declaration number"),
                ),
                ("vehicle", models.CharField(blank=True, max_length=60, verbose_name="vehicle or container")),
                ("submitted_at", models.DateTimeField(editable=False, null=True, verbose_name="submitted")),
                ("accepted_at", models.DateTimeField(editable=False, null=True, verbose_name="accepted")),
                ("arrived_at", models.DateTimeField(editable=False, null=True, verbose_name="arrived")),
                ("counted_at", models.DateTimeField(editable=False, null=True, verbose_name="counted")),
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
                        related_name="admissions",
                        to="customs.accountbook",
                        verbose_name="account book",
                    ),
                ),
                (
                    "counted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="counted by",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="admissions",
                        to="registry.organisation",
                        verbose_name="goods owner",
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
            ],
            options={
                "verbose_name": "admission",
                "verbose_name_plural": "admissions",
                "db_table_comment": "Goods that enter a bonded warehouse, declared to one account book.",
                "ordering": ("-pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AdmissionLine",
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
                ("quantity", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="quantity")),
                ("packages", models.PositiveIntegerField(default=1, verbose_name="packages")),
                ("gross_mass_kg", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="gross mass (kg)")),
                ("net_mass_kg", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="net mass (kg)")),
                ("invoice_value", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="invoice value")),
                (
                    "currency",
                    models.CharField(
                        max_length=3,
                        validators=[registry.currencies.check_currency],
                        verbose_name="currency (ISO 4217)",
                    ),
                ),
                (
                    "terms",
                    models.CharField(
                        choices=[
                            ("FOB", "FOB: freight and insurance are added"),
                            ("CIF", "CIF: freight and insurance are in the price"),
                        ],
                        default="CIF",
                        max_length=3,
                        verbose_name="terms",
                    ),
                ),
                ("freight", models.DecimalField(decimal_places=2, default=0, max_digits=18, verbose_name="freight")),
                (
                    "insurance_rate",
                    models.DecimalField(decimal_places=6, default=0, max_digits=7, verbose_name="insurance rate"),
                ),
                (
                    "origin",
                    models.CharField(
                        max_length=2, validators=[registry.countries.check_country], verbose_name="origin (ISO 3166)"
                    ),
                ),
                ("expiry_date", models.DateField(blank=True, null=True, verbose_name="expires")),
                (
                    "exchange_rate_cny_per_unit",
                    models.DecimalField(
                        decimal_places=6, editable=False, max_digits=14, null=True, verbose_name="exchange rate (CNY)"
                    ),
                ),
                ("exchange_rate_date", models.DateField(editable=False, null=True, verbose_name="exchange rate date")),
                (
                    "admission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="bonded.admission",
                        verbose_name="admission",
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
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ledger.lot",
                        verbose_name="lot",
                    ),
                ),
                (
                    "over_lot",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ledger.lot",
                        verbose_name="lot found over the declaration",
                    ),
                ),
            ],
            options={
                "verbose_name": "admission line",
                "verbose_name_plural": "admission lines",
                "db_table_comment": "One article of an admission as declared; becomes one lot.",
                "ordering": ("admission", "row"),
            },
        ),
        migrations.CreateModel(
            name="CountedGoods",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="counted quantity")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="counted",
                        to="bonded.admissionline",
                        verbose_name="line",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.place",
                        verbose_name="bin",
                    ),
                ),
            ],
            options={
                "verbose_name": "counted goods",
                "verbose_name_plural": "counted goods",
                "db_table_comment": "What of an admission line was counted into one bin on arrival.",
                "ordering": ("line", "pk"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalAdmission",
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
                            ("arrived", "Arrived"),
                            ("counted", "Counted"),
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
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("abroad", "From abroad"),
                            ("domestic", "From the domestic market, export tax refunded"),
                            ("other_site", "From another site"),
                        ],
                        default="abroad",
                        max_length=20,
                        verbose_name="source",
                    ),
                ),
                (
                    "declaration_number",
                    models.CharField(blank=True, max_length=40, verbose_name="customs declaration number"),
                ),
                ("vehicle", models.CharField(blank=True, max_length=60, verbose_name="vehicle or container")),
                ("submitted_at", models.DateTimeField(editable=False, null=True, verbose_name="submitted")),
                ("accepted_at", models.DateTimeField(editable=False, null=True, verbose_name="accepted")),
                ("arrived_at", models.DateTimeField(editable=False, null=True, verbose_name="arrived")),
                ("counted_at", models.DateTimeField(editable=False, null=True, verbose_name="counted")),
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
                    "counted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="counted by",
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
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="goods owner",
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
            ],
            options={
                "verbose_name": "historical admission",
                "verbose_name_plural": "historical admissions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRelocation",
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
                ("occurred_at", models.DateTimeField(verbose_name="moved")),
                ("is_reversed", models.BooleanField(default=False, editable=False, verbose_name="reversed")),
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
            ],
            options={
                "verbose_name": "historical relocation",
                "verbose_name_plural": "historical relocations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalStockCount",
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
                    "payment_cny",
                    models.DecimalField(
                        decimal_places=2,
                        editable=False,
                        max_digits=18,
                        null=True,
                        verbose_name="duty and tax paid (CNY)",
                    ),
                ),
                ("payment_date", models.DateField(editable=False, null=True, verbose_name="paid on")),
                (
                    "payment_reference",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        max_length=60,
                        verbose_name="payment reference",
                    ),
                ),
                ("payment_key", models.CharField(blank=True, db_default="", default="", editable=False, max_length=60)),
                (
                    "payment_recorded_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="payment recorded"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("counted", "Counted: a second count is due"),
                            ("recounted", "Counted: ready for approval"),
                            ("approved", "Approved"),
                            ("reversed", "Reversed"),
                            ("void", "Void"),
                        ],
                        default="open",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("counted_as_of", models.DateTimeField(verbose_name="counted as of")),
                ("approved_at", models.DateTimeField(editable=False, null=True, verbose_name="approved")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "payment_recorded_by",
                    models.ForeignKey(
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
            ],
            options={
                "verbose_name": "historical stock count",
                "verbose_name_plural": "historical stock counts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSuspenseResolution",
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
                (
                    "payment_cny",
                    models.DecimalField(
                        decimal_places=2,
                        editable=False,
                        max_digits=18,
                        null=True,
                        verbose_name="duty and tax paid (CNY)",
                    ),
                ),
                ("payment_date", models.DateField(editable=False, null=True, verbose_name="paid on")),
                (
                    "payment_reference",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        max_length=60,
                        verbose_name="payment reference",
                    ),
                ),
                ("payment_key", models.CharField(blank=True, db_default="", default="", editable=False, max_length=60)),
                (
                    "payment_recorded_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="payment recorded"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "Submitted"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                            ("reversed", "Reversed"),
                        ],
                        default="submitted",
                        editable=False,
                        max_length=50,
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
                        verbose_name="how it is settled",
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
                    "payment_recorded_by",
                    models.ForeignKey(
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
            name="HistoricalWithdrawal",
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
                    "payment_cny",
                    models.DecimalField(
                        decimal_places=2,
                        editable=False,
                        max_digits=18,
                        null=True,
                        verbose_name="duty and tax paid (CNY)",
                    ),
                ),
                ("payment_date", models.DateField(editable=False, null=True, verbose_name="paid on")),
                (
                    "payment_reference",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        max_length=60,
                        verbose_name="payment reference",
                    ),
                ),
                ("payment_key", models.CharField(blank=True, db_default="", default="", editable=False, max_length=60)),
                (
                    "payment_recorded_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="payment recorded"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned for correction"),
                            ("accepted", "Accepted"),
                            ("picked", "Picked"),
                            ("passed", "Passed the gate"),
                            ("discharged", "Discharged"),
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
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("re_export", "Re-export"),
                            ("domestic_sale", "Domestic sale"),
                            ("transfer_out", "Transfer to another site"),
                            ("consumption", "Consumption in the zone"),
                            ("destruction", "Destruction"),
                            ("sample", "Sample"),
                        ],
                        max_length=20,
                        verbose_name="purpose",
                    ),
                ),
                (
                    "destination",
                    models.CharField(
                        blank=True,
                        max_length=2,
                        validators=[registry.countries.check_country],
                        verbose_name="destination (ISO 3166)",
                    ),
                ),
                (
                    "declaration_number",
                    models.CharField(blank=True, max_length=40, verbose_name="customs declaration number"),
                ),
                (
                    "certificate_number",
                    models.CharField(blank=True, max_length=40, verbose_name="customs certificate number"),
                ),
                ("vehicle", models.CharField(blank=True, max_length=60, verbose_name="vehicle or container")),
                ("submitted_at", models.DateTimeField(editable=False, null=True, verbose_name="submitted")),
                ("accepted_at", models.DateTimeField(editable=False, null=True, verbose_name="accepted")),
                ("picked_at", models.DateTimeField(editable=False, null=True, verbose_name="picked")),
                ("passed_at", models.DateTimeField(editable=False, null=True, verbose_name="passed the gate")),
                ("released_at", models.DateTimeField(editable=False, null=True, verbose_name="released by customs")),
                ("discharged_at", models.DateTimeField(editable=False, null=True, verbose_name="discharged")),
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="goods owner",
                    ),
                ),
                (
                    "payment_recorded_by",
                    models.ForeignKey(
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
                (
                    "picked_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="picked by",
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
                "verbose_name": "historical withdrawal",
                "verbose_name_plural": "historical withdrawals",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Relocation",
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
                ("occurred_at", models.DateTimeField(verbose_name="moved")),
                ("is_reversed", models.BooleanField(default=False, editable=False, verbose_name="reversed")),
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
            ],
            options={
                "verbose_name": "relocation",
                "verbose_name_plural": "relocations",
                "db_table_comment": "Goods moved from bin to bin within a site.",
                "ordering": ("-pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RelocationLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.PositiveSmallIntegerField(verbose_name="line")),
                ("quantity", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="quantity")),
                (
                    "from_place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.place",
                        verbose_name="from bin",
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
                    "relocation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="bonded.relocation",
                        verbose_name="relocation",
                    ),
                ),
                (
                    "to_place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.place",
                        verbose_name="to bin",
                    ),
                ),
            ],
            options={
                "verbose_name": "relocation line",
                "verbose_name_plural": "relocation lines",
                "db_table_comment": "A quantity of a lot from one bin to another.",
                "ordering": ("relocation", "row"),
            },
        ),
        migrations.CreateModel(
            name="StockCount",
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
                    "payment_cny",
                    models.DecimalField(
                        decimal_places=2,
                        editable=False,
                        max_digits=18,
                        null=True,
                        verbose_name="duty and tax paid (CNY)",
                    ),
                ),
                ("payment_date", models.DateField(editable=False, null=True, verbose_name="paid on")),
                (
                    "payment_reference",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        max_length=60,
                        verbose_name="payment reference",
                    ),
                ),
                ("payment_key", models.CharField(blank=True, db_default="", default="", editable=False, max_length=60)),
                (
                    "payment_recorded_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="payment recorded"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("counted", "Counted: a second count is due"),
                            ("recounted", "Counted: ready for approval"),
                            ("approved", "Approved"),
                            ("reversed", "Reversed"),
                            ("void", "Void"),
                        ],
                        default="open",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("counted_as_of", models.DateTimeField(verbose_name="counted as of")),
                ("approved_at", models.DateTimeField(editable=False, null=True, verbose_name="approved")),
                (
                    "approved_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stock_counts",
                        to="customs.accountbook",
                        verbose_name="account book",
                    ),
                ),
                (
                    "payment_recorded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="payment recorded by",
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
            ],
            options={
                "verbose_name": "stock count",
                "verbose_name_plural": "stock counts",
                "db_table_comment": "A count of an account book's goods in some bins, against what the ledger held.",
                "ordering": ("-pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StockCountLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.PositiveSmallIntegerField(verbose_name="line")),
                (
                    "expected_quantity",
                    models.DecimalField(decimal_places=5, max_digits=18, verbose_name="in the ledger"),
                ),
                (
                    "counted_quantity",
                    models.DecimalField(
                        blank=True, decimal_places=5, max_digits=18, null=True, verbose_name="first count"
                    ),
                ),
                (
                    "recounted_quantity",
                    models.DecimalField(
                        blank=True, decimal_places=5, max_digits=18, null=True, verbose_name="second count"
                    ),
                ),
                (
                    "counted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="counted by",
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
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.place",
                        verbose_name="bin",
                    ),
                ),
                (
                    "recounted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recounted by",
                    ),
                ),
                (
                    "stock_count",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="bonded.stockcount",
                        verbose_name="stock count",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a stock count",
                "verbose_name_plural": "lines of stock counts",
                "db_table_comment": "One item in one bin on a count sheet.",
                "ordering": ("stock_count", "row"),
            },
        ),
        migrations.CreateModel(
            name="StockVariance",
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
                ("quantity", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="difference")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="variances",
                        to="bonded.stockcountline",
                        verbose_name="line",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ledger.lot",
                        verbose_name="lot",
                    ),
                ),
            ],
            options={
                "verbose_name": "variance",
                "verbose_name_plural": "variances",
                "db_table_comment": "A shortage or overage of a lot in a bin, gross, and the tax payable on a shortage.",
                "ordering": ("line", "pk"),
            },
        ),
        migrations.CreateModel(
            name="SuspenseResolution",
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
                (
                    "payment_cny",
                    models.DecimalField(
                        decimal_places=2,
                        editable=False,
                        max_digits=18,
                        null=True,
                        verbose_name="duty and tax paid (CNY)",
                    ),
                ),
                ("payment_date", models.DateField(editable=False, null=True, verbose_name="paid on")),
                (
                    "payment_reference",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        max_length=60,
                        verbose_name="payment reference",
                    ),
                ),
                ("payment_key", models.CharField(blank=True, db_default="", default="", editable=False, max_length=60)),
                (
                    "payment_recorded_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="payment recorded"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "Submitted"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                            ("reversed", "Reversed"),
                        ],
                        default="submitted",
                        editable=False,
                        max_length=50,
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
                        verbose_name="how it is settled",
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
                    "payment_recorded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="payment recorded by",
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
            },
        ),
        migrations.CreateModel(
            name="UndeclaredGoods",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.PositiveSmallIntegerField(verbose_name="line")),
                ("quantity", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="quantity")),
                ("description", models.CharField(blank=True, max_length=200, verbose_name="description")),
                (
                    "admission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="undeclared",
                        to="bonded.admission",
                        verbose_name="admission",
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
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ledger.lot",
                        verbose_name="lot in suspense",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.place",
                        verbose_name="bin",
                    ),
                ),
            ],
            options={
                "verbose_name": "undeclared goods",
                "verbose_name_plural": "undeclared goods",
                "db_table_comment": "Goods that came with an admission and stand on no line of it; held in suspense.",
                "ordering": ("admission", "row"),
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
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
                    "payment_cny",
                    models.DecimalField(
                        decimal_places=2,
                        editable=False,
                        max_digits=18,
                        null=True,
                        verbose_name="duty and tax paid (CNY)",
                    ),
                ),
                ("payment_date", models.DateField(editable=False, null=True, verbose_name="paid on")),
                (
                    "payment_reference",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        max_length=60,
                        verbose_name="payment reference",
                    ),
                ),
                ("payment_key", models.CharField(blank=True, db_default="", default="", editable=False, max_length=60)),
                (
                    "payment_recorded_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="payment recorded"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned for correction"),
                            ("accepted", "Accepted"),
                            ("picked", "Picked"),
                            ("passed", "Passed the gate"),
                            ("discharged", "Discharged"),
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
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("re_export", "Re-export"),
                            ("domestic_sale", "Domestic sale"),
                            ("transfer_out", "Transfer to another site"),
                            ("consumption", "Consumption in the zone"),
                            ("destruction", "Destruction"),
                            ("sample", "Sample"),
                        ],
                        max_length=20,
                        verbose_name="purpose",
                    ),
                ),
                (
                    "destination",
                    models.CharField(
                        blank=True,
                        max_length=2,
                        validators=[registry.countries.check_country],
                        verbose_name="destination (ISO 3166)",
                    ),
                ),
                (
                    "declaration_number",
                    models.CharField(blank=True, max_length=40, verbose_name="customs declaration number"),
                ),
                (
                    "certificate_number",
                    models.CharField(blank=True, max_length=40, verbose_name="customs certificate number"),
                ),
                ("vehicle", models.CharField(blank=True, max_length=60, verbose_name="vehicle or container")),
                ("submitted_at", models.DateTimeField(editable=False, null=True, verbose_name="submitted")),
                ("accepted_at", models.DateTimeField(editable=False, null=True, verbose_name="accepted")),
                ("picked_at", models.DateTimeField(editable=False, null=True, verbose_name="picked")),
                ("passed_at", models.DateTimeField(editable=False, null=True, verbose_name="passed the gate")),
                ("released_at", models.DateTimeField(editable=False, null=True, verbose_name="released by customs")),
                ("discharged_at", models.DateTimeField(editable=False, null=True, verbose_name="discharged")),
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
                        related_name="withdrawals",
                        to="customs.accountbook",
                        verbose_name="account book",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawals",
                        to="registry.organisation",
                        verbose_name="goods owner",
                    ),
                ),
                (
                    "payment_recorded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="payment recorded by",
                    ),
                ),
                (
                    "picked_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="picked by",
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
                "verbose_name": "withdrawal",
                "verbose_name_plural": "withdrawals",
                "db_table_comment": "Goods of one account book that leave a bonded warehouse.",
                "ordering": ("-pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WithdrawalLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.PositiveSmallIntegerField(verbose_name="line")),
                ("quantity", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="quantity")),
                (
                    "identification",
                    models.CharField(
                        choices=[
                            ("fifo", "First in, first out"),
                            ("fefo", "First expired, first out"),
                            ("named", "The named lot"),
                        ],
                        max_length=10,
                        verbose_name="lot identification",
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
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ledger.lot",
                        verbose_name="named lot",
                    ),
                ),
                (
                    "withdrawal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="bonded.withdrawal",
                        verbose_name="withdrawal",
                    ),
                ),
            ],
            options={
                "verbose_name": "withdrawal line",
                "verbose_name_plural": "withdrawal lines",
                "db_table_comment": "How much of one item is to leave, and by which rule its lots are taken.",
                "ordering": ("withdrawal", "row"),
            },
        ),
        migrations.CreateModel(
            name="WithdrawalPick",
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
                ("quantity", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="quantity")),
                ("net_mass_kg", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="net mass (kg)")),
                (
                    "released_value_cny",
                    models.DecimalField(decimal_places=2, max_digits=18, verbose_name="booked customs value (CNY)"),
                ),
                (
                    "released_duty_cny",
                    models.DecimalField(decimal_places=2, max_digits=18, verbose_name="suspended duty released (CNY)"),
                ),
                (
                    "released_consumption_tax_cny",
                    models.DecimalField(
                        decimal_places=2, max_digits=18, verbose_name="suspended consumption tax released (CNY)"
                    ),
                ),
                (
                    "released_vat_cny",
                    models.DecimalField(decimal_places=2, max_digits=18, verbose_name="suspended VAT released (CNY)"),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="picks",
                        to="bonded.withdrawalline",
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
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.place",
                        verbose_name="bin",
                    ),
                ),
            ],
            options={
                "verbose_name": "pick",
                "verbose_name_plural": "picks",
                "db_table_comment": "What of a withdrawal line is taken from one lot in one bin, and the tax payable on it.",
                "ordering": ("line", "pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="admission",
            constraint=models.UniqueConstraint(
                fields=("site", "number_year", "number_sequence"), name="admission_number_once_per_site_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="admission",
            constraint=models.CheckConstraint(
                condition=models.Q(("number_sequence__gt", 0)), name="admission_number_from_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="admission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepted_by__isnull", True),
                    models.Q(("accepted_by", models.F("prepared_by")), _negated=True),
                    _connector="OR",
                ),
                name="admission_accepted_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="admissionline",
            constraint=models.UniqueConstraint(fields=("admission", "row"), name="admission_line_once"),
        ),
        migrations.AddConstraint(
            model_name="admissionline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)), name="admission_line_quantity_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="admissionline",
            constraint=models.CheckConstraint(
                condition=models.Q(("gross_mass_kg__gte", models.F("net_mass_kg")), ("net_mass_kg__gt", 0)),
                name="admission_line_net_within_gross",
                violation_error_message="The net mass is above zero and not above the gross mass.",
            ),
        ),
        migrations.AddConstraint(
            model_name="admissionline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("freight__gte", 0),
                    ("insurance_rate__gte", 0),
                    ("insurance_rate__lt", 1),
                    ("invoice_value__gte", 0),
                ),
                name="admission_line_price_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="countedgoods",
            constraint=models.UniqueConstraint(fields=("line", "place"), name="counted_goods_once_per_bin"),
        ),
        migrations.AddConstraint(
            model_name="countedgoods",
            constraint=models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="counted_goods_positive"),
        ),
        migrations.AddConstraint(
            model_name="relocation",
            constraint=models.UniqueConstraint(
                fields=("site", "number_year", "number_sequence"), name="relocation_number_once_per_site_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="relocation",
            constraint=models.CheckConstraint(
                condition=models.Q(("number_sequence__gt", 0)), name="relocation_number_from_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="relocationline",
            constraint=models.UniqueConstraint(fields=("relocation", "row"), name="relocation_line_once"),
        ),
        migrations.AddConstraint(
            model_name="relocationline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)), name="relocation_line_quantity_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="relocationline",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_place", models.F("to_place")), _negated=True), name="relocation_line_moves"
            ),
        ),
        migrations.AddConstraint(
            model_name="stockcount",
            constraint=models.UniqueConstraint(
                fields=("site", "number_year", "number_sequence"), name="stockcount_number_once_per_site_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="stockcount",
            constraint=models.CheckConstraint(
                condition=models.Q(("number_sequence__gt", 0)), name="stockcount_number_from_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="stockcount",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("payment_key", ""), _negated=True),
                    models.Q(("state__in", ["reversed", "void"]), _negated=True),
                ),
                fields=("site", "payment_key"),
                name="stockcount_payment_once",
                violation_error_message="This payment stands on another document already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockcount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("prepared_by")), _negated=True),
                    _connector="OR",
                ),
                name="stock_count_approved_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockcountline",
            constraint=models.UniqueConstraint(fields=("stock_count", "place", "item"), name="stock_count_line_once"),
        ),
        migrations.AddConstraint(
            model_name="stockcountline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expected_quantity__gte", 0),
                    models.Q(("counted_quantity__isnull", True), ("counted_quantity__gte", 0), _connector="OR"),
                    models.Q(("recounted_quantity__isnull", True), ("recounted_quantity__gte", 0), _connector="OR"),
                ),
                name="stock_count_line_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockvariance",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity", 0), _negated=True), name="stock_variance_differs"
            ),
        ),
        migrations.AddConstraint(
            model_name="suspenseresolution",
            constraint=models.UniqueConstraint(
                fields=("site", "number_year", "number_sequence"),
                name="suspenseresolution_number_once_per_site_and_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspenseresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("number_sequence__gt", 0)), name="suspenseresolution_number_from_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="suspenseresolution",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("payment_key", ""), _negated=True),
                    models.Q(("state__in", ["reversed", "void"]), _negated=True),
                ),
                fields=("site", "payment_key"),
                name="suspenseresolution_payment_once",
                violation_error_message="This payment stands on another document already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspenseresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)), name="suspense_resolution_quantity_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="suspenseresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("prepared_by")), _negated=True),
                    _connector="OR",
                ),
                name="suspense_resolution_decided_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspenseresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="suspense_resolution_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="suspenseresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("to_place__isnull", False), ("way", "found")),
                    models.Q(models.Q(("way", "found"), _negated=True), ("to_place__isnull", True)),
                    _connector="OR",
                ),
                name="suspense_resolution_bin_where_found",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspenseresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("admission__isnull", False), ("way", "admitted")),
                    models.Q(models.Q(("way", "admitted"), _negated=True), ("admission__isnull", True)),
                    _connector="OR",
                ),
                name="suspense_resolution_names_admission",
            ),
        ),
        migrations.AddConstraint(
            model_name="undeclaredgoods",
            constraint=models.UniqueConstraint(fields=("admission", "row"), name="undeclared_goods_once"),
        ),
        migrations.AddConstraint(
            model_name="undeclaredgoods",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)), name="undeclared_goods_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawal",
            constraint=models.UniqueConstraint(
                fields=("site", "number_year", "number_sequence"), name="withdrawal_number_once_per_site_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawal",
            constraint=models.CheckConstraint(
                condition=models.Q(("number_sequence__gt", 0)), name="withdrawal_number_from_1"
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
                violation_error_message="This payment stands on another document already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepted_by__isnull", True),
                    models.Q(("accepted_by", models.F("prepared_by")), _negated=True),
                    _connector="OR",
                ),
                name="withdrawal_accepted_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawalline",
            constraint=models.UniqueConstraint(fields=("withdrawal", "row"), name="withdrawal_line_once"),
        ),
        migrations.AddConstraint(
            model_name="withdrawalline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)), name="withdrawal_line_quantity_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawalline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("identification", "named"), ("lot__isnull", False)),
                    models.Q(models.Q(("identification", "named"), _negated=True), ("lot__isnull", True)),
                    _connector="OR",
                ),
                name="withdrawal_line_names_its_lot",
                violation_error_message="Name the lot, or choose first in or first expired.",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawalpick",
            constraint=models.UniqueConstraint(fields=("line", "lot", "place"), name="withdrawal_pick_once"),
        ),
        migrations.AddConstraint(
            model_name="withdrawalpick",
            constraint=models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="withdrawal_pick_positive"),
        ),
    ]
