import uuid
from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import simple_history.models
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

import fuel.models.flight_numbers
import registry.countries
import registry.currencies
import registry.key_fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("customs", "0001_initial"),
        ("ledger", "0001_initial"),
        ("registry", "0001_initial"),
        ("registry", "__first__"),
    ]

    operations = [
        # A trusted extension: whoever owns the database may create it.
        BtreeGistExtension(),
        migrations.CreateModel(
            name="PriceIndex",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "currency",
                    models.CharField(
                        default="USD",
                        max_length=3,
                        validators=[registry.currencies.check_currency],
                        verbose_name="currency (ISO 4217)",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[("bbl", "barrel"), ("t", "tonne")],
                        default="bbl",
                        max_length=3,
                        verbose_name="price per",
                    ),
                ),
            ],
            options={
                "verbose_name": "price index",
                "verbose_name_plural": "price indices",
                "db_table_comment": "Published prices of jet fuel.",
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="DeliveryTicket",
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
                    "standard",
                    models.CharField(
                        choices=[("1980", "API MPMS 11.1-1980, Tables 53B and 54B"), ("2004", "API MPMS 11.1-2004")],
                        max_length=4,
                        verbose_name="standard",
                    ),
                ),
                (
                    "vcf_decimals",
                    models.PositiveSmallIntegerField(
                        default=4, verbose_name="decimals of the volume correction factor"
                    ),
                ),
                (
                    "base",
                    models.CharField(
                        choices=[("15C", "15 °C"), ("20C", "20 °C"), ("60F", "60 °F")],
                        default="15C",
                        max_length=3,
                        verbose_name="base temperature",
                    ),
                ),
                (
                    "mass_in",
                    models.CharField(
                        choices=[("vacuum", "in vacuum"), ("air", "in air")],
                        default="vacuum",
                        max_length=6,
                        verbose_name="mass",
                    ),
                ),
                (
                    "litres_observed",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=18, null=True, verbose_name="litres observed"
                    ),
                ),
                (
                    "celsius",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="temperature (°C)"
                    ),
                ),
                (
                    "density_at_base",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=7, null=True, verbose_name="density at base (kg/m³)"
                    ),
                ),
                (
                    "vcf",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        editable=False,
                        max_digits=7,
                        null=True,
                        verbose_name="volume correction factor",
                    ),
                ),
                (
                    "litres_at_base",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        editable=False,
                        max_digits=18,
                        null=True,
                        verbose_name="litres at base",
                    ),
                ),
                (
                    "mass_kg",
                    models.DecimalField(
                        blank=True, decimal_places=3, editable=False, max_digits=18, null=True, verbose_name="mass (kg)"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("metered", "Metered"),
                            ("signed", "Signed"),
                            ("matched", "Matched"),
                            ("declared", "Declared"),
                            ("invoiced", "Invoiced"),
                            ("disputed", "Disputed"),
                            ("credited", "Credited"),
                            ("void", "Void"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("ticket_number", models.CharField(max_length=30, verbose_name="ticket number")),
                (
                    "ticket_key",
                    registry.key_fields.FoldedKeyField(
                        blank=True, db_default="", editable=False, max_length=60, of="ticket_number"
                    ),
                ),
                (
                    "ticket_twin_key",
                    registry.key_fields.TwinKeyField(
                        blank=True, db_default="", editable=False, max_length=60, of="ticket_number"
                    ),
                ),
                (
                    "flight_number",
                    models.CharField(
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(?:[A-Z]{3}|[A-Z][A-Z0-9]|[0-9][A-Z])[0-9]{1,4}[A-Z]?$",
                                "Write the designator of the airline and up to four digits, such as CA981.",
                            )
                        ],
                        verbose_name="flight",
                    ),
                ),
                (
                    "flight_key",
                    fuel.models.flight_numbers.FlightKeyField(
                        blank=True, db_default="", editable=False, max_length=60, of="flight_number"
                    ),
                ),
                ("flight_date", models.DateField(verbose_name="flight date")),
                (
                    "flight_type",
                    models.CharField(
                        choices=[
                            ("international", "International"),
                            ("regional", "Hong Kong, Macao or Taiwan"),
                            ("domestic", "Domestic"),
                        ],
                        max_length=15,
                        verbose_name="kind of flight",
                    ),
                ),
                (
                    "registration",
                    models.CharField(
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(?=.*[A-Z])(?:[A-Z0-9]{1,2}-[A-Z0-9]{1,5}|[A-Z][A-Z0-9]{2,6})$",
                                "Write the marks in capitals, such as B-2098.",
                            )
                        ],
                        verbose_name="registration",
                    ),
                ),
                ("aircraft_type", models.CharField(blank=True, max_length=4, verbose_name="aircraft type")),
                ("stand", models.CharField(blank=True, max_length=10, verbose_name="stand")),
                (
                    "customs_status",
                    models.CharField(
                        choices=[("bonded", "Bonded"), ("duty_paid", "Duty paid")],
                        max_length=20,
                        verbose_name="duty status",
                    ),
                ),
                (
                    "meter_start",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=13, null=True, verbose_name="meter start"
                    ),
                ),
                (
                    "meter_end",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=13, null=True, verbose_name="meter end"
                    ),
                ),
                (
                    "meter_factor",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        editable=False,
                        max_digits=6,
                        null=True,
                        verbose_name="meter factor",
                    ),
                ),
                (
                    "requested_litres",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=18,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.001"))],
                        verbose_name="litres requested",
                    ),
                ),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="fuelling began")),
                ("delivered_at", models.DateTimeField(verbose_name="fuelling ended")),
                ("signatory", models.CharField(blank=True, max_length=120, verbose_name="signed for the airline by")),
                ("signed_at", models.DateTimeField(editable=False, null=True, verbose_name="signed")),
                ("matched_at", models.DateTimeField(editable=False, null=True, verbose_name="matched")),
                (
                    "match_note",
                    models.CharField(
                        blank=True, editable=False, max_length=400, verbose_name="what explains the exceptions"
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        max_length=400,
                        verbose_name="what shows the corrected figures",
                    ),
                ),
                (
                    "airline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tickets",
                        to="registry.airline",
                        verbose_name="airline",
                    ),
                ),
                (
                    "airport",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.airport",
                        verbose_name="airport of uplift",
                    ),
                ),
                (
                    "destination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.airport",
                        verbose_name="destination",
                    ),
                ),
                (
                    "matched_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="matched by",
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
                    "replaces",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="fuel.deliveryticket",
                        verbose_name="replaces",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="fuelled by",
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
                    "vendor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tickets",
                        to="registry.organisation",
                        verbose_name="vendor",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery ticket",
                "verbose_name_plural": "delivery tickets",
                "db_table_comment": "Fuel delivered into one aircraft.",
                "ordering": ("-pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Defuel",
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
                    "standard",
                    models.CharField(
                        choices=[("1980", "API MPMS 11.1-1980, Tables 53B and 54B"), ("2004", "API MPMS 11.1-2004")],
                        max_length=4,
                        verbose_name="standard",
                    ),
                ),
                (
                    "vcf_decimals",
                    models.PositiveSmallIntegerField(
                        default=4, verbose_name="decimals of the volume correction factor"
                    ),
                ),
                (
                    "base",
                    models.CharField(
                        choices=[("15C", "15 °C"), ("20C", "20 °C"), ("60F", "60 °F")],
                        default="15C",
                        max_length=3,
                        verbose_name="base temperature",
                    ),
                ),
                (
                    "mass_in",
                    models.CharField(
                        choices=[("vacuum", "in vacuum"), ("air", "in air")],
                        default="vacuum",
                        max_length=6,
                        verbose_name="mass",
                    ),
                ),
                (
                    "litres_observed",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=18, null=True, verbose_name="litres observed"
                    ),
                ),
                (
                    "celsius",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="temperature (°C)"
                    ),
                ),
                (
                    "density_at_base",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=7, null=True, verbose_name="density at base (kg/m³)"
                    ),
                ),
                (
                    "vcf",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        editable=False,
                        max_digits=7,
                        null=True,
                        verbose_name="volume correction factor",
                    ),
                ),
                (
                    "litres_at_base",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        editable=False,
                        max_digits=18,
                        null=True,
                        verbose_name="litres at base",
                    ),
                ),
                (
                    "mass_kg",
                    models.DecimalField(
                        blank=True, decimal_places=3, editable=False, max_digits=18, null=True, verbose_name="mass (kg)"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "Held for quality"),
                            ("released", "Released into stock"),
                            ("slopped", "To slops"),
                            ("void", "Void"),
                        ],
                        default="held",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("defuelled_at", models.DateTimeField(verbose_name="defuelled")),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided")),
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
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="defuels",
                        to="fuel.deliveryticket",
                        verbose_name="ticket",
                    ),
                ),
            ],
            options={
                "verbose_name": "defuel",
                "verbose_name_plural": "defuels",
                "db_table_comment": "Fuel that came back from an aircraft.",
                "ordering": ("-pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Charge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("uplift", "Uplift"),
                            ("defuel", "Defuel"),
                            ("credit", "Credit"),
                            ("rebill", "Rebill"),
                            ("part", "Part credit"),
                            ("manual", "Manual"),
                        ],
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="reason")),
                ("flight_number", models.CharField(max_length=10, verbose_name="flight")),
                ("flight_date", models.DateField(verbose_name="flight date")),
                ("registration", models.CharField(max_length=10, verbose_name="registration")),
                ("aircraft_type", models.CharField(blank=True, max_length=4, verbose_name="aircraft type")),
                ("delivered_at", models.DateTimeField(verbose_name="fuelling ended")),
                (
                    "customs_status",
                    models.CharField(
                        blank=True,
                        choices=[("bonded", "Bonded"), ("duty_paid", "Duty paid")],
                        max_length=20,
                        verbose_name="duty status",
                    ),
                ),
                (
                    "litres_observed",
                    models.DecimalField(decimal_places=3, max_digits=18, verbose_name="litres observed"),
                ),
                (
                    "celsius",
                    models.DecimalField(decimal_places=2, max_digits=6, null=True, verbose_name="temperature (°C)"),
                ),
                (
                    "density_at_base",
                    models.DecimalField(
                        decimal_places=1, max_digits=7, null=True, verbose_name="density at base (kg/m³)"
                    ),
                ),
                (
                    "base",
                    models.CharField(
                        choices=[("15C", "15 °C"), ("20C", "20 °C"), ("60F", "60 °F")],
                        max_length=3,
                        verbose_name="base temperature",
                    ),
                ),
                ("litres_at_base", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="litres at base")),
                ("mass_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="mass (kg)")),
                (
                    "us_gallons_observed",
                    models.DecimalField(
                        db_column="us_gallons", decimal_places=3, max_digits=18, verbose_name="US gallons observed"
                    ),
                ),
                ("price_basis", models.CharField(max_length=120, verbose_name="price basis")),
                ("index_price", models.DecimalField(decimal_places=4, max_digits=12, null=True, verbose_name="index")),
                ("quotes", models.JSONField(db_default={}, default=dict, verbose_name="quotes of the average")),
                (
                    "index_unit",
                    models.CharField(
                        blank=True,
                        choices=[("bbl", "barrel"), ("t", "tonne")],
                        db_default="",
                        max_length=3,
                        verbose_name="index per",
                    ),
                ),
                (
                    "differential",
                    models.DecimalField(decimal_places=4, max_digits=10, null=True, verbose_name="differential"),
                ),
                (
                    "differential_unit",
                    models.CharField(
                        blank=True,
                        choices=[("bbl", "barrel"), ("t", "tonne")],
                        db_default="",
                        max_length=3,
                        verbose_name="differential per",
                    ),
                ),
                (
                    "barrels_per_tonne",
                    models.DecimalField(decimal_places=4, max_digits=6, null=True, verbose_name="barrels per tonne"),
                ),
                (
                    "into_plane_fee_per_tonne",
                    models.DecimalField(decimal_places=2, max_digits=10, verbose_name="into-plane fee per tonne"),
                ),
                ("unit_price", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="price per tonne")),
                (
                    "currency",
                    models.CharField(
                        max_length=3,
                        validators=[registry.currencies.check_currency],
                        verbose_name="currency (ISO 4217)",
                    ),
                ),
                (
                    "exchange_rate_cny_per_unit",
                    models.DecimalField(decimal_places=6, max_digits=14, verbose_name="exchange rate (CNY)"),
                ),
                (
                    "net_amount",
                    models.DecimalField(db_column="amount", decimal_places=2, max_digits=18, verbose_name="net"),
                ),
                ("vat_rate", models.DecimalField(decimal_places=6, max_digits=7, null=True, verbose_name="VAT rate")),
                ("vat_amount", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="VAT")),
                ("amount_cny", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="total (CNY)")),
                (
                    "duty_paid_cny_per_tonne",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, null=True, verbose_name="duty-paid price (CNY/t)"
                    ),
                ),
                (
                    "duty_paid_has_fee",
                    models.BooleanField(null=True, verbose_name="the duty-paid price has the into-plane fee in it"),
                ),
                ("duty_paid_from_date", models.DateField(null=True, verbose_name="duty-paid price valid from")),
                (
                    "duty_paid_source",
                    models.CharField(
                        blank=True, db_default="", max_length=120, verbose_name="source of the duty-paid price"
                    ),
                ),
                (
                    "duty_paid_cny",
                    models.DecimalField(decimal_places=2, max_digits=18, verbose_name="at the duty-paid price (CNY)"),
                ),
                (
                    "saving_duty_cny",
                    models.DecimalField(decimal_places=2, max_digits=18, verbose_name="saved duty (CNY)"),
                ),
                (
                    "saving_consumption_tax_cny",
                    models.DecimalField(decimal_places=2, max_digits=18, verbose_name="saved consumption tax (CNY)"),
                ),
                (
                    "saving_vat_cny",
                    models.DecimalField(decimal_places=2, max_digits=18, verbose_name="saved VAT (CNY)"),
                ),
                (
                    "saving_price_cny",
                    models.DecimalField(decimal_places=2, max_digits=18, verbose_name="saved by price (CNY)"),
                ),
                ("due_date", models.DateField(verbose_name="due")),
                (
                    "customs_reference",
                    models.CharField(blank=True, max_length=40, verbose_name="customs declaration number"),
                ),
                ("charged_at", models.DateTimeField(verbose_name="charged")),
                (
                    "airline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fuel_charges",
                        to="registry.airline",
                        verbose_name="airline",
                    ),
                ),
                (
                    "airport",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.airport",
                        verbose_name="airport of uplift",
                    ),
                ),
                (
                    "charged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="charged by",
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="fuel.charge",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "destination",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.airport",
                        verbose_name="destination",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fuel_charges",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
                (
                    "defuel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charges",
                        to="fuel.defuel",
                        verbose_name="defuel",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charges",
                        to="fuel.deliveryticket",
                        verbose_name="ticket",
                    ),
                ),
            ],
            options={
                "verbose_name": "charge",
                "verbose_name_plural": "charges",
                "db_table_comment": "An amount that an airline owes or gets back, with every figure behind it.",
                "ordering": ("delivered_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Dispute",
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
                            ("open", "Waits for an answer"),
                            ("answered", "Answered"),
                            ("credited", "Credited"),
                            ("refused", "Charge stands"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("quantity", "Quantity"),
                            ("price", "Price"),
                            ("duplicate", "Charged twice"),
                            ("flight", "Not our flight or aircraft"),
                            ("tax", "Duty or tax"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                        verbose_name="ground",
                    ),
                ),
                (
                    "claimed_amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=18,
                        null=True,
                        verbose_name="claimed amount",
                    ),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided")),
                (
                    "airline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="registry.airline",
                        verbose_name="airline",
                    ),
                ),
                (
                    "charge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="fuel.charge",
                        verbose_name="charge",
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
                "verbose_name": "dispute",
                "verbose_name_plural": "disputes",
                "db_table_comment": "An airline's objection to one charge of a statement.",
                "ordering": ("-pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DisputeMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_of_airline", models.BooleanField(verbose_name="by the airline")),
                ("text", models.TextField(max_length=4000, verbose_name="message")),
                ("written_at", models.DateTimeField(verbose_name="written")),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="fuel.dispute",
                        verbose_name="dispute",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "db_table_comment": "What the airline or the supplier said about a dispute.",
                "ordering": ("dispute", "pk"),
            },
        ),
        migrations.CreateModel(
            name="DisputeAttachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="file name")),
                ("content_type", models.CharField(max_length=40, verbose_name="content type")),
                ("content", models.BinaryField(verbose_name="content")),
                ("sha256", models.BinaryField(max_length=32, verbose_name="SHA-256")),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="fuel.disputemessage",
                        verbose_name="message",
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment of a dispute",
                "verbose_name_plural": "attachments of disputes",
                "db_table_comment": "A picture or PDF that came with a message of a dispute.",
                "ordering": ("message", "pk"),
            },
        ),
        migrations.CreateModel(
            name="FuelConsignment",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("advised", "Advised"),
                            ("returned", "Returned for correction"),
                            ("accepted", "Accepted by customs"),
                            ("gauged", "Gauged, awaiting release"),
                            ("held", "Held for quality"),
                            ("released", "Released"),
                            ("reversed", "Reversed"),
                            ("void", "Void"),
                        ],
                        default="advised",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                (
                    "customs_status",
                    models.CharField(
                        choices=[("bonded", "Bonded"), ("duty_paid", "Duty paid")],
                        max_length=20,
                        verbose_name="duty status",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("abroad", "From abroad"),
                            ("domestic", "Domestic market"),
                            ("other_site", "Another site"),
                        ],
                        max_length=20,
                        verbose_name="source",
                    ),
                ),
                (
                    "transport",
                    models.CharField(
                        choices=[("rail", "Rail tank cars"), ("pipeline", "Pipeline"), ("road", "Road tankers")],
                        max_length=10,
                        verbose_name="transport",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        max_length=2, validators=[registry.countries.check_country], verbose_name="origin (ISO 3166)"
                    ),
                ),
                (
                    "declaration_number",
                    models.CharField(blank=True, max_length=40, verbose_name="customs declaration number"),
                ),
                ("bonded_note_number", models.CharField(blank=True, max_length=40, verbose_name="bonded note number")),
                (
                    "vehicles",
                    models.CharField(blank=True, max_length=400, verbose_name="tank cars, pipeline batch or vehicles"),
                ),
                ("seals", models.CharField(blank=True, max_length=400, verbose_name="seals")),
                (
                    "document_mass_kg",
                    models.DecimalField(decimal_places=3, max_digits=18, verbose_name="mass by document (kg)"),
                ),
                (
                    "document_litres_15c",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=18,
                        null=True,
                        verbose_name="litres at 15 °C by document",
                    ),
                ),
                (
                    "document_density_15c",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=7,
                        null=True,
                        verbose_name="density at 15 °C by document (kg/m³)",
                    ),
                ),
                (
                    "invoice_value",
                    models.DecimalField(decimal_places=2, default=0, max_digits=18, verbose_name="invoice value, CIF"),
                ),
                (
                    "currency",
                    models.CharField(
                        default="CNY",
                        max_length=3,
                        validators=[registry.currencies.check_currency],
                        verbose_name="currency (ISO 4217)",
                    ),
                ),
                (
                    "exchange_rate_cny_per_unit",
                    models.DecimalField(
                        decimal_places=6, editable=False, max_digits=14, null=True, verbose_name="exchange rate (CNY)"
                    ),
                ),
                (
                    "loss_tolerance_percent",
                    models.DecimalField(
                        decimal_places=3,
                        default=0,
                        max_digits=6,
                        verbose_name="tolerated transport loss (% of the document)",
                    ),
                ),
                (
                    "certificate_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("rcq", "Refinery certificate of quality"),
                            ("coa", "Certificate of analysis"),
                            ("rc", "Recertification test certificate"),
                        ],
                        max_length=5,
                        verbose_name="quality certificate",
                    ),
                ),
                (
                    "certificate_number",
                    models.CharField(blank=True, max_length=60, verbose_name="number of the quality certificate"),
                ),
                ("specification", models.CharField(blank=True, max_length=60, verbose_name="specification")),
                ("batch_number", models.CharField(blank=True, max_length=60, verbose_name="batch number")),
                (
                    "received_mass_kg",
                    models.DecimalField(
                        decimal_places=3, editable=False, max_digits=18, null=True, verbose_name="mass received (kg)"
                    ),
                ),
                ("accepted_at", models.DateTimeField(editable=False, null=True, verbose_name="accepted")),
                (
                    "is_entered_for_customs",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="entered for customs"
                    ),
                ),
                ("received_at", models.DateTimeField(editable=False, null=True, verbose_name="received")),
                ("released_at", models.DateTimeField(editable=False, null=True, verbose_name="released")),
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fuel_consignments",
                        to="customs.accountbook",
                        verbose_name="account book",
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
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="prepared by",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.item",
                        verbose_name="product",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="measured by",
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
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fuel_consignments",
                        to="registry.organisation",
                        verbose_name="supplier",
                    ),
                ),
            ],
            options={
                "verbose_name": "fuel consignment",
                "verbose_name_plural": "fuel consignments",
                "db_table_comment": "One lot of fuel under one declaration, measured into tanks.",
                "ordering": ("-pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FuelContract",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="contract number")),
                (
                    "number_key",
                    registry.key_fields.FoldedKeyField(
                        blank=True, db_default="", editable=False, max_length=60, of="number"
                    ),
                ),
                ("valid_from_date", models.DateField(verbose_name="valid from")),
                ("valid_to_date", models.DateField(blank=True, null=True, verbose_name="valid to")),
                (
                    "averaging",
                    models.CharField(
                        choices=[
                            ("day_before", "The last quote before the day"),
                            ("week_before", "The calendar week before"),
                            ("month_before", "The calendar month before"),
                            ("month", "The calendar month of delivery"),
                        ],
                        max_length=12,
                        verbose_name="averaging period",
                    ),
                ),
                (
                    "publication_lag_days",
                    models.PositiveSmallIntegerField(default=0, verbose_name="publication lag (days)"),
                ),
                (
                    "differential",
                    models.DecimalField(decimal_places=4, default=0, max_digits=10, verbose_name="differential"),
                ),
                (
                    "differential_unit",
                    models.CharField(
                        choices=[("bbl", "barrel"), ("t", "tonne")],
                        default="bbl",
                        max_length=3,
                        verbose_name="differential per",
                    ),
                ),
                (
                    "barrels_per_tonne",
                    models.DecimalField(
                        decimal_places=4, default=Decimal("7.9"), max_digits=6, verbose_name="barrels per tonne"
                    ),
                ),
                (
                    "into_plane_fee_per_tonne",
                    models.DecimalField(decimal_places=2, max_digits=10, verbose_name="into-plane fee per tonne"),
                ),
                ("payment_days", models.PositiveSmallIntegerField(default=30, verbose_name="payment term (days)")),
                (
                    "airline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fuel_contracts",
                        to="registry.airline",
                        verbose_name="airline",
                    ),
                ),
                (
                    "airport",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.airport",
                        verbose_name="airport",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fuel_contracts",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
                (
                    "index",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to="fuel.priceindex",
                        verbose_name="price index",
                    ),
                ),
            ],
            options={
                "verbose_name": "fuel contract",
                "verbose_name_plural": "fuel contracts",
                "db_table_comment": "What an airline pays at an airport, from a day to another.",
                "ordering": ("airline", "airport", "-valid_from_date"),
            },
        ),
        migrations.AddField(
            model_name="charge",
            name="contract",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="charges",
                to="fuel.fuelcontract",
                verbose_name="contract",
            ),
        ),
        migrations.CreateModel(
            name="FuelLimits",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "specification",
                    models.CharField(default="DEF STAN 91-091", max_length=60, verbose_name="specification"),
                ),
                (
                    "density_base",
                    models.CharField(
                        choices=[("15C", "15 °C"), ("20C", "20 °C"), ("60F", "60 °F")],
                        default="15C",
                        max_length=3,
                        verbose_name="density base temperature",
                    ),
                ),
                (
                    "lowest_density",
                    models.DecimalField(
                        decimal_places=1, default=Decimal("775.0"), max_digits=6, verbose_name="lowest density (kg/m³)"
                    ),
                ),
                (
                    "highest_density",
                    models.DecimalField(
                        decimal_places=1, default=Decimal("840.0"), max_digits=6, verbose_name="highest density (kg/m³)"
                    ),
                ),
                (
                    "lowest_celsius",
                    models.DecimalField(
                        decimal_places=1, default=Decimal("-40"), max_digits=5, verbose_name="lowest temperature (°C)"
                    ),
                ),
                (
                    "highest_celsius",
                    models.DecimalField(
                        decimal_places=1, default=Decimal("50"), max_digits=5, verbose_name="highest temperature (°C)"
                    ),
                ),
                (
                    "largest_uplift_litres",
                    models.DecimalField(
                        decimal_places=3,
                        default=Decimal("240000"),
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(Decimal("1"))],
                        verbose_name="largest delivery (L)",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.item",
                        verbose_name="product",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fuel_limits",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "limits of plausibility",
                "verbose_name_plural": "limits of plausibility",
                "db_table_comment": "Between which figures a delivery of a product is plausible at a site.",
                "ordering": ("site", "product"),
            },
        ),
        migrations.CreateModel(
            name="FuelPayment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("received_date", models.DateField(verbose_name="received")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="amount")),
                (
                    "currency",
                    models.CharField(
                        max_length=3,
                        validators=[registry.currencies.check_currency],
                        verbose_name="currency (ISO 4217)",
                    ),
                ),
                ("reference", models.CharField(max_length=60, verbose_name="reference of the bank")),
                (
                    "reference_key",
                    registry.key_fields.FoldedKeyField(
                        blank=True, db_default="", editable=False, max_length=120, of="reference"
                    ),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                (
                    "airline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fuel_payments",
                        to="registry.airline",
                        verbose_name="airline",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fuel_payments",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "payment",
                "verbose_name_plural": "payments",
                "db_table_comment": "Money that came from an airline.",
                "ordering": ("-received_date", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalDutyPaidPrice",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("valid_from_date", models.DateField(verbose_name="valid from")),
                (
                    "price_cny_per_tonne",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="price (CNY/t)"),
                ),
                (
                    "has_into_plane_fee",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Delivered into the aircraft; else the fee of the contract is added to it.",
                        verbose_name="has the into-plane fee in it",
                    ),
                ),
                ("source", models.CharField(max_length=120, verbose_name="source")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "airport",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.airport",
                        verbose_name="airport",
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
            ],
            options={
                "verbose_name": "historical duty-paid price",
                "verbose_name_plural": "historical duty-paid prices",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFlightRecord",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "flight_number",
                    models.CharField(
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(?:[A-Z]{3}|[A-Z][A-Z0-9]|[0-9][A-Z])[0-9]{1,4}[A-Z]?$",
                                "Write the designator of the airline and up to four digits, such as CA981.",
                            )
                        ],
                        verbose_name="flight",
                    ),
                ),
                ("flight_date", models.DateField(verbose_name="flight date")),
                (
                    "registration",
                    models.CharField(
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(?=.*[A-Z])(?:[A-Z0-9]{1,2}-[A-Z0-9]{1,5}|[A-Z][A-Z0-9]{2,6})$",
                                "Write the marks in capitals, such as B-2098.",
                            )
                        ],
                        verbose_name="registration",
                    ),
                ),
                (
                    "litres_reported",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=18, null=True, verbose_name="litres by the airline"
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=120, verbose_name="source")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "airline",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.airline",
                        verbose_name="airline",
                    ),
                ),
                (
                    "destination",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.airport",
                        verbose_name="destination",
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
                "verbose_name": "historical flight record",
                "verbose_name_plural": "historical flight records",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFuelConsignment",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("advised", "Advised"),
                            ("returned", "Returned for correction"),
                            ("accepted", "Accepted by customs"),
                            ("gauged", "Gauged, awaiting release"),
                            ("held", "Held for quality"),
                            ("released", "Released"),
                            ("reversed", "Reversed"),
                            ("void", "Void"),
                        ],
                        default="advised",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                (
                    "customs_status",
                    models.CharField(
                        choices=[("bonded", "Bonded"), ("duty_paid", "Duty paid")],
                        max_length=20,
                        verbose_name="duty status",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("abroad", "From abroad"),
                            ("domestic", "Domestic market"),
                            ("other_site", "Another site"),
                        ],
                        max_length=20,
                        verbose_name="source",
                    ),
                ),
                (
                    "transport",
                    models.CharField(
                        choices=[("rail", "Rail tank cars"), ("pipeline", "Pipeline"), ("road", "Road tankers")],
                        max_length=10,
                        verbose_name="transport",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        max_length=2, validators=[registry.countries.check_country], verbose_name="origin (ISO 3166)"
                    ),
                ),
                (
                    "declaration_number",
                    models.CharField(blank=True, max_length=40, verbose_name="customs declaration number"),
                ),
                ("bonded_note_number", models.CharField(blank=True, max_length=40, verbose_name="bonded note number")),
                (
                    "vehicles",
                    models.CharField(blank=True, max_length=400, verbose_name="tank cars, pipeline batch or vehicles"),
                ),
                ("seals", models.CharField(blank=True, max_length=400, verbose_name="seals")),
                (
                    "document_mass_kg",
                    models.DecimalField(decimal_places=3, max_digits=18, verbose_name="mass by document (kg)"),
                ),
                (
                    "document_litres_15c",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=18,
                        null=True,
                        verbose_name="litres at 15 °C by document",
                    ),
                ),
                (
                    "document_density_15c",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=7,
                        null=True,
                        verbose_name="density at 15 °C by document (kg/m³)",
                    ),
                ),
                (
                    "invoice_value",
                    models.DecimalField(decimal_places=2, default=0, max_digits=18, verbose_name="invoice value, CIF"),
                ),
                (
                    "currency",
                    models.CharField(
                        default="CNY",
                        max_length=3,
                        validators=[registry.currencies.check_currency],
                        verbose_name="currency (ISO 4217)",
                    ),
                ),
                (
                    "exchange_rate_cny_per_unit",
                    models.DecimalField(
                        decimal_places=6, editable=False, max_digits=14, null=True, verbose_name="exchange rate (CNY)"
                    ),
                ),
                (
                    "loss_tolerance_percent",
                    models.DecimalField(
                        decimal_places=3,
                        default=0,
                        max_digits=6,
                        verbose_name="tolerated transport loss (% of the document)",
                    ),
                ),
                (
                    "certificate_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("rcq", "Refinery certificate of quality"),
                            ("coa", "Certificate of analysis"),
                            ("rc", "Recertification test certificate"),
                        ],
                        max_length=5,
                        verbose_name="quality certificate",
                    ),
                ),
                (
                    "certificate_number",
                    models.CharField(blank=True, max_length=60, verbose_name="number of the quality certificate"),
                ),
                ("specification", models.CharField(blank=True, max_length=60, verbose_name="specification")),
                ("batch_number", models.CharField(blank=True, max_length=60, verbose_name="batch number")),
                (
                    "received_mass_kg",
                    models.DecimalField(
                        decimal_places=3, editable=False, max_digits=18, null=True, verbose_name="mass received (kg)"
                    ),
                ),
                ("accepted_at", models.DateTimeField(editable=False, null=True, verbose_name="accepted")),
                (
                    "is_entered_for_customs",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="entered for customs"
                    ),
                ),
                ("received_at", models.DateTimeField(editable=False, null=True, verbose_name="received")),
                ("released_at", models.DateTimeField(editable=False, null=True, verbose_name="released")),
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
                    "lot",
                    models.ForeignKey(
                        blank=True,
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
                    "product",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.item",
                        verbose_name="product",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="measured by",
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
                (
                    "supplier",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="supplier",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical fuel consignment",
                "verbose_name_plural": "historical fuel consignments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFuelLimits",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "specification",
                    models.CharField(default="DEF STAN 91-091", max_length=60, verbose_name="specification"),
                ),
                (
                    "density_base",
                    models.CharField(
                        choices=[("15C", "15 °C"), ("20C", "20 °C"), ("60F", "60 °F")],
                        default="15C",
                        max_length=3,
                        verbose_name="density base temperature",
                    ),
                ),
                (
                    "lowest_density",
                    models.DecimalField(
                        decimal_places=1, default=Decimal("775.0"), max_digits=6, verbose_name="lowest density (kg/m³)"
                    ),
                ),
                (
                    "highest_density",
                    models.DecimalField(
                        decimal_places=1, default=Decimal("840.0"), max_digits=6, verbose_name="highest density (kg/m³)"
                    ),
                ),
                (
                    "lowest_celsius",
                    models.DecimalField(
                        decimal_places=1, default=Decimal("-40"), max_digits=5, verbose_name="lowest temperature (°C)"
                    ),
                ),
                (
                    "highest_celsius",
                    models.DecimalField(
                        decimal_places=1, default=Decimal("50"), max_digits=5, verbose_name="highest temperature (°C)"
                    ),
                ),
                (
                    "largest_uplift_litres",
                    models.DecimalField(
                        decimal_places=3,
                        default=Decimal("240000"),
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(Decimal("1"))],
                        verbose_name="largest delivery (L)",
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
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.item",
                        verbose_name="product",
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
                "verbose_name": "historical limits of plausibility",
                "verbose_name_plural": "historical limits of plausibility",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalManualCharge",
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
                            ("asked", "Waits for approval"),
                            ("returned", "Returned for correction"),
                            ("charged", "Charged"),
                            ("void", "Void"),
                        ],
                        default="asked",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("from_date", models.DateField(verbose_name="from")),
                ("through_date", models.DateField(verbose_name="through")),
                ("description", models.CharField(max_length=120, verbose_name="what is charged")),
                ("reason", models.CharField(max_length=400, verbose_name="reason")),
                ("net_amount", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="net")),
                ("vat_rate", models.DecimalField(decimal_places=6, max_digits=7, verbose_name="VAT rate")),
                ("vat_amount", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="VAT")),
                (
                    "currency",
                    models.CharField(
                        max_length=3,
                        validators=[registry.currencies.check_currency],
                        verbose_name="currency (ISO 4217)",
                    ),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="approved")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fuel.fuelcontract",
                        verbose_name="contract",
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
                        verbose_name="approved by",
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
                "verbose_name": "historical manual charge",
                "verbose_name_plural": "historical manual charges",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMeasurementBasis",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "standard",
                    models.CharField(
                        choices=[("1980", "API MPMS 11.1-1980, Tables 53B and 54B"), ("2004", "API MPMS 11.1-2004")],
                        max_length=4,
                        verbose_name="standard",
                    ),
                ),
                (
                    "vcf_decimals",
                    models.PositiveSmallIntegerField(
                        default=4, verbose_name="decimals of the volume correction factor"
                    ),
                ),
                (
                    "base",
                    models.CharField(
                        choices=[("15C", "15 °C"), ("20C", "20 °C"), ("60F", "60 °F")],
                        default="15C",
                        max_length=3,
                        verbose_name="base temperature",
                    ),
                ),
                (
                    "mass_in",
                    models.CharField(
                        choices=[("vacuum", "in vacuum"), ("air", "in air")],
                        default="vacuum",
                        max_length=6,
                        verbose_name="mass",
                    ),
                ),
                ("valid_from_date", models.DateField(verbose_name="valid from")),
                (
                    "agreed_in",
                    models.CharField(blank=True, max_length=120, verbose_name="agreed in (contract or notice)"),
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
                "verbose_name": "historical measurement basis",
                "verbose_name_plural": "historical measurement bases",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMeter",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="vehicle or pit")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("refueller", "Refueller"),
                            ("hydrant", "Hydrant dispenser"),
                            ("receipt", "Receipt meter"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "digits",
                    models.PositiveSmallIntegerField(
                        default=8,
                        validators=[
                            django.core.validators.MinValueValidator(4),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="digits of the totaliser",
                    ),
                ),
                ("is_open", models.BooleanField(default=True, verbose_name="in use")),
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
                "verbose_name": "historical meter",
                "verbose_name_plural": "historical meters",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMovementLimit",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("valid_from_date", models.DateField(verbose_name="valid from")),
                (
                    "drain_kg_per_act",
                    models.DecimalField(
                        decimal_places=3,
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="drain (kg per act)",
                    ),
                ),
                (
                    "drain_kg_per_day",
                    models.DecimalField(
                        decimal_places=3,
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="drains (kg per day)",
                    ),
                ),
                (
                    "sample_kg_per_act",
                    models.DecimalField(
                        decimal_places=3,
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="sample (kg per act)",
                    ),
                ),
                (
                    "sample_kg_per_day",
                    models.DecimalField(
                        decimal_places=3,
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="samples (kg per day)",
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
                "verbose_name": "historical limit of drains and samples",
                "verbose_name_plural": "historical limits of drains and samples",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPriceIndex",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("code", models.CharField(db_index=True, max_length=20, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "currency",
                    models.CharField(
                        default="USD",
                        max_length=3,
                        validators=[registry.currencies.check_currency],
                        verbose_name="currency (ISO 4217)",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[("bbl", "barrel"), ("t", "tonne")],
                        default="bbl",
                        max_length=3,
                        verbose_name="price per",
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
                "verbose_name": "historical price index",
                "verbose_name_plural": "historical price indices",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalReconciliationRule",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("valid_from_date", models.DateField(verbose_name="valid from")),
                (
                    "split_by",
                    models.CharField(
                        choices=[
                            ("issues", "By issues"),
                            ("book", "By book stock"),
                            ("one_status", "All to one status"),
                        ],
                        max_length=12,
                        verbose_name="gain and loss are shared",
                    ),
                ),
                (
                    "all_to_status",
                    models.CharField(
                        blank=True,
                        choices=[("bonded", "Bonded"), ("duty_paid", "Duty paid")],
                        max_length=20,
                        verbose_name="status that bears all",
                    ),
                ),
                (
                    "tolerance_percent_of_issues",
                    models.DecimalField(
                        decimal_places=3,
                        max_digits=6,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="tolerance (% of issues)",
                    ),
                ),
                (
                    "tolerance_percent_of_throughput",
                    models.DecimalField(
                        decimal_places=3,
                        max_digits=6,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="tolerance (% of opening and receipts)",
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
                "verbose_name": "historical reconciliation rule",
                "verbose_name_plural": "historical reconciliation rules",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalReliefRule",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("valid_from_date", models.DateField(verbose_name="valid from")),
                (
                    "nationality",
                    models.CharField(
                        choices=[("chinese", "Chinese carrier"), ("foreign", "Foreign carrier")],
                        max_length=10,
                        verbose_name="carrier",
                    ),
                ),
                (
                    "flight_type",
                    models.CharField(
                        choices=[
                            ("international", "International"),
                            ("regional", "Hong Kong, Macao or Taiwan"),
                            ("domestic", "Domestic"),
                        ],
                        max_length=15,
                        verbose_name="flight",
                    ),
                ),
                ("relieves_duty", models.BooleanField(default=False, verbose_name="relieved of duty")),
                (
                    "relieves_consumption_tax",
                    models.BooleanField(default=False, verbose_name="relieved of consumption tax"),
                ),
                ("relieves_vat", models.BooleanField(default=False, verbose_name="relieved of VAT")),
                ("legal_basis", models.CharField(blank=True, max_length=200, verbose_name="legal basis")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "airport",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.airport",
                        verbose_name="airport of uplift",
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
            ],
            options={
                "verbose_name": "historical relief rule",
                "verbose_name_plural": "historical relief rules",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalStatementRun",
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
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("from_date", models.DateField(verbose_name="from")),
                ("through_date", models.DateField(verbose_name="through")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
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
                "verbose_name": "historical statement run",
                "verbose_name_plural": "historical statement runs",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTankGroup",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("segregated", "Segregated: a tank has one duty status"),
                            ("book", "By book: statuses share a tank, the total is controlled"),
                        ],
                        max_length=12,
                        verbose_name="mode",
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
                "verbose_name": "historical tank group",
                "verbose_name_plural": "historical tank groups",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ManualCharge",
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
                            ("asked", "Waits for approval"),
                            ("returned", "Returned for correction"),
                            ("charged", "Charged"),
                            ("void", "Void"),
                        ],
                        default="asked",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("from_date", models.DateField(verbose_name="from")),
                ("through_date", models.DateField(verbose_name="through")),
                ("description", models.CharField(max_length=120, verbose_name="what is charged")),
                ("reason", models.CharField(max_length=400, verbose_name="reason")),
                ("net_amount", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="net")),
                ("vat_rate", models.DecimalField(decimal_places=6, max_digits=7, verbose_name="VAT rate")),
                ("vat_amount", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="VAT")),
                (
                    "currency",
                    models.CharField(
                        max_length=3,
                        validators=[registry.currencies.check_currency],
                        verbose_name="currency (ISO 4217)",
                    ),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="approved")),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="manual_charges",
                        to="fuel.fuelcontract",
                        verbose_name="contract",
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
                        verbose_name="approved by",
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
                "verbose_name": "manual charge",
                "verbose_name_plural": "manual charges",
                "db_table_comment": "What is charged to an airline, or given back, by hand.",
                "ordering": ("-pk",),
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="charge",
            name="manual",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="charges",
                to="fuel.manualcharge",
                verbose_name="manual charge",
            ),
        ),
        migrations.CreateModel(
            name="MeasurementBasis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "standard",
                    models.CharField(
                        choices=[("1980", "API MPMS 11.1-1980, Tables 53B and 54B"), ("2004", "API MPMS 11.1-2004")],
                        max_length=4,
                        verbose_name="standard",
                    ),
                ),
                (
                    "vcf_decimals",
                    models.PositiveSmallIntegerField(
                        default=4, verbose_name="decimals of the volume correction factor"
                    ),
                ),
                (
                    "base",
                    models.CharField(
                        choices=[("15C", "15 °C"), ("20C", "20 °C"), ("60F", "60 °F")],
                        default="15C",
                        max_length=3,
                        verbose_name="base temperature",
                    ),
                ),
                (
                    "mass_in",
                    models.CharField(
                        choices=[("vacuum", "in vacuum"), ("air", "in air")],
                        default="vacuum",
                        max_length=6,
                        verbose_name="mass",
                    ),
                ),
                ("valid_from_date", models.DateField(verbose_name="valid from")),
                (
                    "agreed_in",
                    models.CharField(blank=True, max_length=120, verbose_name="agreed in (contract or notice)"),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measurement_bases",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "measurement basis",
                "verbose_name_plural": "measurement bases",
                "db_table_comment": "The standard that a site measures fuel by, from a day until the next one.",
                "ordering": ("site", "-valid_from_date"),
            },
        ),
        migrations.CreateModel(
            name="Meter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="vehicle or pit")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("refueller", "Refueller"),
                            ("hydrant", "Hydrant dispenser"),
                            ("receipt", "Receipt meter"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "digits",
                    models.PositiveSmallIntegerField(
                        default=8,
                        validators=[
                            django.core.validators.MinValueValidator(4),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="digits of the totaliser",
                    ),
                ),
                ("is_open", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meters",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "meter",
                "verbose_name_plural": "meters",
                "db_table_comment": "A volume meter with a totaliser in litres.",
                "ordering": ("site", "code"),
            },
        ),
        migrations.AddField(
            model_name="deliveryticket",
            name="meter",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tickets",
                to="fuel.meter",
                verbose_name="meter",
            ),
        ),
        migrations.CreateModel(
            name="MeterProving",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("proved_at", models.DateTimeField(verbose_name="proved")),
                (
                    "factor",
                    models.DecimalField(
                        decimal_places=4,
                        max_digits=6,
                        validators=[
                            django.core.validators.MinValueValidator(0.98),
                            django.core.validators.MaxValueValidator(1.02),
                        ],
                        verbose_name="meter factor",
                    ),
                ),
                ("certificate_number", models.CharField(blank=True, max_length=60, verbose_name="proving certificate")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                (
                    "meter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="provings",
                        to="fuel.meter",
                        verbose_name="meter",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "proving",
                "verbose_name_plural": "provings",
                "db_table_comment": "The factor of a meter from a proving until the next.",
                "ordering": ("meter", "-proved_at"),
            },
        ),
        migrations.CreateModel(
            name="MovementLimit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from_date", models.DateField(verbose_name="valid from")),
                (
                    "drain_kg_per_act",
                    models.DecimalField(
                        decimal_places=3,
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="drain (kg per act)",
                    ),
                ),
                (
                    "drain_kg_per_day",
                    models.DecimalField(
                        decimal_places=3,
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="drains (kg per day)",
                    ),
                ),
                (
                    "sample_kg_per_act",
                    models.DecimalField(
                        decimal_places=3,
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="sample (kg per act)",
                    ),
                ),
                (
                    "sample_kg_per_day",
                    models.DecimalField(
                        decimal_places=3,
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="samples (kg per day)",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movement_limits",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "limit of drains and samples",
                "verbose_name_plural": "limits of drains and samples",
                "db_table_comment": "How much fuel one person may drain and sample at a site alone, from a day on.",
                "ordering": ("site", "-valid_from_date"),
            },
        ),
        migrations.CreateModel(
            name="OverDelivery",
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
                (
                    "outcome",
                    models.CharField(
                        choices=[("admitted", "Admitted"), ("taken_out", "Taken out again")],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("mass_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="mass (kg)")),
                ("reference", models.CharField(max_length=40, verbose_name="declaration number or reference")),
                (
                    "invoice_value",
                    models.DecimalField(decimal_places=2, max_digits=18, null=True, verbose_name="invoice value, CIF"),
                ),
                (
                    "currency",
                    models.CharField(
                        blank=True,
                        max_length=3,
                        validators=[registry.currencies.check_currency],
                        verbose_name="currency (ISO 4217)",
                    ),
                ),
                (
                    "exchange_rate_cny_per_unit",
                    models.DecimalField(decimal_places=6, max_digits=14, null=True, verbose_name="exchange rate (CNY)"),
                ),
                ("rates_date", models.DateField(null=True, verbose_name="rates as of")),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="reason")),
                ("happened_at", models.DateTimeField(verbose_name="occurred")),
                ("decided_at", models.DateTimeField(verbose_name="decided")),
                (
                    "consignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="over_delivery",
                        to="fuel.fuelconsignment",
                        verbose_name="consignment",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
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
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ledger.lot",
                        verbose_name="lot admitted",
                    ),
                ),
                (
                    "over_lot",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ledger.lot",
                        verbose_name="lot as found",
                    ),
                ),
            ],
            options={
                "verbose_name": "over-delivery",
                "verbose_name_plural": "over-deliveries",
                "db_table_comment": "What was decided on fuel that came over its declaration, and the tax suspended on it.",
                "ordering": ("consignment",),
            },
        ),
        migrations.CreateModel(
            name="IndexQuote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quoted_date", models.DateField(verbose_name="quoted")),
                (
                    "price",
                    models.DecimalField(
                        decimal_places=4,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="price",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=120, verbose_name="source")),
                (
                    "index",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quotes",
                        to="fuel.priceindex",
                        verbose_name="price index",
                    ),
                ),
            ],
            options={
                "verbose_name": "index quote",
                "verbose_name_plural": "index quotes",
                "db_table_comment": "A price index on a day.",
                "ordering": ("index", "-quoted_date"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalIndexQuote",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("quoted_date", models.DateField(verbose_name="quoted")),
                (
                    "price",
                    models.DecimalField(
                        decimal_places=4,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="price",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=120, verbose_name="source")),
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
                    "index",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fuel.priceindex",
                        verbose_name="price index",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical index quote",
                "verbose_name_plural": "historical index quotes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFuelContract",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("number", models.CharField(db_index=True, max_length=40, verbose_name="contract number")),
                ("valid_from_date", models.DateField(verbose_name="valid from")),
                ("valid_to_date", models.DateField(blank=True, null=True, verbose_name="valid to")),
                (
                    "averaging",
                    models.CharField(
                        choices=[
                            ("day_before", "The last quote before the day"),
                            ("week_before", "The calendar week before"),
                            ("month_before", "The calendar month before"),
                            ("month", "The calendar month of delivery"),
                        ],
                        max_length=12,
                        verbose_name="averaging period",
                    ),
                ),
                (
                    "publication_lag_days",
                    models.PositiveSmallIntegerField(default=0, verbose_name="publication lag (days)"),
                ),
                (
                    "differential",
                    models.DecimalField(decimal_places=4, default=0, max_digits=10, verbose_name="differential"),
                ),
                (
                    "differential_unit",
                    models.CharField(
                        choices=[("bbl", "barrel"), ("t", "tonne")],
                        default="bbl",
                        max_length=3,
                        verbose_name="differential per",
                    ),
                ),
                (
                    "barrels_per_tonne",
                    models.DecimalField(
                        decimal_places=4, default=Decimal("7.9"), max_digits=6, verbose_name="barrels per tonne"
                    ),
                ),
                (
                    "into_plane_fee_per_tonne",
                    models.DecimalField(decimal_places=2, max_digits=10, verbose_name="into-plane fee per tonne"),
                ),
                ("payment_days", models.PositiveSmallIntegerField(default=30, verbose_name="payment term (days)")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "airline",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.airline",
                        verbose_name="airline",
                    ),
                ),
                (
                    "airport",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.airport",
                        verbose_name="airport",
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
                    "index",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fuel.priceindex",
                        verbose_name="price index",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical fuel contract",
                "verbose_name_plural": "historical fuel contracts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ReconciliationRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("valid_from_date", models.DateField(verbose_name="valid from")),
                (
                    "split_by",
                    models.CharField(
                        choices=[
                            ("issues", "By issues"),
                            ("book", "By book stock"),
                            ("one_status", "All to one status"),
                        ],
                        max_length=12,
                        verbose_name="gain and loss are shared",
                    ),
                ),
                (
                    "all_to_status",
                    models.CharField(
                        blank=True,
                        choices=[("bonded", "Bonded"), ("duty_paid", "Duty paid")],
                        max_length=20,
                        verbose_name="status that bears all",
                    ),
                ),
                (
                    "tolerance_percent_of_issues",
                    models.DecimalField(
                        decimal_places=3,
                        max_digits=6,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="tolerance (% of issues)",
                    ),
                ),
                (
                    "tolerance_percent_of_throughput",
                    models.DecimalField(
                        decimal_places=3,
                        max_digits=6,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="tolerance (% of opening and receipts)",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reconciliation_rules",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "reconciliation rule",
                "verbose_name_plural": "reconciliation rules",
                "db_table_comment": "How a site shares gain and loss of its tanks and what it tolerates, from a day on.",
                "ordering": ("site", "-valid_from_date"),
            },
        ),
        migrations.CreateModel(
            name="ReliefRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from_date", models.DateField(verbose_name="valid from")),
                (
                    "nationality",
                    models.CharField(
                        choices=[("chinese", "Chinese carrier"), ("foreign", "Foreign carrier")],
                        max_length=10,
                        verbose_name="carrier",
                    ),
                ),
                (
                    "flight_type",
                    models.CharField(
                        choices=[
                            ("international", "International"),
                            ("regional", "Hong Kong, Macao or Taiwan"),
                            ("domestic", "Domestic"),
                        ],
                        max_length=15,
                        verbose_name="flight",
                    ),
                ),
                ("relieves_duty", models.BooleanField(default=False, verbose_name="relieved of duty")),
                (
                    "relieves_consumption_tax",
                    models.BooleanField(default=False, verbose_name="relieved of consumption tax"),
                ),
                ("relieves_vat", models.BooleanField(default=False, verbose_name="relieved of VAT")),
                ("legal_basis", models.CharField(blank=True, max_length=200, verbose_name="legal basis")),
                (
                    "airport",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.airport",
                        verbose_name="airport of uplift",
                    ),
                ),
            ],
            options={
                "verbose_name": "relief rule",
                "verbose_name_plural": "relief rules",
                "db_table_comment": "What fuel for a flight is relieved of, from a day until the next rule.",
                "ordering": ("nationality", "flight_type", "airport", "-valid_from_date", "pk"),
            },
        ),
        migrations.AddField(
            model_name="deliveryticket",
            name="relief_rule",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="fuel.reliefrule",
                verbose_name="relief rule",
            ),
        ),
        migrations.CreateModel(
            name="Statement",
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
                        choices=[("issued", "Issued"), ("superseded", "Superseded")],
                        default="issued",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        max_length=3,
                        validators=[registry.currencies.check_currency],
                        verbose_name="currency (ISO 4217)",
                    ),
                ),
                ("from_date", models.DateField(verbose_name="from")),
                ("through_date", models.DateField(verbose_name="through")),
                ("opening", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="opening balance")),
                ("charges_total", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="charges")),
                ("payments_total", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="payments")),
                ("closing", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="closing balance")),
                ("amount_cny", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="charges (CNY)")),
                (
                    "duty_paid_cny",
                    models.DecimalField(decimal_places=2, max_digits=18, verbose_name="at the duty-paid price (CNY)"),
                ),
                ("mass_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="mass (kg)")),
                ("due_date", models.DateField(verbose_name="due")),
                ("frozen", models.JSONField(default=dict, editable=False, verbose_name="as it was issued")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "airline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="registry.airline",
                        verbose_name="airline",
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
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="fuel.statement",
                        verbose_name="supersedes",
                    ),
                ),
            ],
            options={
                "verbose_name": "fuel statement",
                "verbose_name_plural": "fuel statements",
                "db_table_comment": "What an airline owes at a site for a period, as it was issued.",
                "ordering": ("-pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HistoricalStatement",
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
                        choices=[("issued", "Issued"), ("superseded", "Superseded")],
                        default="issued",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        max_length=3,
                        validators=[registry.currencies.check_currency],
                        verbose_name="currency (ISO 4217)",
                    ),
                ),
                ("from_date", models.DateField(verbose_name="from")),
                ("through_date", models.DateField(verbose_name="through")),
                ("opening", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="opening balance")),
                ("charges_total", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="charges")),
                ("payments_total", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="payments")),
                ("closing", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="closing balance")),
                ("amount_cny", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="charges (CNY)")),
                (
                    "duty_paid_cny",
                    models.DecimalField(decimal_places=2, max_digits=18, verbose_name="at the duty-paid price (CNY)"),
                ),
                ("mass_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="mass (kg)")),
                ("due_date", models.DateField(verbose_name="due")),
                ("frozen", models.JSONField(default=dict, editable=False, verbose_name="as it was issued")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "airline",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.airline",
                        verbose_name="airline",
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
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fuel.statement",
                        verbose_name="supersedes",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical fuel statement",
                "verbose_name_plural": "historical fuel statements",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDispute",
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
                            ("open", "Waits for an answer"),
                            ("answered", "Answered"),
                            ("credited", "Credited"),
                            ("refused", "Charge stands"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("quantity", "Quantity"),
                            ("price", "Price"),
                            ("duplicate", "Charged twice"),
                            ("flight", "Not our flight or aircraft"),
                            ("tax", "Duty or tax"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                        verbose_name="ground",
                    ),
                ),
                (
                    "claimed_amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=18,
                        null=True,
                        verbose_name="claimed amount",
                    ),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "airline",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.airline",
                        verbose_name="airline",
                    ),
                ),
                (
                    "charge",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fuel.charge",
                        verbose_name="charge",
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
                    "statement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fuel.statement",
                        verbose_name="statement",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical dispute",
                "verbose_name_plural": "historical disputes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="dispute",
            name="statement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disputes",
                to="fuel.statement",
                verbose_name="statement",
            ),
        ),
        migrations.CreateModel(
            name="StatementLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.PositiveIntegerField(verbose_name="line")),
                (
                    "charge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="fuel.charge",
                        verbose_name="charge",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="fuel.statement",
                        verbose_name="statement",
                    ),
                ),
            ],
            options={
                "verbose_name": "statement line",
                "verbose_name_plural": "statement lines",
                "db_table_comment": "A charge on a statement.",
                "ordering": ("statement", "row"),
            },
        ),
        migrations.CreateModel(
            name="StatementPayment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="fuel.fuelpayment",
                        verbose_name="payment",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments_taken",
                        to="fuel.statement",
                        verbose_name="statement",
                    ),
                ),
            ],
            options={
                "verbose_name": "payment of a statement",
                "verbose_name_plural": "payments of statements",
                "db_table_comment": "A payment that a statement takes into its balance.",
                "ordering": ("statement", "payment"),
            },
        ),
        migrations.CreateModel(
            name="StatementRun",
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
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("from_date", models.DateField(verbose_name="from")),
                ("through_date", models.DateField(verbose_name="through")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
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
                "verbose_name": "statement run",
                "verbose_name_plural": "statement runs",
                "db_table_comment": "Statements of every airline of a site for a period, issued in the background.",
                "ordering": ("-pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StatementRunLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("issued", "Statement issued"),
                            ("nothing", "Nothing to bill"),
                            ("refused", "Refused"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="outcome",
                    ),
                ),
                ("refusal_code", models.CharField(blank=True, max_length=60, verbose_name="rule")),
                ("refusals", models.JSONField(blank=True, default=list, verbose_name="refusals")),
                ("unmatched_tickets", models.PositiveIntegerField(default=0, verbose_name="tickets not matched yet")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                (
                    "airline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.airline",
                        verbose_name="airline",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="fuel.statementrun",
                        verbose_name="statement run",
                    ),
                ),
                (
                    "statement",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="run_line",
                        to="fuel.statement",
                        verbose_name="statement",
                    ),
                ),
            ],
            options={
                "verbose_name": "airline of a statement run",
                "verbose_name_plural": "airlines of statement runs",
                "db_table_comment": "What came of one airline in a statement run.",
                "ordering": ("run", "airline__iata_code"),
            },
        ),
        migrations.CreateModel(
            name="StatusChange",
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
                            ("asked", "Waits for customs"),
                            ("returned", "Returned for correction"),
                            ("posted", "Posted"),
                            ("reversed", "Reversed"),
                            ("void", "Void"),
                        ],
                        default="asked",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("mass_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="mass (kg)")),
                ("reference", models.CharField(max_length=40, verbose_name="domestic declaration number")),
                ("changed_at", models.DateTimeField(verbose_name="cleared")),
                ("rates_date", models.DateField(editable=False, verbose_name="rates as of")),
                (
                    "customs_value_cny",
                    models.DecimalField(
                        decimal_places=2, editable=False, max_digits=18, verbose_name="customs value (CNY)"
                    ),
                ),
                (
                    "duty_cny",
                    models.DecimalField(decimal_places=2, editable=False, max_digits=18, verbose_name="duty (CNY)"),
                ),
                (
                    "consumption_tax_cny",
                    models.DecimalField(
                        decimal_places=2, editable=False, max_digits=18, verbose_name="consumption tax (CNY)"
                    ),
                ),
                (
                    "vat_cny",
                    models.DecimalField(decimal_places=2, editable=False, max_digits=18, verbose_name="VAT (CNY)"),
                ),
                ("accepted_at", models.DateTimeField(editable=False, null=True, verbose_name="accepted")),
                (
                    "is_entered_for_customs",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="entered for customs"
                    ),
                ),
                ("is_reversed", models.BooleanField(default=False, editable=False, verbose_name="reversed")),
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
                "verbose_name": "status change",
                "verbose_name_plural": "status changes",
                "db_table_comment": "Bonded fuel in a tank that was cleared for the domestic market, and the tax payable on it.",
                "ordering": ("-pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StatusChangeLot",
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
                ("mass_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="mass (kg)")),
                (
                    "lot",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ledger.lot",
                        verbose_name="bonded lot",
                    ),
                ),
                (
                    "new_lot",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ledger.lot",
                        verbose_name="duty-paid lot",
                    ),
                ),
                (
                    "status_change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="fuel.statuschange",
                        verbose_name="status change",
                    ),
                ),
            ],
            options={
                "verbose_name": "cleared lot",
                "verbose_name_plural": "cleared lots",
                "db_table_comment": "What of one bonded lot was cleared, its assessment, and the duty-paid lot it became.",
                "ordering": ("status_change", "row"),
            },
        ),
        migrations.CreateModel(
            name="StrappingTable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("valid_from_date", models.DateField(verbose_name="valid from")),
                (
                    "certificate_number",
                    models.CharField(blank=True, max_length=60, verbose_name="calibration certificate"),
                ),
                ("loaded_at", models.DateTimeField(verbose_name="loaded")),
                (
                    "loaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="loaded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "strapping table",
                "verbose_name_plural": "strapping tables",
                "db_table_comment": "A version of a tank's calibration; never changed once loaded.",
                "ordering": ("tank", "-version"),
            },
        ),
        migrations.CreateModel(
            name="StrappingRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dip_mm", models.DecimalField(decimal_places=1, max_digits=8, verbose_name="dip (mm)")),
                ("volume_m3", models.DecimalField(decimal_places=4, max_digits=12, verbose_name="volume (m³)")),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="fuel.strappingtable",
                        verbose_name="strapping table",
                    ),
                ),
            ],
            options={
                "verbose_name": "strapping row",
                "verbose_name_plural": "strapping rows",
                "db_table_comment": "The volume below a dip; linear between rows.",
                "ordering": ("table", "dip_mm"),
            },
        ),
        migrations.CreateModel(
            name="Gauge",
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
                    "standard",
                    models.CharField(
                        choices=[("1980", "API MPMS 11.1-1980, Tables 53B and 54B"), ("2004", "API MPMS 11.1-2004")],
                        max_length=4,
                        verbose_name="standard",
                    ),
                ),
                (
                    "vcf_decimals",
                    models.PositiveSmallIntegerField(
                        default=4, verbose_name="decimals of the volume correction factor"
                    ),
                ),
                (
                    "base",
                    models.CharField(
                        choices=[("15C", "15 °C"), ("20C", "20 °C"), ("60F", "60 °F")],
                        default="15C",
                        max_length=3,
                        verbose_name="base temperature",
                    ),
                ),
                (
                    "mass_in",
                    models.CharField(
                        choices=[("vacuum", "in vacuum"), ("air", "in air")],
                        default="vacuum",
                        max_length=6,
                        verbose_name="mass",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("daily", "Daily gauge"),
                            ("before_receipt", "Before a receipt"),
                            ("after_receipt", "After a receipt"),
                            ("check", "Check"),
                        ],
                        default="daily",
                        max_length=20,
                        verbose_name="purpose",
                    ),
                ),
                ("gauged_at", models.DateTimeField(verbose_name="gauged")),
                ("dip_mm", models.DecimalField(decimal_places=1, max_digits=8, verbose_name="dip (mm)")),
                (
                    "water_mm",
                    models.DecimalField(decimal_places=1, default=0, max_digits=8, verbose_name="water dip (mm)"),
                ),
                (
                    "tank_celsius",
                    models.DecimalField(decimal_places=2, max_digits=6, verbose_name="tank temperature (°C)"),
                ),
                (
                    "density_reading",
                    models.DecimalField(decimal_places=2, max_digits=7, verbose_name="density of the sample (kg/m³)"),
                ),
                (
                    "sample_celsius",
                    models.DecimalField(decimal_places=2, max_digits=6, verbose_name="sample temperature (°C)"),
                ),
                (
                    "instrument",
                    models.CharField(
                        choices=[("glass_hydrometer", "Glass hydrometer"), ("densitometer", "Densitometer")],
                        default="glass_hydrometer",
                        max_length=20,
                        verbose_name="instrument",
                    ),
                ),
                (
                    "total_observed_m3",
                    models.DecimalField(
                        decimal_places=4, editable=False, max_digits=12, verbose_name="total observed volume (m³)"
                    ),
                ),
                (
                    "free_water_m3",
                    models.DecimalField(
                        decimal_places=4, editable=False, max_digits=12, verbose_name="free water (m³)"
                    ),
                ),
                (
                    "gross_observed_m3",
                    models.DecimalField(
                        decimal_places=4, editable=False, max_digits=12, verbose_name="gross observed volume (m³)"
                    ),
                ),
                (
                    "density_at_base",
                    models.DecimalField(
                        decimal_places=1, editable=False, max_digits=7, verbose_name="density at base (kg/m³)"
                    ),
                ),
                (
                    "vcf",
                    models.DecimalField(
                        decimal_places=5, editable=False, max_digits=7, verbose_name="volume correction factor"
                    ),
                ),
                (
                    "gross_standard_m3",
                    models.DecimalField(
                        decimal_places=3, editable=False, max_digits=12, verbose_name="gross standard volume (m³)"
                    ),
                ),
                (
                    "mass_kg",
                    models.DecimalField(decimal_places=3, editable=False, max_digits=18, verbose_name="mass (kg)"),
                ),
                ("is_void", models.BooleanField(default=False, editable=False, verbose_name="void")),
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
                    "strapping_table",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="fuel.strappingtable",
                        verbose_name="strapping table",
                    ),
                ),
            ],
            options={
                "verbose_name": "gauge",
                "verbose_name_plural": "gauges",
                "db_table_comment": "A tank's contents as gauged at one moment.",
                "ordering": ("-pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Tank",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "customs_status",
                    models.CharField(
                        blank=True,
                        choices=[("bonded", "Bonded"), ("duty_paid", "Duty paid")],
                        max_length=20,
                        verbose_name="duty status, where segregated",
                    ),
                ),
                (
                    "safe_fill_m3",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="safe fill (m³)",
                    ),
                ),
                ("is_slop", models.BooleanField(db_default=False, default=False, verbose_name="slop tank")),
                (
                    "place",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tank",
                        to="registry.place",
                        verbose_name="place in the ledger",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.item",
                        verbose_name="product",
                    ),
                ),
            ],
            options={
                "verbose_name": "tank",
                "verbose_name_plural": "tanks",
                "db_table_comment": "A tank of the ledger with its product and, where segregated, its duty status.",
                "ordering": ("place__site", "place__code"),
            },
        ),
        migrations.AddField(
            model_name="strappingtable",
            name="tank",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="strapping_tables",
                to="fuel.tank",
                verbose_name="tank",
            ),
        ),
        migrations.AddField(
            model_name="statuschange",
            name="from_tank",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="status_changes_out",
                to="fuel.tank",
                verbose_name="cleared in tank",
            ),
        ),
        migrations.AddField(
            model_name="statuschange",
            name="to_tank",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="status_changes_in",
                to="fuel.tank",
                verbose_name="moved to tank",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalTankReconciliation",
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
                            ("drawn", "Drawn up, within tolerance"),
                            ("breached", "Out of tolerance: to be explained"),
                            ("explained", "Explained, awaiting approval"),
                            ("approved", "Approved"),
                            ("void", "Void"),
                            ("reversed", "Reversed"),
                        ],
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("begins_at", models.DateTimeField(verbose_name="from")),
                ("ends_at", models.DateTimeField(verbose_name="to")),
                ("physical_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="physical (kg)")),
                ("book_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="book (kg)")),
                (
                    "gain_loss_kg",
                    models.DecimalField(decimal_places=3, max_digits=18, verbose_name="gain or loss (kg)"),
                ),
                (
                    "percent_of_issues",
                    models.DecimalField(
                        decimal_places=3, editable=False, max_digits=24, null=True, verbose_name="% of issues"
                    ),
                ),
                (
                    "percent_of_throughput",
                    models.DecimalField(
                        decimal_places=3,
                        editable=False,
                        max_digits=24,
                        null=True,
                        verbose_name="% of opening and receipts",
                    ),
                ),
                ("explanation", models.CharField(blank=True, max_length=400, verbose_name="explanation")),
                ("approved_at", models.DateTimeField(editable=False, null=True, verbose_name="approved")),
                (
                    "is_entered_for_customs",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="entered for customs"
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
                    "explained_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="explained by",
                    ),
                ),
                (
                    "gauge",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fuel.gauge",
                        verbose_name="closing gauge",
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
                    "rule",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fuel.reconciliationrule",
                        verbose_name="rule",
                    ),
                ),
                (
                    "tank",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fuel.tank",
                        verbose_name="tank",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical tank reconciliation",
                "verbose_name_plural": "historical tank reconciliations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTankMovement",
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
                            ("asked", "Waits for approval"),
                            ("returned", "Returned for correction"),
                            ("posted", "Posted"),
                            ("reversed", "Reversed"),
                            ("void", "Void"),
                        ],
                        default="posted",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                (
                    "movement",
                    models.CharField(
                        choices=[
                            ("transfer", "Transfer to another tank"),
                            ("sample", "Sample"),
                            ("drain", "Drain to slops"),
                            ("destruction", "Destruction of slops"),
                        ],
                        max_length=12,
                        verbose_name="movement",
                    ),
                ),
                (
                    "customs_status",
                    models.CharField(
                        choices=[("bonded", "Bonded"), ("duty_paid", "Duty paid")],
                        max_length=20,
                        verbose_name="duty status",
                    ),
                ),
                ("mass_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="mass (kg)")),
                ("moved_at", models.DateTimeField(verbose_name="moved")),
                (
                    "certificate_number",
                    models.CharField(
                        blank=True, db_default="", max_length=60, verbose_name="customs certificate of destruction"
                    ),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="approved")),
                ("is_reversed", models.BooleanField(default=False, editable=False, verbose_name="reversed")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                        verbose_name="approved by",
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
                    "from_tank",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fuel.tank",
                        verbose_name="from tank",
                    ),
                ),
                (
                    "to_tank",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fuel.tank",
                        verbose_name="to tank",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical tank movement",
                "verbose_name_plural": "historical tank movements",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalStatusChange",
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
                            ("asked", "Waits for customs"),
                            ("returned", "Returned for correction"),
                            ("posted", "Posted"),
                            ("reversed", "Reversed"),
                            ("void", "Void"),
                        ],
                        default="asked",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("mass_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="mass (kg)")),
                ("reference", models.CharField(max_length=40, verbose_name="domestic declaration number")),
                ("changed_at", models.DateTimeField(verbose_name="cleared")),
                ("rates_date", models.DateField(editable=False, verbose_name="rates as of")),
                (
                    "customs_value_cny",
                    models.DecimalField(
                        decimal_places=2, editable=False, max_digits=18, verbose_name="customs value (CNY)"
                    ),
                ),
                (
                    "duty_cny",
                    models.DecimalField(decimal_places=2, editable=False, max_digits=18, verbose_name="duty (CNY)"),
                ),
                (
                    "consumption_tax_cny",
                    models.DecimalField(
                        decimal_places=2, editable=False, max_digits=18, verbose_name="consumption tax (CNY)"
                    ),
                ),
                (
                    "vat_cny",
                    models.DecimalField(decimal_places=2, editable=False, max_digits=18, verbose_name="VAT (CNY)"),
                ),
                ("accepted_at", models.DateTimeField(editable=False, null=True, verbose_name="accepted")),
                (
                    "is_entered_for_customs",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="entered for customs"
                    ),
                ),
                ("is_reversed", models.BooleanField(default=False, editable=False, verbose_name="reversed")),
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
                (
                    "from_tank",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fuel.tank",
                        verbose_name="cleared in tank",
                    ),
                ),
                (
                    "to_tank",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fuel.tank",
                        verbose_name="moved to tank",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical status change",
                "verbose_name_plural": "historical status changes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalGauge",
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
                    "standard",
                    models.CharField(
                        choices=[("1980", "API MPMS 11.1-1980, Tables 53B and 54B"), ("2004", "API MPMS 11.1-2004")],
                        max_length=4,
                        verbose_name="standard",
                    ),
                ),
                (
                    "vcf_decimals",
                    models.PositiveSmallIntegerField(
                        default=4, verbose_name="decimals of the volume correction factor"
                    ),
                ),
                (
                    "base",
                    models.CharField(
                        choices=[("15C", "15 °C"), ("20C", "20 °C"), ("60F", "60 °F")],
                        default="15C",
                        max_length=3,
                        verbose_name="base temperature",
                    ),
                ),
                (
                    "mass_in",
                    models.CharField(
                        choices=[("vacuum", "in vacuum"), ("air", "in air")],
                        default="vacuum",
                        max_length=6,
                        verbose_name="mass",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("daily", "Daily gauge"),
                            ("before_receipt", "Before a receipt"),
                            ("after_receipt", "After a receipt"),
                            ("check", "Check"),
                        ],
                        default="daily",
                        max_length=20,
                        verbose_name="purpose",
                    ),
                ),
                ("gauged_at", models.DateTimeField(verbose_name="gauged")),
                ("dip_mm", models.DecimalField(decimal_places=1, max_digits=8, verbose_name="dip (mm)")),
                (
                    "water_mm",
                    models.DecimalField(decimal_places=1, default=0, max_digits=8, verbose_name="water dip (mm)"),
                ),
                (
                    "tank_celsius",
                    models.DecimalField(decimal_places=2, max_digits=6, verbose_name="tank temperature (°C)"),
                ),
                (
                    "density_reading",
                    models.DecimalField(decimal_places=2, max_digits=7, verbose_name="density of the sample (kg/m³)"),
                ),
                (
                    "sample_celsius",
                    models.DecimalField(decimal_places=2, max_digits=6, verbose_name="sample temperature (°C)"),
                ),
                (
                    "instrument",
                    models.CharField(
                        choices=[("glass_hydrometer", "Glass hydrometer"), ("densitometer", "Densitometer")],
                        default="glass_hydrometer",
                        max_length=20,
                        verbose_name="instrument",
                    ),
                ),
                (
                    "total_observed_m3",
                    models.DecimalField(
                        decimal_places=4, editable=False, max_digits=12, verbose_name="total observed volume (m³)"
                    ),
                ),
                (
                    "free_water_m3",
                    models.DecimalField(
                        decimal_places=4, editable=False, max_digits=12, verbose_name="free water (m³)"
                    ),
                ),
                (
                    "gross_observed_m3",
                    models.DecimalField(
                        decimal_places=4, editable=False, max_digits=12, verbose_name="gross observed volume (m³)"
                    ),
                ),
                (
                    "density_at_base",
                    models.DecimalField(
                        decimal_places=1, editable=False, max_digits=7, verbose_name="density at base (kg/m³)"
                    ),
                ),
                (
                    "vcf",
                    models.DecimalField(
                        decimal_places=5, editable=False, max_digits=7, verbose_name="volume correction factor"
                    ),
                ),
                (
                    "gross_standard_m3",
                    models.DecimalField(
                        decimal_places=3, editable=False, max_digits=12, verbose_name="gross standard volume (m³)"
                    ),
                ),
                (
                    "mass_kg",
                    models.DecimalField(decimal_places=3, editable=False, max_digits=18, verbose_name="mass (kg)"),
                ),
                ("is_void", models.BooleanField(default=False, editable=False, verbose_name="void")),
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
                (
                    "strapping_table",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fuel.strappingtable",
                        verbose_name="strapping table",
                    ),
                ),
                (
                    "tank",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fuel.tank",
                        verbose_name="tank",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical gauge",
                "verbose_name_plural": "historical gauges",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDeliveryTicket",
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
                    "standard",
                    models.CharField(
                        choices=[("1980", "API MPMS 11.1-1980, Tables 53B and 54B"), ("2004", "API MPMS 11.1-2004")],
                        max_length=4,
                        verbose_name="standard",
                    ),
                ),
                (
                    "vcf_decimals",
                    models.PositiveSmallIntegerField(
                        default=4, verbose_name="decimals of the volume correction factor"
                    ),
                ),
                (
                    "base",
                    models.CharField(
                        choices=[("15C", "15 °C"), ("20C", "20 °C"), ("60F", "60 °F")],
                        default="15C",
                        max_length=3,
                        verbose_name="base temperature",
                    ),
                ),
                (
                    "mass_in",
                    models.CharField(
                        choices=[("vacuum", "in vacuum"), ("air", "in air")],
                        default="vacuum",
                        max_length=6,
                        verbose_name="mass",
                    ),
                ),
                (
                    "litres_observed",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=18, null=True, verbose_name="litres observed"
                    ),
                ),
                (
                    "celsius",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="temperature (°C)"
                    ),
                ),
                (
                    "density_at_base",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=7, null=True, verbose_name="density at base (kg/m³)"
                    ),
                ),
                (
                    "vcf",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        editable=False,
                        max_digits=7,
                        null=True,
                        verbose_name="volume correction factor",
                    ),
                ),
                (
                    "litres_at_base",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        editable=False,
                        max_digits=18,
                        null=True,
                        verbose_name="litres at base",
                    ),
                ),
                (
                    "mass_kg",
                    models.DecimalField(
                        blank=True, decimal_places=3, editable=False, max_digits=18, null=True, verbose_name="mass (kg)"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("metered", "Metered"),
                            ("signed", "Signed"),
                            ("matched", "Matched"),
                            ("declared", "Declared"),
                            ("invoiced", "Invoiced"),
                            ("disputed", "Disputed"),
                            ("credited", "Credited"),
                            ("void", "Void"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("ticket_number", models.CharField(max_length=30, verbose_name="ticket number")),
                (
                    "flight_number",
                    models.CharField(
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(?:[A-Z]{3}|[A-Z][A-Z0-9]|[0-9][A-Z])[0-9]{1,4}[A-Z]?$",
                                "Write the designator of the airline and up to four digits, such as CA981.",
                            )
                        ],
                        verbose_name="flight",
                    ),
                ),
                ("flight_date", models.DateField(verbose_name="flight date")),
                (
                    "flight_type",
                    models.CharField(
                        choices=[
                            ("international", "International"),
                            ("regional", "Hong Kong, Macao or Taiwan"),
                            ("domestic", "Domestic"),
                        ],
                        max_length=15,
                        verbose_name="kind of flight",
                    ),
                ),
                (
                    "registration",
                    models.CharField(
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(?=.*[A-Z])(?:[A-Z0-9]{1,2}-[A-Z0-9]{1,5}|[A-Z][A-Z0-9]{2,6})$",
                                "Write the marks in capitals, such as B-2098.",
                            )
                        ],
                        verbose_name="registration",
                    ),
                ),
                ("aircraft_type", models.CharField(blank=True, max_length=4, verbose_name="aircraft type")),
                ("stand", models.CharField(blank=True, max_length=10, verbose_name="stand")),
                (
                    "customs_status",
                    models.CharField(
                        choices=[("bonded", "Bonded"), ("duty_paid", "Duty paid")],
                        max_length=20,
                        verbose_name="duty status",
                    ),
                ),
                (
                    "meter_start",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=13, null=True, verbose_name="meter start"
                    ),
                ),
                (
                    "meter_end",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=13, null=True, verbose_name="meter end"
                    ),
                ),
                (
                    "meter_factor",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        editable=False,
                        max_digits=6,
                        null=True,
                        verbose_name="meter factor",
                    ),
                ),
                (
                    "requested_litres",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=18,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.001"))],
                        verbose_name="litres requested",
                    ),
                ),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="fuelling began")),
                ("delivered_at", models.DateTimeField(verbose_name="fuelling ended")),
                ("signatory", models.CharField(blank=True, max_length=120, verbose_name="signed for the airline by")),
                ("signed_at", models.DateTimeField(editable=False, null=True, verbose_name="signed")),
                ("matched_at", models.DateTimeField(editable=False, null=True, verbose_name="matched")),
                (
                    "match_note",
                    models.CharField(
                        blank=True, editable=False, max_length=400, verbose_name="what explains the exceptions"
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        max_length=400,
                        verbose_name="what shows the corrected figures",
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
                    "airline",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.airline",
                        verbose_name="airline",
                    ),
                ),
                (
                    "airport",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.airport",
                        verbose_name="airport of uplift",
                    ),
                ),
                (
                    "destination",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.airport",
                        verbose_name="destination",
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
                    "matched_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="matched by",
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
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fuel.deliveryticket",
                        verbose_name="replaces",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="fuelled by",
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
                    "vendor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="vendor",
                    ),
                ),
                (
                    "meter",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fuel.meter",
                        verbose_name="meter",
                    ),
                ),
                (
                    "relief_rule",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fuel.reliefrule",
                        verbose_name="relief rule",
                    ),
                ),
                (
                    "tank",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fuel.tank",
                        verbose_name="tank",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical delivery ticket",
                "verbose_name_plural": "historical delivery tickets",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDefuel",
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
                    "standard",
                    models.CharField(
                        choices=[("1980", "API MPMS 11.1-1980, Tables 53B and 54B"), ("2004", "API MPMS 11.1-2004")],
                        max_length=4,
                        verbose_name="standard",
                    ),
                ),
                (
                    "vcf_decimals",
                    models.PositiveSmallIntegerField(
                        default=4, verbose_name="decimals of the volume correction factor"
                    ),
                ),
                (
                    "base",
                    models.CharField(
                        choices=[("15C", "15 °C"), ("20C", "20 °C"), ("60F", "60 °F")],
                        default="15C",
                        max_length=3,
                        verbose_name="base temperature",
                    ),
                ),
                (
                    "mass_in",
                    models.CharField(
                        choices=[("vacuum", "in vacuum"), ("air", "in air")],
                        default="vacuum",
                        max_length=6,
                        verbose_name="mass",
                    ),
                ),
                (
                    "litres_observed",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=18, null=True, verbose_name="litres observed"
                    ),
                ),
                (
                    "celsius",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="temperature (°C)"
                    ),
                ),
                (
                    "density_at_base",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=7, null=True, verbose_name="density at base (kg/m³)"
                    ),
                ),
                (
                    "vcf",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        editable=False,
                        max_digits=7,
                        null=True,
                        verbose_name="volume correction factor",
                    ),
                ),
                (
                    "litres_at_base",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        editable=False,
                        max_digits=18,
                        null=True,
                        verbose_name="litres at base",
                    ),
                ),
                (
                    "mass_kg",
                    models.DecimalField(
                        blank=True, decimal_places=3, editable=False, max_digits=18, null=True, verbose_name="mass (kg)"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "Held for quality"),
                            ("released", "Released into stock"),
                            ("slopped", "To slops"),
                            ("void", "Void"),
                        ],
                        default="held",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("defuelled_at", models.DateTimeField(verbose_name="defuelled")),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                    "ticket",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fuel.deliveryticket",
                        verbose_name="ticket",
                    ),
                ),
                (
                    "slop_tank",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fuel.tank",
                        verbose_name="sent to slop tank",
                    ),
                ),
                (
                    "tank",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fuel.tank",
                        verbose_name="tank",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical defuel",
                "verbose_name_plural": "historical defuels",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="gauge",
            name="tank",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="gauges", to="fuel.tank", verbose_name="tank"
            ),
        ),
        migrations.AddField(
            model_name="deliveryticket",
            name="tank",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="tickets", to="fuel.tank", verbose_name="tank"
            ),
        ),
        migrations.CreateModel(
            name="DefuelDraw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.PositiveSmallIntegerField(verbose_name="line")),
                ("mass_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="mass (kg)")),
                (
                    "defuel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draws",
                        to="fuel.defuel",
                        verbose_name="defuel",
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
                    "tank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="fuel.tank",
                        verbose_name="tank",
                    ),
                ),
            ],
            options={
                "verbose_name": "restored lot",
                "verbose_name_plural": "restored lots",
                "db_table_comment": "What of one lot a defuel restored.",
                "ordering": ("defuel", "row"),
            },
        ),
        migrations.AddField(
            model_name="defuel",
            name="slop_tank",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="fuel.tank",
                verbose_name="sent to slop tank",
            ),
        ),
        migrations.AddField(
            model_name="defuel",
            name="tank",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="defuels", to="fuel.tank", verbose_name="tank"
            ),
        ),
        migrations.CreateModel(
            name="ConsignmentReceipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "standard",
                    models.CharField(
                        choices=[("1980", "API MPMS 11.1-1980, Tables 53B and 54B"), ("2004", "API MPMS 11.1-2004")],
                        max_length=4,
                        verbose_name="standard",
                    ),
                ),
                (
                    "vcf_decimals",
                    models.PositiveSmallIntegerField(
                        default=4, verbose_name="decimals of the volume correction factor"
                    ),
                ),
                (
                    "base",
                    models.CharField(
                        choices=[("15C", "15 °C"), ("20C", "20 °C"), ("60F", "60 °F")],
                        default="15C",
                        max_length=3,
                        verbose_name="base temperature",
                    ),
                ),
                (
                    "mass_in",
                    models.CharField(
                        choices=[("vacuum", "in vacuum"), ("air", "in air")],
                        default="vacuum",
                        max_length=6,
                        verbose_name="mass",
                    ),
                ),
                (
                    "litres_observed",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=18, null=True, verbose_name="litres observed"
                    ),
                ),
                (
                    "celsius",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="temperature (°C)"
                    ),
                ),
                (
                    "density_at_base",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=7, null=True, verbose_name="density at base (kg/m³)"
                    ),
                ),
                (
                    "vcf",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        editable=False,
                        max_digits=7,
                        null=True,
                        verbose_name="volume correction factor",
                    ),
                ),
                (
                    "litres_at_base",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        editable=False,
                        max_digits=18,
                        null=True,
                        verbose_name="litres at base",
                    ),
                ),
                (
                    "mass_kg",
                    models.DecimalField(
                        blank=True, decimal_places=3, editable=False, max_digits=18, null=True, verbose_name="mass (kg)"
                    ),
                ),
                ("row", models.PositiveSmallIntegerField(verbose_name="line")),
                (
                    "consignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="fuel.fuelconsignment",
                        verbose_name="consignment",
                    ),
                ),
                (
                    "gauge_after",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="fuel.gauge",
                        verbose_name="gauge after",
                    ),
                ),
                (
                    "gauge_before",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="fuel.gauge",
                        verbose_name="gauge before",
                    ),
                ),
                (
                    "meter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="fuel.meter",
                        verbose_name="receipt meter",
                    ),
                ),
                (
                    "tank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="fuel.tank",
                        verbose_name="tank",
                    ),
                ),
            ],
            options={
                "verbose_name": "receipt",
                "verbose_name_plural": "receipts",
                "db_table_comment": "What of a consignment was measured into one tank.",
                "ordering": ("consignment", "row"),
            },
        ),
        migrations.CreateModel(
            name="TankGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("segregated", "Segregated: a tank has one duty status"),
                            ("book", "By book: statuses share a tank, the total is controlled"),
                        ],
                        max_length=12,
                        verbose_name="mode",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tank_groups",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "tank group",
                "verbose_name_plural": "tank groups",
                "db_table_comment": "Tanks in which bonded and duty-paid fuel are kept apart, or share by book.",
                "ordering": ("site", "code"),
            },
        ),
        migrations.AddField(
            model_name="tank",
            name="group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tanks",
                to="fuel.tankgroup",
                verbose_name="tank group",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalTank",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "customs_status",
                    models.CharField(
                        blank=True,
                        choices=[("bonded", "Bonded"), ("duty_paid", "Duty paid")],
                        max_length=20,
                        verbose_name="duty status, where segregated",
                    ),
                ),
                (
                    "safe_fill_m3",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="safe fill (m³)",
                    ),
                ),
                ("is_slop", models.BooleanField(db_default=False, default=False, verbose_name="slop tank")),
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
                    "place",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.place",
                        verbose_name="place in the ledger",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.item",
                        verbose_name="product",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fuel.tankgroup",
                        verbose_name="tank group",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical tank",
                "verbose_name_plural": "historical tanks",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="TankMovement",
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
                            ("asked", "Waits for approval"),
                            ("returned", "Returned for correction"),
                            ("posted", "Posted"),
                            ("reversed", "Reversed"),
                            ("void", "Void"),
                        ],
                        default="posted",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                (
                    "movement",
                    models.CharField(
                        choices=[
                            ("transfer", "Transfer to another tank"),
                            ("sample", "Sample"),
                            ("drain", "Drain to slops"),
                            ("destruction", "Destruction of slops"),
                        ],
                        max_length=12,
                        verbose_name="movement",
                    ),
                ),
                (
                    "customs_status",
                    models.CharField(
                        choices=[("bonded", "Bonded"), ("duty_paid", "Duty paid")],
                        max_length=20,
                        verbose_name="duty status",
                    ),
                ),
                ("mass_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="mass (kg)")),
                ("moved_at", models.DateTimeField(verbose_name="moved")),
                (
                    "certificate_number",
                    models.CharField(
                        blank=True, db_default="", max_length=60, verbose_name="customs certificate of destruction"
                    ),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="approved")),
                ("is_reversed", models.BooleanField(default=False, editable=False, verbose_name="reversed")),
                (
                    "decided_by",
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
                    "from_tank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements_out",
                        to="fuel.tank",
                        verbose_name="from tank",
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
                    "to_tank",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements_in",
                        to="fuel.tank",
                        verbose_name="to tank",
                    ),
                ),
            ],
            options={
                "verbose_name": "tank movement",
                "verbose_name_plural": "tank movements",
                "db_table_comment": "A mass that left a tank for another, for the laboratory or for slops.",
                "ordering": ("-pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TankMovementDraw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.PositiveSmallIntegerField(verbose_name="line")),
                ("mass_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="mass (kg)")),
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
                    "tank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="fuel.tank",
                        verbose_name="tank",
                    ),
                ),
                (
                    "tank_movement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draws",
                        to="fuel.tankmovement",
                        verbose_name="tank movement",
                    ),
                ),
            ],
            options={
                "verbose_name": "moved lot",
                "verbose_name_plural": "moved lots",
                "db_table_comment": "What of one lot moved.",
                "ordering": ("tank_movement", "row"),
            },
        ),
        migrations.CreateModel(
            name="TankReconciliation",
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
                            ("drawn", "Drawn up, within tolerance"),
                            ("breached", "Out of tolerance: to be explained"),
                            ("explained", "Explained, awaiting approval"),
                            ("approved", "Approved"),
                            ("void", "Void"),
                            ("reversed", "Reversed"),
                        ],
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("begins_at", models.DateTimeField(verbose_name="from")),
                ("ends_at", models.DateTimeField(verbose_name="to")),
                ("physical_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="physical (kg)")),
                ("book_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="book (kg)")),
                (
                    "gain_loss_kg",
                    models.DecimalField(decimal_places=3, max_digits=18, verbose_name="gain or loss (kg)"),
                ),
                (
                    "percent_of_issues",
                    models.DecimalField(
                        decimal_places=3, editable=False, max_digits=24, null=True, verbose_name="% of issues"
                    ),
                ),
                (
                    "percent_of_throughput",
                    models.DecimalField(
                        decimal_places=3,
                        editable=False,
                        max_digits=24,
                        null=True,
                        verbose_name="% of opening and receipts",
                    ),
                ),
                ("explanation", models.CharField(blank=True, max_length=400, verbose_name="explanation")),
                ("approved_at", models.DateTimeField(editable=False, null=True, verbose_name="approved")),
                (
                    "is_entered_for_customs",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="entered for customs"
                    ),
                ),
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
                    "explained_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="explained by",
                    ),
                ),
                (
                    "gauge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reconciliations",
                        to="fuel.gauge",
                        verbose_name="closing gauge",
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
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="fuel.reconciliationrule",
                        verbose_name="rule",
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
                    "tank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reconciliations",
                        to="fuel.tank",
                        verbose_name="tank",
                    ),
                ),
            ],
            options={
                "verbose_name": "tank reconciliation",
                "verbose_name_plural": "tank reconciliations",
                "db_table_comment": "A tank's book against its gauge; approved, its gain or loss is posted.",
                "ordering": ("-pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TankLoss",
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
                ("lost_mass_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="lost (kg)")),
                (
                    "tolerated_mass_kg",
                    models.DecimalField(decimal_places=3, max_digits=18, verbose_name="of which tolerated (kg)"),
                ),
                (
                    "taxed_mass_kg",
                    models.DecimalField(decimal_places=3, max_digits=18, verbose_name="beyond the tolerance (kg)"),
                ),
                ("rates_date", models.DateField(verbose_name="rates as of")),
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
                    "reconciliation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="losses",
                        to="fuel.tankreconciliation",
                        verbose_name="reconciliation",
                    ),
                ),
            ],
            options={
                "verbose_name": "tank loss",
                "verbose_name_plural": "tank losses",
                "db_table_comment": "What a tank lost of one bonded lot out of tolerance, and the tax payable on it.",
                "ordering": ("reconciliation", "row"),
            },
        ),
        migrations.CreateModel(
            name="TankReconciliationLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "customs_status",
                    models.CharField(
                        choices=[("bonded", "Bonded"), ("duty_paid", "Duty paid")],
                        max_length=20,
                        verbose_name="duty status",
                    ),
                ),
                ("opening_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="opening")),
                ("receipts_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="receipts")),
                ("defuels_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="defuels")),
                ("transfers_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="transfers")),
                (
                    "status_changes_kg",
                    models.DecimalField(db_default=0, decimal_places=3, max_digits=18, verbose_name="status changes"),
                ),
                ("uplifts_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="uplifts")),
                ("samples_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="samples")),
                ("drains_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="drains")),
                ("adjustments_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="adjustments")),
                ("book_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="book")),
                ("gain_loss_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="gain or loss")),
                (
                    "reconciliation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="fuel.tankreconciliation",
                        verbose_name="reconciliation",
                    ),
                ),
            ],
            options={
                "verbose_name": "reconciliation line",
                "verbose_name_plural": "reconciliation lines",
                "db_table_comment": "One duty status of a reconciled tank, in kilograms.",
                "ordering": ("reconciliation", "customs_status"),
            },
        ),
        migrations.CreateModel(
            name="TicketAttachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("signature", "Signature"), ("photo", "Photo")], max_length=10, verbose_name="kind"
                    ),
                ),
                ("content_type", models.CharField(max_length=40, verbose_name="content type")),
                ("content", models.BinaryField(verbose_name="content")),
                ("sha256", models.BinaryField(max_length=32, verbose_name="SHA-256")),
                ("added_at", models.DateTimeField(verbose_name="added")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="fuel.deliveryticket",
                        verbose_name="ticket",
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "db_table_comment": "A signature or photo of a ticket.",
                "ordering": ("ticket", "pk"),
            },
        ),
        migrations.CreateModel(
            name="TicketDraw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.PositiveSmallIntegerField(verbose_name="line")),
                ("mass_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="mass (kg)")),
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
                    "tank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="fuel.tank",
                        verbose_name="tank",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draws",
                        to="fuel.deliveryticket",
                        verbose_name="ticket",
                    ),
                ),
            ],
            options={
                "verbose_name": "draw",
                "verbose_name_plural": "draws",
                "db_table_comment": "What a ticket took of one consignment lot.",
                "ordering": ("ticket", "row"),
            },
        ),
        migrations.CreateModel(
            name="TicketException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("over_request", "Not what was requested"),
                            ("over_capacity", "More than the aircraft holds"),
                            ("over_limit", "More than the site delivers at once"),
                            ("roll_over", "Meter rolled over"),
                            ("meter_gap", "Meter not continuous"),
                            ("next_start", "Next delivery contradicts the meter"),
                            ("density", "Density outside the specification"),
                            ("temperature", "Unusual temperature"),
                            ("twin_number", "Number of another ticket but for zeros"),
                            ("quantity", "Quantity differs"),
                            ("price", "No price"),
                            ("duplicate", "Possible duplicate"),
                            ("ghost_flight", "No such flight"),
                            ("wrong_registration", "Wrong registration"),
                            ("other_operator", "Aircraft of another airline"),
                            ("wrong_destination", "Wrong destination"),
                        ],
                        max_length=20,
                        verbose_name="exception",
                    ),
                ),
                ("words", models.JSONField(verbose_name="figures")),
                ("noted_at", models.DateTimeField(verbose_name="since")),
                ("explanation", models.CharField(blank=True, max_length=400, verbose_name="explanation")),
                ("explained_at", models.DateTimeField(null=True, verbose_name="explained")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="resolved since")),
                (
                    "explained_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="explained by",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exceptions",
                        to="fuel.deliveryticket",
                        verbose_name="ticket",
                    ),
                ),
            ],
            options={
                "verbose_name": "exception of a ticket",
                "verbose_name_plural": "exceptions of tickets",
                "db_table_comment": "What of a ticket is implausible or does not fit, and what explains it.",
                "ordering": ("-noted_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="TicketReclassification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "was_flight_type",
                    models.CharField(
                        choices=[
                            ("international", "International"),
                            ("regional", "Hong Kong, Macao or Taiwan"),
                            ("domestic", "Domestic"),
                        ],
                        max_length=15,
                        verbose_name="kind of flight before",
                    ),
                ),
                ("mass_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="mass (kg)")),
                (
                    "customs_value_cny",
                    models.DecimalField(decimal_places=2, max_digits=18, verbose_name="customs value (CNY)"),
                ),
                ("duty_cny", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="duty (CNY)")),
                (
                    "consumption_tax_cny",
                    models.DecimalField(decimal_places=2, max_digits=18, verbose_name="consumption tax (CNY)"),
                ),
                ("vat_cny", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="VAT (CNY)")),
                ("rates_date", models.DateField(verbose_name="rates as of")),
                (
                    "declaration_number",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=40, verbose_name="domestic declaration number"
                    ),
                ),
                ("reason", models.CharField(max_length=400, verbose_name="reason")),
                ("decided_at", models.DateTimeField(verbose_name="decided")),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "ticket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reclassification",
                        to="fuel.deliveryticket",
                        verbose_name="ticket",
                    ),
                ),
                (
                    "was_destination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.airport",
                        verbose_name="destination before",
                    ),
                ),
            ],
            options={
                "verbose_name": "reclassification",
                "verbose_name_plural": "reclassifications",
                "db_table_comment": "The tax payable on a bonded uplift whose flight turned out to be domestic.",
                "ordering": ("ticket",),
            },
        ),
        migrations.CreateModel(
            name="ReclassifiedLot",
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
                ("mass_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="mass (kg)")),
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
                    "reclassification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="fuel.ticketreclassification",
                        verbose_name="reclassification",
                    ),
                ),
            ],
            options={
                "verbose_name": "reclassified lot",
                "verbose_name_plural": "reclassified lots",
                "db_table_comment": "What of one lot was reclassified, and its assessment.",
                "ordering": ("reclassification", "lot"),
            },
        ),
        migrations.CreateModel(
            name="TransportLoss",
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
                ("missing_mass_kg", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="missing (kg)")),
                (
                    "tolerated_mass_kg",
                    models.DecimalField(decimal_places=3, max_digits=18, verbose_name="of which tolerated (kg)"),
                ),
                (
                    "taxed_mass_kg",
                    models.DecimalField(decimal_places=3, max_digits=18, verbose_name="beyond the tolerance (kg)"),
                ),
                ("rates_date", models.DateField(null=True, verbose_name="rates as of")),
                ("reason", models.CharField(max_length=400, verbose_name="reason")),
                ("decided_at", models.DateTimeField(verbose_name="decided")),
                (
                    "consignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transport_loss",
                        to="fuel.fuelconsignment",
                        verbose_name="consignment",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
            ],
            options={
                "verbose_name": "transport loss",
                "verbose_name_plural": "transport losses",
                "db_table_comment": "A transport loss beyond its tolerance, and the tax payable on it.",
                "ordering": ("consignment",),
            },
        ),
        migrations.CreateModel(
            name="DutyPaidPrice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from_date", models.DateField(verbose_name="valid from")),
                (
                    "price_cny_per_tonne",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="price (CNY/t)"),
                ),
                (
                    "has_into_plane_fee",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Delivered into the aircraft; else the fee of the contract is added to it.",
                        verbose_name="has the into-plane fee in it",
                    ),
                ),
                ("source", models.CharField(max_length=120, verbose_name="source")),
                (
                    "airport",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.airport",
                        verbose_name="airport",
                    ),
                ),
            ],
            options={
                "verbose_name": "duty-paid price",
                "verbose_name_plural": "duty-paid prices",
                "db_table_comment": "The duty-paid price of jet fuel at an airport, from a day on.",
                "ordering": ("airport", "-valid_from_date"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("airport", "valid_from_date"),
                        name="duty_paid_price_once_a_day",
                        violation_error_message="The airport already has a duty-paid price from this day on.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price_cny_per_tonne__gt", 0)),
                        name="duty_paid_price_positive",
                        violation_error_message="The price must be above zero.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FlightRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "flight_number",
                    models.CharField(
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(?:[A-Z]{3}|[A-Z][A-Z0-9]|[0-9][A-Z])[0-9]{1,4}[A-Z]?$",
                                "Write the designator of the airline and up to four digits, such as CA981.",
                            )
                        ],
                        verbose_name="flight",
                    ),
                ),
                (
                    "flight_key",
                    fuel.models.flight_numbers.FlightKeyField(
                        blank=True, db_default="", editable=False, max_length=60, of="flight_number"
                    ),
                ),
                ("flight_date", models.DateField(verbose_name="flight date")),
                (
                    "registration",
                    models.CharField(
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(?=.*[A-Z])(?:[A-Z0-9]{1,2}-[A-Z0-9]{1,5}|[A-Z][A-Z0-9]{2,6})$",
                                "Write the marks in capitals, such as B-2098.",
                            )
                        ],
                        verbose_name="registration",
                    ),
                ),
                (
                    "litres_reported",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=18, null=True, verbose_name="litres by the airline"
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=120, verbose_name="source")),
                (
                    "airline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flight_records",
                        to="registry.airline",
                        verbose_name="airline",
                    ),
                ),
                (
                    "destination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.airport",
                        verbose_name="destination",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flight_records",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "flight record",
                "verbose_name_plural": "flight records",
                "db_table_comment": "Departures by the schedule or the airline, for matching tickets.",
                "ordering": ("-flight_date", "flight_number", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("flight_key", ""), _negated=True),
                        fields=("site", "airline", "flight_key", "flight_date"),
                        name="flight_record_once",
                        violation_error_message="This flight of the day is recorded already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("litres_reported__isnull", True), ("litres_reported__gte", 0), _connector="OR"
                        ),
                        name="flight_record_litres_not_negative",
                        violation_error_message="The litres cannot be below zero.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="fuelconsignment",
            constraint=models.UniqueConstraint(
                fields=("site", "number_year", "number_sequence"), name="fuelconsignment_number_once_per_site_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelconsignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("number_sequence__gt", 0)), name="fuelconsignment_number_from_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelconsignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("document_mass_kg__gt", 0)),
                name="fuel_consignment_mass_positive",
                violation_error_message="The mass by document must be above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelconsignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("book__isnull", False), ("customs_status", "bonded")),
                    models.Q(("customs_status", "bonded"), _negated=True),
                    _connector="OR",
                ),
                name="fuel_consignment_bonded_has_book",
                violation_error_message="Bonded fuel needs an account book.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelconsignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("loss_tolerance_percent__gte", 0), ("loss_tolerance_percent__lte", 5)),
                name="fuel_consignment_tolerance_in_range",
                violation_error_message="The tolerance is between 0 and 5 %.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelconsignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepted_by__isnull", True),
                    models.Q(("accepted_by", models.F("prepared_by")), _negated=True),
                    _connector="OR",
                ),
                name="fuel_consignment_accepted_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelconsignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("released_by__isnull", True),
                    models.Q(("released_by", models.F("received_by")), _negated=True),
                    _connector="OR",
                ),
                name="fuel_consignment_released_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuellimits",
            constraint=models.UniqueConstraint(
                fields=("site", "product"),
                name="fuel_limits_once",
                violation_error_message="The site already has limits for this product.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuellimits",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lowest_celsius__lt", models.F("highest_celsius")),
                    ("lowest_density__lt", models.F("highest_density")),
                ),
                name="fuel_limits_in_order",
                violation_error_message="The lowest figure lies below the highest.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelpayment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reference_key", ""), _negated=True),
                fields=("site", "airline", "reference_key"),
                name="fuel_payment_once",
                violation_error_message="A payment with this reference is recorded already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount", 0), _negated=True),
                name="fuel_payment_not_zero",
                violation_error_message="The amount cannot be zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="manualcharge",
            constraint=models.UniqueConstraint(
                fields=("site", "number_year", "number_sequence"), name="manualcharge_number_once_per_site_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="manualcharge",
            constraint=models.CheckConstraint(
                condition=models.Q(("number_sequence__gt", 0)), name="manualcharge_number_from_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="manualcharge",
            constraint=models.CheckConstraint(
                condition=models.Q(("net_amount", 0), _negated=True),
                name="manual_charge_not_zero",
                violation_error_message="The amount cannot be zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="manualcharge",
            constraint=models.CheckConstraint(
                condition=models.Q(("vat_rate__gte", 0), ("vat_rate__lt", 1)),
                name="manual_charge_vat_rate_is_a_fraction",
                violation_error_message="A VAT rate lies between 0 and 100 %.",
            ),
        ),
        migrations.AddConstraint(
            model_name="manualcharge",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_date__lte", models.F("through_date"))),
                name="manual_charge_in_order",
                violation_error_message="The period ends before it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="manualcharge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "charged"), _negated=True),
                    models.Q(
                        ("decided_by__isnull", False), models.Q(("decided_by", models.F("prepared_by")), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="manual_charge_approved_by_another",
            ),
        ),
        migrations.AddIndex(
            model_name="charge",
            index=models.Index(fields=["airline", "delivered_at"], name="charge_airline_delivered"),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "uplift")), fields=("ticket",), name="charge_once_per_ticket"
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "defuel")), fields=("defuel",), name="charge_once_per_defuel"
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind__in", ["credit", "rebill"])),
                fields=("corrects", "kind"),
                name="charge_corrected_once",
                violation_error_message="This charge was credited already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("corrects__isnull", False), ("kind__in", ["credit", "rebill"])),
                    models.Q(("corrects__isnull", False), ("kind", "part")),
                    models.Q(("corrects__isnull", True), ("kind__in", ["uplift", "defuel", "manual"])),
                    _connector="OR",
                ),
                name="charge_names_what_it_corrects",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "manual")), fields=("manual",), name="charge_once_per_manual"
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("celsius__isnull", False),
                        ("density_at_base__isnull", False),
                        ("destination__isnull", False),
                        ("manual__isnull", True),
                        ("ticket__isnull", False),
                        models.Q(("kind", "manual"), _negated=True),
                    ),
                    models.Q(("kind__in", ["manual", "credit"]), ("manual__isnull", False), ("ticket__isnull", True)),
                    _connector="OR",
                ),
                name="charge_is_of_a_ticket_or_by_hand",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("manual__isnull", False), ("mass_kg", 0)),
                    models.Q(("kind", "uplift"), ("mass_kg__gt", 0)),
                    models.Q(("kind", "defuel"), ("mass_kg__lt", 0)),
                    models.Q(("defuel__isnull", True), ("kind", "credit"), ("mass_kg__lt", 0)),
                    models.Q(("defuel__isnull", False), ("kind", "credit"), ("mass_kg__gt", 0)),
                    models.Q(("defuel__isnull", True), ("kind", "rebill"), ("mass_kg__gt", 0)),
                    models.Q(("defuel__isnull", False), ("kind", "rebill"), ("mass_kg__lt", 0)),
                    models.Q(("defuel__isnull", True), ("kind", "part"), ("mass_kg__lte", 0), ("net_amount__lt", 0)),
                    _connector="OR",
                ),
                name="charge_mass_signed",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("customs_status", "duty_paid"),
                        ("duty_paid_has_fee__isnull", False),
                        ("kind__in", ["uplift", "rebill"]),
                        _negated=True,
                    ),
                    ("duty_paid_cny", models.F("amount_cny")),
                    _connector="OR",
                ),
                name="charge_duty_paid_saves_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "saving_price_cny",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("duty_paid_cny"), "-", models.F("amount_cny")
                                    ),
                                    "-",
                                    models.F("saving_duty_cny"),
                                ),
                                "-",
                                models.F("saving_consumption_tax_cny"),
                            ),
                            "-",
                            models.F("saving_vat_cny"),
                        ),
                    )
                ),
                name="charge_saving_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="measurementbasis",
            constraint=models.UniqueConstraint(
                fields=("site", "valid_from_date"),
                name="measurement_basis_once_a_day",
                violation_error_message="The site already has a measurement basis from this day on.",
            ),
        ),
        migrations.AddConstraint(
            model_name="measurementbasis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("base__in", ["15C", "20C"]), ("standard", "1980"), ("vcf_decimals__in", [4, 5])),
                    models.Q(("standard", "2004"), ("vcf_decimals", 5)),
                    _connector="OR",
                ),
                name="measurement_basis_of_its_standard",
                violation_error_message="The standard of 1980 has 4 or 5 decimals at 15 °C or 20 °C, that of 2004 has 5 decimals.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meter",
            constraint=models.UniqueConstraint(
                fields=("site", "code"),
                name="meter_code_once_per_site",
                violation_error_message="The site already has a meter with this code.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meter",
            constraint=models.UniqueConstraint(
                models.F("site"),
                registry.key_fields.SameCode("code"),
                name="meter_code_once_in_any_case",
                violation_error_message="The site already has a meter with this code.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meter",
            constraint=models.CheckConstraint(
                condition=models.Q(("digits__gte", 4), ("digits__lte", 12)), name="meter_digits_in_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="meterproving",
            constraint=models.UniqueConstraint(
                fields=("meter", "proved_at"),
                name="meter_proving_once",
                violation_error_message="The meter was already proved at this moment.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meterproving",
            constraint=models.CheckConstraint(
                condition=models.Q(("factor__gte", "0.98"), ("factor__lte", "1.02")),
                name="meter_factor_in_range",
                violation_error_message="A meter factor lies between 0.9800 and 1.0200.",
            ),
        ),
        migrations.AddConstraint(
            model_name="movementlimit",
            constraint=models.UniqueConstraint(
                fields=("site", "valid_from_date"),
                name="movement_limit_once_a_day",
                violation_error_message="The site already has a limit from this day on.",
            ),
        ),
        migrations.AddConstraint(
            model_name="movementlimit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("drain_kg_per_act__gte", 0),
                    ("drain_kg_per_day__gte", 0),
                    ("sample_kg_per_act__gte", 0),
                    ("sample_kg_per_day__gte", 0),
                ),
                name="movement_limit_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="overdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("mass_kg__gt", 0)), name="over_delivery_mass_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="overdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("customs_value_cny__isnull", False), ("lot__isnull", False), ("outcome", "admitted")),
                    models.Q(("customs_value_cny__isnull", True), ("lot__isnull", True), ("outcome", "taken_out")),
                    _connector="OR",
                ),
                name="over_delivery_admitted_has_lot_and_assessment",
            ),
        ),
        migrations.AddConstraint(
            model_name="overdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("reference", ""), _negated=True), name="over_delivery_has_reference"
            ),
        ),
        migrations.AddConstraint(
            model_name="indexquote",
            constraint=models.UniqueConstraint(
                fields=("index", "quoted_date"),
                name="index_quote_once_a_day",
                violation_error_message="The index already has a quote of this day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="indexquote",
            constraint=models.CheckConstraint(
                condition=models.Q(("price__gt", 0)),
                name="index_quote_positive",
                violation_error_message="The price must be above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelcontract",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number_key", ""), _negated=True),
                fields=("number_key",),
                name="fuel_contract_number_once",
                violation_error_message="There is already a contract with this number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelcontract",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("site", "="),
                    ("airline", "="),
                    ("airport", "="),
                    (
                        models.Func(
                            models.F("valid_from_date"),
                            models.F("valid_to_date"),
                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                inclusive_lower=True, inclusive_upper=True
                            ),
                            function="DATERANGE",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="fuel_contract_one_at_a_time",
                violation_error_message="Another contract of the airline at this airport covers some of these days.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelcontract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to_date__isnull", True),
                    ("valid_to_date__gte", models.F("valid_from_date")),
                    _connector="OR",
                ),
                name="fuel_contract_ends_after_it_begins",
                violation_error_message="The contract cannot end before it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelcontract",
            constraint=models.CheckConstraint(
                condition=models.Q(("barrels_per_tonne__gte", 6), ("barrels_per_tonne__lte", 9)),
                name="fuel_contract_factor_in_range",
                violation_error_message="Barrels per tonne lie between 6 and 9.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelcontract",
            constraint=models.CheckConstraint(
                condition=models.Q(("into_plane_fee_per_tonne__gte", 0)),
                name="fuel_contract_fee_not_negative",
                violation_error_message="The fee cannot be below zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reconciliationrule",
            constraint=models.UniqueConstraint(
                fields=("site", "valid_from_date"),
                name="reconciliation_rule_once_a_day",
                violation_error_message="The site already has a reconciliation rule from this day on.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reconciliationrule",
            constraint=models.UniqueConstraint(
                fields=("site", "name", "version"), name="reconciliation_rule_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reconciliationrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("split_by", "one_status"), models.Q(("all_to_status", ""), _negated=True)),
                    models.Q(models.Q(("split_by", "one_status"), _negated=True), ("all_to_status", "")),
                    _connector="OR",
                ),
                name="reconciliation_rule_names_its_status",
                violation_error_message="Name the status that bears all, and only then.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reconciliationrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tolerance_percent_of_issues__gte", 0), ("tolerance_percent_of_throughput__gte", 0)
                ),
                name="reconciliation_rule_tolerances_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="reliefrule",
            constraint=models.UniqueConstraint(
                fields=("nationality", "flight_type", "airport", "valid_from_date"),
                name="relief_rule_once_a_day",
                nulls_distinct=False,
                violation_error_message="There is already such a rule from this day on.",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(
                fields=("site", "number_year", "number_sequence"), name="statement_number_once_per_site_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("number_sequence__gt", 0)), name="statement_number_from_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "closing",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("opening"), "+", models.F("charges_total")
                            ),
                            "-",
                            models.F("payments_total"),
                        ),
                    )
                ),
                name="fuel_statement_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_date__lte", models.F("through_date"))), name="fuel_statement_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.UniqueConstraint(
                fields=("site", "number_year", "number_sequence"), name="dispute_number_once_per_site_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(("number_sequence__gt", 0)), name="dispute_number_from_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["open", "answered"])),
                fields=("charge",),
                name="dispute_undecided_once_per_charge",
                violation_error_message="This charge is disputed already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    ("state", "withdrawn"),
                    models.Q(("decided_by", models.F("prepared_by")), _negated=True),
                    _connector="OR",
                ),
                name="dispute_decided_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.UniqueConstraint(fields=("statement", "row"), name="statement_line_once"),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.UniqueConstraint(fields=("statement", "charge"), name="statement_line_charge_once"),
        ),
        migrations.AddConstraint(
            model_name="statementpayment",
            constraint=models.UniqueConstraint(fields=("statement", "payment"), name="statement_payment_once"),
        ),
        migrations.AddConstraint(
            model_name="statementrun",
            constraint=models.UniqueConstraint(
                fields=("site", "number_year", "number_sequence"), name="statementrun_number_once_per_site_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="statementrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("number_sequence__gt", 0)), name="statementrun_number_from_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="statementrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_date__lte", models.F("through_date"))), name="statement_run_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="statementrun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["queued", "running"])),
                fields=("site",),
                name="statement_run_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementrunline",
            constraint=models.UniqueConstraint(fields=("run", "airline"), name="statement_run_line_once"),
        ),
        migrations.AddConstraint(
            model_name="statementrunline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "issued"), ("statement__isnull", False)),
                    models.Q(models.Q(("outcome", "issued"), _negated=True), ("statement__isnull", True)),
                    _connector="OR",
                ),
                name="statement_run_line_names_its_statement",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementrunline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "waiting"), ("settled_at__isnull", True)),
                    models.Q(models.Q(("outcome", "waiting"), _negated=True), ("settled_at__isnull", False)),
                    _connector="OR",
                ),
                name="statement_run_line_settled",
            ),
        ),
        migrations.AddConstraint(
            model_name="statuschangelot",
            constraint=models.UniqueConstraint(fields=("status_change", "row"), name="status_change_lot_row_once"),
        ),
        migrations.AddConstraint(
            model_name="statuschangelot",
            constraint=models.UniqueConstraint(fields=("status_change", "lot"), name="status_change_lot_once"),
        ),
        migrations.AddConstraint(
            model_name="statuschangelot",
            constraint=models.CheckConstraint(
                condition=models.Q(("mass_kg__gt", 0)), name="status_change_lot_mass_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="statuschangelot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("consumption_tax_cny__isnull", False),
                    ("customs_value_cny__isnull", False),
                    ("duty_cny__isnull", False),
                    ("vat_cny__isnull", False),
                ),
                name="status_change_lot_is_assessed",
            ),
        ),
        migrations.AddConstraint(
            model_name="strappingrow",
            constraint=models.UniqueConstraint(fields=("table", "dip_mm"), name="strapping_row_once"),
        ),
        migrations.AddConstraint(
            model_name="strappingrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("dip_mm__gte", 0), ("volume_m3__gte", 0)), name="strapping_row_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="strappingtable",
            constraint=models.UniqueConstraint(fields=("tank", "version"), name="strapping_table_version_once"),
        ),
        migrations.AddConstraint(
            model_name="strappingtable",
            constraint=models.UniqueConstraint(
                fields=("tank", "valid_from_date"),
                name="strapping_table_once_a_day",
                violation_error_message="The tank already has a strapping table from this day on.",
            ),
        ),
        migrations.AddConstraint(
            model_name="statuschange",
            constraint=models.UniqueConstraint(
                fields=("site", "number_year", "number_sequence"), name="statuschange_number_once_per_site_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="statuschange",
            constraint=models.CheckConstraint(
                condition=models.Q(("number_sequence__gt", 0)), name="statuschange_number_from_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="statuschange",
            constraint=models.CheckConstraint(
                condition=models.Q(("mass_kg__gt", 0)),
                name="status_change_mass_positive",
                violation_error_message="The mass must be above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="statuschange",
            constraint=models.CheckConstraint(
                condition=models.Q(("reference", ""), _negated=True), name="status_change_has_reference"
            ),
        ),
        migrations.AddConstraint(
            model_name="statuschange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_tank__isnull", True),
                    models.Q(("to_tank", models.F("from_tank")), _negated=True),
                    _connector="OR",
                ),
                name="status_change_to_another_tank",
            ),
        ),
        migrations.AddConstraint(
            model_name="statuschange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_reversed", False), models.Q(("state", "void"), _negated=True)),
                fields=("from_tank", "reference"),
                name="status_change_declaration_once_per_tank",
            ),
        ),
        migrations.AddConstraint(
            model_name="statuschange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepted_by__isnull", True),
                    models.Q(("accepted_by", models.F("prepared_by")), _negated=True),
                    _connector="OR",
                ),
                name="status_change_accepted_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="gauge",
            constraint=models.UniqueConstraint(
                fields=("site", "number_year", "number_sequence"), name="gauge_number_once_per_site_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="gauge",
            constraint=models.CheckConstraint(
                condition=models.Q(("number_sequence__gt", 0)), name="gauge_number_from_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="gauge",
            constraint=models.CheckConstraint(
                condition=models.Q(("dip_mm__gte", 0), ("water_mm__gte", 0), ("water_mm__lte", models.F("dip_mm"))),
                name="gauge_water_below_dip",
                violation_error_message="The water dip lies above the dip.",
            ),
        ),
        migrations.AddConstraint(
            model_name="gauge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_void", False)),
                fields=("tank", "gauged_at"),
                name="gauge_once_a_moment",
                violation_error_message="The tank was already gauged at this moment.",
            ),
        ),
        migrations.AddIndex(
            model_name="deliveryticket",
            index=models.Index(fields=["airline", "flight_date"], name="ticket_airline_flight_date"),
        ),
        migrations.AddIndex(
            model_name="deliveryticket",
            index=models.Index(fields=["vendor", "ticket_twin_key"], name="ticket_twins_of_vendor"),
        ),
        migrations.AddConstraint(
            model_name="deliveryticket",
            constraint=models.UniqueConstraint(
                fields=("site", "number_year", "number_sequence"), name="deliveryticket_number_once_per_site_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryticket",
            constraint=models.CheckConstraint(
                condition=models.Q(("number_sequence__gt", 0)), name="deliveryticket_number_from_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryticket",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("state", "void"), _negated=True), models.Q(("ticket_key", ""), _negated=True)
                ),
                fields=("vendor", "ticket_key"),
                name="ticket_number_once_per_vendor",
                violation_error_message="The vendor already has a ticket with this number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryticket",
            constraint=models.CheckConstraint(
                condition=models.Q(("litres_observed__isnull", True), ("litres_observed__gt", 0), _connector="OR"),
                name="ticket_litres_positive",
                violation_error_message="The litres delivered must be above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryticket",
            constraint=models.CheckConstraint(
                condition=models.Q(("requested_litres__isnull", True), ("requested_litres__gt", 0), _connector="OR"),
                name="ticket_requested_litres_positive",
                violation_error_message="The litres requested must be above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryticket",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "void"]), ("mass_kg__gt", 0), _connector="OR"),
                name="ticket_metered_has_mass",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("started_at__isnull", True), ("started_at__lte", models.F("delivered_at")), _connector="OR"
                ),
                name="ticket_ends_after_it_begins",
                violation_error_message="Fuelling cannot end before it began.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("matched_by__isnull", True),
                    models.Q(("matched_by", models.F("signed_by")), _negated=True),
                    _connector="OR",
                ),
                name="ticket_matched_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaces__isnull", True),
                    models.Q(
                        models.Q(("evidence", ""), _negated=True), models.Q(("replaces", models.F("id")), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="ticket_replaces_with_evidence",
            ),
        ),
        migrations.AddConstraint(
            model_name="defueldraw",
            constraint=models.UniqueConstraint(fields=("defuel", "row"), name="defuel_draw_once"),
        ),
        migrations.AddConstraint(
            model_name="defueldraw",
            constraint=models.CheckConstraint(condition=models.Q(("mass_kg__gt", 0)), name="defuel_draw_positive"),
        ),
        migrations.AddConstraint(
            model_name="defuel",
            constraint=models.UniqueConstraint(
                fields=("site", "number_year", "number_sequence"), name="defuel_number_once_per_site_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="defuel",
            constraint=models.CheckConstraint(
                condition=models.Q(("number_sequence__gt", 0)), name="defuel_number_from_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="defuel",
            constraint=models.CheckConstraint(condition=models.Q(("mass_kg__gt", 0)), name="defuel_mass_positive"),
        ),
        migrations.AddConstraint(
            model_name="defuel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("prepared_by")), _negated=True),
                    _connector="OR",
                ),
                name="defuel_decided_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="consignmentreceipt",
            constraint=models.UniqueConstraint(fields=("consignment", "row"), name="consignment_receipt_once"),
        ),
        migrations.AddConstraint(
            model_name="consignmentreceipt",
            constraint=models.UniqueConstraint(
                fields=("consignment", "tank"), name="consignment_receipt_once_per_tank"
            ),
        ),
        migrations.AddConstraint(
            model_name="consignmentreceipt",
            constraint=models.CheckConstraint(
                condition=models.Q(("mass_kg__gt", 0)), name="consignment_receipt_mass_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="consignmentreceipt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("gauge_after__isnull", False), ("gauge_before__isnull", False)),
                    models.Q(
                        ("gauge_after__isnull", True),
                        ("gauge_before__isnull", True),
                        ("litres_observed__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="consignment_receipt_gauged_or_metered",
                violation_error_message="Name both gauges, or the metered litres with temperature and density.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tankgroup",
            constraint=models.UniqueConstraint(
                fields=("site", "code"),
                name="tank_group_code_once_per_site",
                violation_error_message="The site already has a tank group with this code.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tankmovement",
            constraint=models.UniqueConstraint(
                fields=("site", "number_year", "number_sequence"), name="tankmovement_number_once_per_site_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="tankmovement",
            constraint=models.CheckConstraint(
                condition=models.Q(("number_sequence__gt", 0)), name="tankmovement_number_from_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="tankmovement",
            constraint=models.CheckConstraint(
                condition=models.Q(("mass_kg__gt", 0)),
                name="tank_movement_mass_positive",
                violation_error_message="The mass must be above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tankmovement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("movement__in", ["transfer", "drain"]),
                        ("to_tank__isnull", False),
                        models.Q(("to_tank", models.F("from_tank")), _negated=True),
                    ),
                    models.Q(models.Q(("movement", "transfer"), _negated=True), ("to_tank__isnull", True)),
                    _connector="OR",
                ),
                name="tank_movement_names_its_target",
                violation_error_message="A transfer or drain names another tank; a sample or destruction names none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tankmovement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("prepared_by")), _negated=True),
                    _connector="OR",
                ),
                name="tank_movement_approved_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="tankmovement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("movement", "destruction"), ("state__in", ["posted", "reversed"]), _negated=True),
                    ("decided_by__isnull", False),
                    _connector="OR",
                ),
                name="tank_movement_destruction_is_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="tankmovementdraw",
            constraint=models.UniqueConstraint(fields=("tank_movement", "row"), name="tank_movement_draw_once"),
        ),
        migrations.AddConstraint(
            model_name="tankmovementdraw",
            constraint=models.CheckConstraint(
                condition=models.Q(("mass_kg__gt", 0)), name="tank_movement_draw_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="tankreconciliation",
            constraint=models.UniqueConstraint(
                fields=("site", "number_year", "number_sequence"),
                name="tankreconciliation_number_once_per_site_and_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="tankreconciliation",
            constraint=models.CheckConstraint(
                condition=models.Q(("number_sequence__gt", 0)), name="tankreconciliation_number_from_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="tankreconciliation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "gain_loss_kg",
                        django.db.models.expressions.CombinedExpression(
                            models.F("physical_kg"), "-", models.F("book_kg")
                        ),
                    )
                ),
                name="tank_reconciliation_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="tankreconciliation",
            constraint=models.CheckConstraint(
                condition=models.Q(("begins_at__lt", models.F("ends_at"))), name="tank_reconciliation_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="tankreconciliation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["void", "reversed"]), _negated=True),
                fields=("tank", "ends_at"),
                name="tank_reconciliation_once",
                violation_error_message="The tank was already reconciled to this gauge.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tankreconciliation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["drawn", "breached", "explained"])),
                fields=("tank",),
                name="tank_reconciliation_one_open",
                violation_error_message="An earlier reconciliation of the tank is not decided yet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tankreconciliation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(
                        models.Q(("approved_by", models.F("prepared_by")), _negated=True),
                        models.Q(
                            ("explained_by__isnull", True),
                            models.Q(("approved_by", models.F("explained_by")), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="tank_reconciliation_approved_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="tankloss",
            constraint=models.UniqueConstraint(fields=("reconciliation", "row"), name="tank_loss_row_once"),
        ),
        migrations.AddConstraint(
            model_name="tankloss",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "lost_mass_kg",
                        django.db.models.expressions.CombinedExpression(
                            models.F("tolerated_mass_kg"), "+", models.F("taxed_mass_kg")
                        ),
                    )
                ),
                name="tank_loss_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="tankloss",
            constraint=models.CheckConstraint(
                condition=models.Q(("taxed_mass_kg__gt", 0), ("tolerated_mass_kg__gte", 0)),
                name="tank_loss_is_beyond_tolerance",
            ),
        ),
        migrations.AddConstraint(
            model_name="tankloss",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("consumption_tax_cny__isnull", False),
                    ("customs_value_cny__isnull", False),
                    ("duty_cny__isnull", False),
                    ("vat_cny__isnull", False),
                ),
                name="tank_loss_is_assessed",
            ),
        ),
        migrations.AddConstraint(
            model_name="tankreconciliationline",
            constraint=models.UniqueConstraint(
                fields=("reconciliation", "customs_status"), name="tank_reconciliation_line_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="tankreconciliationline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "book_kg",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    django.db.models.expressions.CombinedExpression(
                                                        models.F("opening_kg"), "+", models.F("receipts_kg")
                                                    ),
                                                    "+",
                                                    models.F("defuels_kg"),
                                                ),
                                                "+",
                                                models.F("transfers_kg"),
                                            ),
                                            "+",
                                            models.F("status_changes_kg"),
                                        ),
                                        "-",
                                        models.F("uplifts_kg"),
                                    ),
                                    "-",
                                    models.F("samples_kg"),
                                ),
                                "-",
                                models.F("drains_kg"),
                            ),
                            "+",
                            models.F("adjustments_kg"),
                        ),
                    )
                ),
                name="tank_reconciliation_line_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticketdraw",
            constraint=models.UniqueConstraint(fields=("ticket", "row"), name="ticket_draw_once"),
        ),
        migrations.AddConstraint(
            model_name="ticketdraw",
            constraint=models.CheckConstraint(condition=models.Q(("mass_kg__gt", 0)), name="ticket_draw_positive"),
        ),
        migrations.AddConstraint(
            model_name="ticketexception",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("ticket", "kind"),
                name="ticket_exception_stands_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticketexception",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("explained_at__isnull", True), ("explained_by__isnull", True), ("explanation", "")),
                    models.Q(
                        models.Q(("explanation", ""), _negated=True),
                        ("explained_at__isnull", False),
                        ("explained_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="ticket_exception_explained_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticketreclassification",
            constraint=models.CheckConstraint(
                condition=models.Q(("mass_kg__gt", 0)), name="ticket_reclassification_mass_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="reclassifiedlot",
            constraint=models.UniqueConstraint(fields=("reclassification", "lot"), name="reclassified_lot_once"),
        ),
        migrations.AddConstraint(
            model_name="transportloss",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "missing_mass_kg",
                        django.db.models.expressions.CombinedExpression(
                            models.F("tolerated_mass_kg"), "+", models.F("taxed_mass_kg")
                        ),
                    )
                ),
                name="transport_loss_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="transportloss",
            constraint=models.CheckConstraint(
                condition=models.Q(("taxed_mass_kg__gt", 0), ("tolerated_mass_kg__gte", 0)),
                name="transport_loss_is_beyond_tolerance",
            ),
        ),
        migrations.AddConstraint(
            model_name="transportloss",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("customs_value_cny__isnull", True), ("rates_date__isnull", True)),
                    models.Q(("customs_value_cny__isnull", False), ("rates_date__isnull", False)),
                    _connector="OR",
                ),
                name="transport_loss_rates_with_figures",
            ),
        ),
    ]
