import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0001_initial"),
        ("registry", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Lot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="quantity")),
                ("net_mass_kg", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="net mass (kg)")),
                (
                    "customs_value_cny",
                    models.DecimalField(decimal_places=2, max_digits=18, verbose_name="customs value (CNY)"),
                ),
                ("duty_cny", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="suspended duty (CNY)")),
                (
                    "consumption_tax_cny",
                    models.DecimalField(
                        decimal_places=2, max_digits=18, verbose_name="suspended consumption tax (CNY)"
                    ),
                ),
                ("vat_cny", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="suspended VAT (CNY)")),
                ("number", models.CharField(max_length=60, verbose_name="lot number")),
                (
                    "customs_status",
                    models.CharField(
                        choices=[
                            ("bonded", "Bonded"),
                            ("unadmitted", "Found, not yet admitted"),
                            ("export_refunded", "Domestic, export tax refunded"),
                            ("duty_paid", "Duty paid"),
                        ],
                        max_length=20,
                        verbose_name="customs status",
                    ),
                ),
                ("origin", models.CharField(max_length=2, verbose_name="origin (ISO 3166)")),
                (
                    "hs_code",
                    models.CharField(db_default="", default="", max_length=6, verbose_name="HS code as declared"),
                ),
                (
                    "national_code",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        max_length=10,
                        verbose_name="national tariff code as declared",
                    ),
                ),
                (
                    "description",
                    models.CharField(db_default="", default="", max_length=200, verbose_name="description as declared"),
                ),
                ("admitted_date", models.DateField(verbose_name="admitted")),
                ("expiry_date", models.DateField(blank=True, null=True, verbose_name="expires")),
                ("document_kind", models.CharField(max_length=30, verbose_name="document kind")),
                ("document_id", models.BigIntegerField(verbose_name="document id")),
                ("document_number", models.CharField(max_length=40, verbose_name="document number")),
                (
                    "duty_rate",
                    models.DecimalField(decimal_places=6, default=0, max_digits=7, verbose_name="duty rate as booked"),
                ),
                (
                    "vat_rate",
                    models.DecimalField(decimal_places=6, default=0, max_digits=7, verbose_name="VAT rate as booked"),
                ),
                (
                    "consumption_tax_rate",
                    models.DecimalField(
                        decimal_places=6, default=0, max_digits=7, verbose_name="consumption tax rate as booked"
                    ),
                ),
                (
                    "consumption_tax_cny_per_unit",
                    models.DecimalField(
                        decimal_places=5,
                        default=0,
                        max_digits=12,
                        verbose_name="specific consumption tax as booked (CNY per unit)",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="registry.item",
                        verbose_name="item",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="registry.organisation",
                        verbose_name="goods owner",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="ledger.lot",
                        verbose_name="parent lot",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="registry.site",
                        verbose_name="site of admission",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.unit",
                        verbose_name="unit",
                    ),
                ),
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
                "verbose_name": "lot",
                "verbose_name_plural": "lots",
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="Closing",
            fields=[
                ("quantity", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="quantity")),
                ("net_mass_kg", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="net mass (kg)")),
                (
                    "customs_value_cny",
                    models.DecimalField(decimal_places=2, max_digits=18, verbose_name="customs value (CNY)"),
                ),
                ("duty_cny", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="suspended duty (CNY)")),
                (
                    "consumption_tax_cny",
                    models.DecimalField(
                        decimal_places=2, max_digits=18, verbose_name="suspended consumption tax (CNY)"
                    ),
                ),
                ("vat_cny", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="suspended VAT (CNY)")),
                ("journal", models.SmallIntegerField(choices=[(1, "Stock"), (2, "Customs")])),
                ("hold", models.SmallIntegerField(choices=[(1, "Free"), (2, "Reserved"), (3, "Blocked")])),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "lot_id",
                        "place_id",
                        "journal",
                        "hold",
                        "closed_through_date",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("closed_through_date", models.DateField()),
                (
                    "place",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.place",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.zone",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ledger.lot",
                    ),
                ),
            ],
            options={
                "verbose_name": "closing balance",
                "verbose_name_plural": "closing balances",
            },
        ),
        migrations.CreateModel(
            name="Balance",
            fields=[
                ("quantity", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="quantity")),
                ("net_mass_kg", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="net mass (kg)")),
                (
                    "customs_value_cny",
                    models.DecimalField(decimal_places=2, max_digits=18, verbose_name="customs value (CNY)"),
                ),
                ("duty_cny", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="suspended duty (CNY)")),
                (
                    "consumption_tax_cny",
                    models.DecimalField(
                        decimal_places=2, max_digits=18, verbose_name="suspended consumption tax (CNY)"
                    ),
                ),
                ("vat_cny", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="suspended VAT (CNY)")),
                ("journal", models.SmallIntegerField(choices=[(1, "Stock"), (2, "Customs")])),
                ("hold", models.SmallIntegerField(choices=[(1, "Free"), (2, "Reserved"), (3, "Blocked")])),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "lot_id",
                        "place_id",
                        "journal",
                        "hold",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("last_occurred_at", models.DateTimeField()),
                (
                    "place",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="balances",
                        to="registry.place",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.zone",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="balances",
                        to="ledger.lot",
                    ),
                ),
            ],
            options={
                "verbose_name": "balance",
                "verbose_name_plural": "balances",
            },
        ),
        migrations.CreateModel(
            name="Movement",
            fields=[
                ("quantity", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="quantity")),
                ("net_mass_kg", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="net mass (kg)")),
                (
                    "customs_value_cny",
                    models.DecimalField(decimal_places=2, max_digits=18, verbose_name="customs value (CNY)"),
                ),
                ("duty_cny", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="suspended duty (CNY)")),
                (
                    "consumption_tax_cny",
                    models.DecimalField(
                        decimal_places=2, max_digits=18, verbose_name="suspended consumption tax (CNY)"
                    ),
                ),
                ("vat_cny", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="suspended VAT (CNY)")),
                ("journal", models.SmallIntegerField(choices=[(1, "Stock"), (2, "Customs")])),
                ("hold", models.SmallIntegerField(choices=[(1, "Free"), (2, "Reserved"), (3, "Blocked")])),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "lot_id",
                        "place_id",
                        "journal",
                        "hold",
                        "customs_date",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("customs_date", models.DateField()),
                (
                    "lowest_quantity",
                    models.DecimalField(
                        decimal_places=5,
                        max_digits=18,
                        verbose_name="lowest quantity within the day, against its opening",
                    ),
                ),
                ("lowest_is_exact", models.BooleanField(default=True, verbose_name="lowest quantity is exact")),
                (
                    "lot",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ledger.lot",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.place",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.zone",
                    ),
                ),
            ],
            options={
                "verbose_name": "daily movement",
                "verbose_name_plural": "daily movements",
            },
        ),
        migrations.CreateModel(
            name="Period",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("closed_through_date", models.DateField(verbose_name="closed through")),
                ("closed_at", models.DateTimeField(verbose_name="closed at")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="closed by",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closed_periods",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
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
                "verbose_name": "closed period",
                "verbose_name_plural": "closed periods",
                "ordering": ("site", "-closed_through_date"),
            },
        ),
        migrations.CreateModel(
            name="Transaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("idempotency_key", models.CharField(max_length=120)),
                ("request_hash", models.BinaryField(max_length=32)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("admitted", "Admitted"),
                            ("transferred_in", "Transferred in"),
                            ("produced", "Produced"),
                            ("returned", "Returned"),
                            ("found", "Found"),
                            ("consumed", "Consumed"),
                            ("domestic_sale", "Domestic sale"),
                            ("re_exported", "Re-exported"),
                            ("transferred_out", "Transferred out"),
                            ("destroyed", "Destroyed"),
                            ("sampled", "Taken as samples"),
                            ("allowed_loss", "Allowed loss"),
                            ("adjusted", "Approved adjustment"),
                            ("relocated", "Relocated"),
                            ("reserved", "Reserved"),
                            ("unreserved", "Reservation lifted"),
                            ("blocked", "Blocked"),
                            ("unblocked", "Unblocked"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("document_kind", models.CharField(max_length=30, verbose_name="document kind")),
                ("document_id", models.BigIntegerField(verbose_name="document id")),
                ("document_number", models.CharField(max_length=40, verbose_name="document number")),
                ("occurred_at", models.DateTimeField(verbose_name="occurred")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                ("customs_date", models.DateField(verbose_name="customs date")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("reversal_of", models.BigIntegerField(blank=True, null=True, verbose_name="reverses transaction")),
                ("leaf_hash", models.BinaryField(max_length=32)),
                ("database_transaction", models.BigIntegerField()),
                (
                    "actor",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.site",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.zone",
                    ),
                ),
            ],
            options={
                "verbose_name": "ledger transaction",
                "verbose_name_plural": "ledger transactions",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("quantity", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="quantity")),
                ("net_mass_kg", models.DecimalField(decimal_places=5, max_digits=18, verbose_name="net mass (kg)")),
                (
                    "customs_value_cny",
                    models.DecimalField(decimal_places=2, max_digits=18, verbose_name="customs value (CNY)"),
                ),
                ("duty_cny", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="suspended duty (CNY)")),
                (
                    "consumption_tax_cny",
                    models.DecimalField(
                        decimal_places=2, max_digits=18, verbose_name="suspended consumption tax (CNY)"
                    ),
                ),
                ("vat_cny", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="suspended VAT (CNY)")),
                ("journal", models.SmallIntegerField(choices=[(1, "Stock"), (2, "Customs")])),
                ("hold", models.SmallIntegerField(choices=[(1, "Free"), (2, "Reserved"), (3, "Blocked")])),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "transaction_id", "line", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("line", models.IntegerField()),
                ("occurred_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "place",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.place",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.zone",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ledger.lot",
                    ),
                ),
                (
                    "transaction",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="entries",
                        to="ledger.transaction",
                    ),
                ),
            ],
            options={
                "verbose_name": "ledger entry",
                "verbose_name_plural": "ledger entries",
                "ordering": ("transaction_id", "line"),
            },
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.UniqueConstraint(fields=("zone", "number"), name="lot_number_once_per_zone"),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("customs_value_cny__gte", 0),
                    ("duty_cny__gte", 0),
                    ("net_mass_kg__gte", 0),
                    ("quantity__gt", 0),
                    ("consumption_tax_cny__gte", 0),
                    ("vat_cny__gte", 0),
                ),
                name="lot_measures_not_negative",
            ),
        ),
        migrations.AddIndex(
            model_name="closing",
            index=django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True,
                fields=["closed_through_date"],
                name="ledger_closing_days",
                opclasses=["date_minmax_multi_ops"],
                pages_per_range=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="balance",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.GreaterThanOrEqual(
                    django.db.models.functions.comparison.Least(
                        "quantity", "net_mass_kg", "customs_value_cny", "duty_cny", "consumption_tax_cny", "vat_cny"
                    ),
                    0,
                ),
                name="ledger_balance_floor",
            ),
        ),
        migrations.AddConstraint(
            model_name="balance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quantity__gt", 0),
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.comparison.Greatest(
                            "net_mass_kg", "customs_value_cny", "duty_cny", "consumption_tax_cny", "vat_cny"
                        ),
                        0,
                    ),
                    _connector="OR",
                ),
                name="ledger_balance_nothing_left_behind",
            ),
        ),
        migrations.AddIndex(
            model_name="movement",
            index=django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True,
                fields=["customs_date"],
                name="ledger_movement_days",
                opclasses=["date_minmax_multi_ops"],
                pages_per_range=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.UniqueConstraint(
                fields=("site", "closed_through_date"), name="ledger_period_closed_once"
            ),
        ),
        migrations.AddIndex(
            model_name="transaction",
            index=models.Index(fields=["document_kind", "document_id"], name="ledger_transaction_document"),
        ),
        migrations.AddIndex(
            model_name="transaction",
            index=django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True,
                fields=["occurred_at"],
                name="ledger_transaction_times",
                opclasses=["timestamptz_minmax_multi_ops"],
                pages_per_range=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="transaction",
            constraint=models.UniqueConstraint(
                fields=("zone", "idempotency_key"), name="ledger_transaction_posts_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="transaction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reversal_of__isnull", False)),
                fields=("reversal_of",),
                name="ledger_transaction_reversed_once",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["lot", "place", "journal", "hold", "occurred_at", "recorded_at"], name="ledger_entry_account"
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True,
                fields=["occurred_at", "recorded_at"],
                name="ledger_entry_times",
                opclasses=["timestamptz_minmax_multi_ops", "timestamptz_minmax_multi_ops"],
                pages_per_range=16,
            ),
        ),
    ]
