import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.lookups
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import registry.countries
import registry.currencies
import registry.key_fields
import registry.models.people


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Airline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "iata_code",
                    models.CharField(
                        max_length=2,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z0-9]{2}$", "Write two capital letters or digits."
                            )
                        ],
                        verbose_name="IATA designator",
                    ),
                ),
                (
                    "icao_code",
                    models.CharField(
                        max_length=3,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator("^[A-Z]{3}$", "Write three capital letters.")
                        ],
                        verbose_name="ICAO designator",
                    ),
                ),
            ],
            options={
                "verbose_name": "airline",
                "verbose_name_plural": "airlines",
                "db_table_comment": "The designators of a carrier.",
                "ordering": ("iata_code",),
            },
        ),
        migrations.CreateModel(
            name="Airport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "iata_code",
                    models.CharField(
                        max_length=3,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{3}$", "Write three capital letters such as URC."
                            )
                        ],
                        verbose_name="IATA code",
                    ),
                ),
                (
                    "icao_code",
                    models.CharField(
                        blank=True,
                        max_length=4,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{4}$", "Write four capital letters such as ZWWW."
                            )
                        ],
                        verbose_name="ICAO code",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="name in Chinese")),
                (
                    "country",
                    models.CharField(
                        max_length=2, validators=[registry.countries.check_country], verbose_name="country (ISO 3166)"
                    ),
                ),
                ("time_zone", models.CharField(max_length=40, verbose_name="time zone")),
            ],
            options={
                "verbose_name": "airport",
                "verbose_name_plural": "airports",
                "db_table_comment": "Airports by their IATA code.",
                "ordering": ("iata_code",),
            },
        ),
        migrations.CreateModel(
            name="CountryGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
            ],
            options={
                "verbose_name": "country group",
                "verbose_name_plural": "country groups",
                "db_table_comment": "A group of countries that trade terms or statistics name.",
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="HsCode",
            fields=[
                ("code", models.CharField(max_length=6, primary_key=True, serialize=False, verbose_name="code")),
                ("description", models.TextField(verbose_name="description")),
                ("section", models.CharField(max_length=6, verbose_name="section")),
            ],
            options={
                "verbose_name": "HS code",
                "verbose_name_plural": "HS codes",
                "db_table_comment": "Headings and subheadings of the Harmonized System.",
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=160, verbose_name="name in Chinese")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("zone_operator", "Zone operator"),
                            ("warehouse_keeper", "Warehouse keeper"),
                            ("goods_owner", "Goods owner"),
                            ("carrier", "Carrier"),
                            ("airline", "Airline"),
                            ("fuel_supplier", "Fuel supplier"),
                            ("maintenance", "Maintenance organisation"),
                            ("customs_office", "Customs office"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        default="CN",
                        max_length=2,
                        validators=[registry.countries.check_country],
                        verbose_name="country (ISO 3166)",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "db_table_comment": "Whoever keeps, owns, carries or supervises goods.",
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="Zone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=12, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "time_zone",
                    models.CharField(default="Asia/Shanghai", max_length=40, verbose_name="customs time zone"),
                ),
            ],
            options={
                "verbose_name": "zone",
                "verbose_name_plural": "zones",
                "db_table_comment": "A free trade zone: the unit that keeps one ledger.",
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail address")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("language", models.CharField(blank=True, max_length=8, verbose_name="language")),
                ("time_zone", models.CharField(default="Asia/Shanghai", max_length=40, verbose_name="time zone")),
                ("gets_decisions_by_mail", models.BooleanField(default=False, verbose_name="decisions by e-mail")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "db_table_comment": "A person or program that signs in. Never deleted, only made inactive.",
                "ordering": ("email",),
            },
            managers=[
                ("objects", registry.models.people.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="ExchangeRate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "currency",
                    models.CharField(
                        max_length=3,
                        validators=[registry.currencies.check_currency],
                        verbose_name="currency (ISO 4217)",
                    ),
                ),
                ("valid_from_date", models.DateField(verbose_name="valid from")),
                ("cny_per_unit", models.DecimalField(decimal_places=6, max_digits=14, verbose_name="CNY per unit")),
                ("source", models.CharField(blank=True, max_length=120, verbose_name="source")),
            ],
            options={
                "verbose_name": "exchange rate",
                "verbose_name_plural": "exchange rates",
                "db_table_comment": "CNY for one unit of a currency, from a date until the next rate.",
                "ordering": ("currency", "-valid_from_date"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("currency", "valid_from_date"),
                        name="exchange_rate_once_a_day",
                        violation_error_message="The currency already has a rate from this day on.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cny_per_unit__gt", 0)),
                        name="exchange_rate_positive",
                        violation_error_message="The rate must be above zero.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAircraft",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "registration",
                    models.CharField(
                        db_index=True,
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
                    "type_designator",
                    models.CharField(
                        max_length=4,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z][A-Z0-9]{1,3}$", "Write the designator, such as B744."
                            )
                        ],
                        verbose_name="type (ICAO Doc 8643)",
                    ),
                ),
                (
                    "tank_capacity_litres",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="tank capacity (L)"),
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
                "verbose_name": "historical aircraft",
                "verbose_name_plural": "historical aircraft",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalAirport",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "iata_code",
                    models.CharField(
                        db_index=True,
                        max_length=3,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{3}$", "Write three capital letters such as URC."
                            )
                        ],
                        verbose_name="IATA code",
                    ),
                ),
                (
                    "icao_code",
                    models.CharField(
                        blank=True,
                        max_length=4,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{4}$", "Write four capital letters such as ZWWW."
                            )
                        ],
                        verbose_name="ICAO code",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="name in Chinese")),
                (
                    "country",
                    models.CharField(
                        max_length=2, validators=[registry.countries.check_country], verbose_name="country (ISO 3166)"
                    ),
                ),
                ("time_zone", models.CharField(max_length=40, verbose_name="time zone")),
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
                "verbose_name": "historical airport",
                "verbose_name_plural": "historical airports",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCountryGroup",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("code", models.CharField(db_index=True, max_length=20, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
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
                "verbose_name": "historical country group",
                "verbose_name_plural": "historical country groups",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCountryGroupMember",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "country",
                    models.CharField(
                        max_length=2, validators=[registry.countries.check_country], verbose_name="country (ISO 3166)"
                    ),
                ),
                ("valid_from_date", models.DateField(verbose_name="valid from")),
                ("valid_to_date", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.countrygroup",
                        verbose_name="group",
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
                "verbose_name": "historical member of a country group",
                "verbose_name_plural": "historical members of country groups",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalExchangeRate",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "currency",
                    models.CharField(
                        max_length=3,
                        validators=[registry.currencies.check_currency],
                        verbose_name="currency (ISO 4217)",
                    ),
                ),
                ("valid_from_date", models.DateField(verbose_name="valid from")),
                ("cny_per_unit", models.DecimalField(decimal_places=6, max_digits=14, verbose_name="CNY per unit")),
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
            ],
            options={
                "verbose_name": "historical exchange rate",
                "verbose_name_plural": "historical exchange rates",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalOrganisation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("code", models.CharField(db_index=True, max_length=20, verbose_name="code")),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=160, verbose_name="name in Chinese")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("zone_operator", "Zone operator"),
                            ("warehouse_keeper", "Warehouse keeper"),
                            ("goods_owner", "Goods owner"),
                            ("carrier", "Carrier"),
                            ("airline", "Airline"),
                            ("fuel_supplier", "Fuel supplier"),
                            ("maintenance", "Maintenance organisation"),
                            ("customs_office", "Customs office"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        default="CN",
                        max_length=2,
                        validators=[registry.countries.check_country],
                        verbose_name="country (ISO 3166)",
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
                "verbose_name": "historical organisation",
                "verbose_name_plural": "historical organisations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTariffRate",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "hs_prefix",
                    models.CharField(
                        max_length=10,
                        validators=[django.core.validators.RegexValidator("^\\d{2,10}$", "Write 2 to 10 digits.")],
                        verbose_name="HS prefix",
                    ),
                ),
                ("valid_from_date", models.DateField(verbose_name="valid from")),
                (
                    "duty_rate",
                    models.DecimalField(
                        decimal_places=6,
                        max_digits=7,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(10),
                        ],
                        verbose_name="duty",
                    ),
                ),
                (
                    "vat_rate",
                    models.DecimalField(
                        decimal_places=6,
                        max_digits=7,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(10),
                        ],
                        verbose_name="VAT",
                    ),
                ),
                (
                    "consumption_tax_rate",
                    models.DecimalField(
                        decimal_places=6,
                        default=0,
                        max_digits=7,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(10),
                        ],
                        verbose_name="consumption tax, ad valorem",
                    ),
                ),
                (
                    "consumption_tax_cny_per_unit",
                    models.DecimalField(
                        decimal_places=5,
                        default=0,
                        max_digits=12,
                        verbose_name="consumption tax, specific (CNY per unit)",
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
                    "origin_group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.countrygroup",
                        verbose_name="origin group",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical tariff rate",
                "verbose_name_plural": "historical tariff rates",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalUser",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                ("email", models.EmailField(db_index=True, max_length=254, verbose_name="e-mail address")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("language", models.CharField(blank=True, max_length=8, verbose_name="language")),
                ("time_zone", models.CharField(default="Asia/Shanghai", max_length=40, verbose_name="time zone")),
                ("gets_decisions_by_mail", models.BooleanField(default=False, verbose_name="decisions by e-mail")),
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
                "verbose_name": "historical user",
                "verbose_name_plural": "historical users",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalAirline",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "iata_code",
                    models.CharField(
                        db_index=True,
                        max_length=2,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z0-9]{2}$", "Write two capital letters or digits."
                            )
                        ],
                        verbose_name="IATA designator",
                    ),
                ),
                (
                    "icao_code",
                    models.CharField(
                        db_index=True,
                        max_length=3,
                        validators=[
                            django.core.validators.RegexValidator("^[A-Z]{3}$", "Write three capital letters.")
                        ],
                        verbose_name="ICAO designator",
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
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        limit_choices_to={"kind": "airline"},
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical airline",
                "verbose_name_plural": "historical airlines",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="airline",
            name="organisation",
            field=models.OneToOneField(
                limit_choices_to={"kind": "airline"},
                on_delete=django.db.models.deletion.PROTECT,
                related_name="airline",
                to="registry.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.CreateModel(
            name="Site",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=12, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="name in Chinese")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("warehouse", "Warehouse"),
                            ("tank_farm", "Tank farm"),
                            ("hangar", "Hangar"),
                            ("gate", "Gate"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "regime",
                    models.CharField(
                        choices=[
                            ("comprehensive_bonded_zone", "Comprehensive bonded zone"),
                            ("bonded_warehouse", "Bonded warehouse"),
                            ("bonded_logistics_centre", "Bonded logistics centre"),
                            ("bonded_fuel", "Bonded fuel"),
                            ("bonded_maintenance", "Bonded maintenance"),
                        ],
                        max_length=30,
                        verbose_name="regime",
                    ),
                ),
                (
                    "un_locode",
                    models.CharField(
                        max_length=5,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{2}[A-Z2-9]{3}$", "Write five letters such as CNHRS."
                            )
                        ],
                        verbose_name="UN/LOCODE",
                    ),
                ),
                ("time_zone", models.CharField(default="Asia/Shanghai", max_length=40, verbose_name="time zone")),
                (
                    "takes_older_exchange_rates",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Where a month has no rate yet. What is calculated so is marked, and listed when the period is closed.",
                        verbose_name="takes an exchange rate of an earlier month",
                    ),
                ),
                (
                    "customs_office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supervised_sites",
                        to="registry.organisation",
                        verbose_name="customs office",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sites",
                        to="registry.organisation",
                        verbose_name="keeper",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sites",
                        to="registry.zone",
                        verbose_name="zone",
                    ),
                ),
            ],
            options={
                "verbose_name": "site",
                "verbose_name_plural": "sites",
                "db_table_comment": "What customs supervises as one: warehouse, tank farm, hangar or gate.",
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="HistoricalPlace",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("bin", "Bin"),
                            ("tank", "Tank"),
                            ("store", "Store"),
                            ("aircraft", "Aircraft"),
                            ("work_in_progress", "Work in progress"),
                            ("in_transit", "In transit"),
                            ("off_site", "Off site"),
                            ("suspense", "Suspense: found over the declaration"),
                            ("shortage", "Suspense: short of the declaration"),
                            ("book", "Customs account book"),
                            ("abroad", "Abroad"),
                            ("domestic", "Domestic market"),
                            ("other_site", "Another site"),
                            ("destroyed", "Destroyed"),
                            ("lost", "Lost"),
                            ("found", "Found"),
                            ("consumed", "Consumed"),
                            ("produced", "Produced"),
                            ("sampled", "Taken as a sample"),
                            ("allowed_loss", "Allowed loss"),
                            ("rounding", "Rounding of unit conversions"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("is_internal", models.BooleanField(editable=False, verbose_name="inside the zone")),
                ("barcode", models.CharField(db_index=True, max_length=60, verbose_name="barcode")),
                (
                    "capacity_kg",
                    models.DecimalField(
                        blank=True, decimal_places=5, max_digits=18, null=True, verbose_name="capacity (kg)"
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
                "verbose_name": "historical place",
                "verbose_name_plural": "historical places",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMembership",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("operator", "Operator"),
                            ("supervisor", "Supervisor"),
                            ("airline", "Airline"),
                            ("auditor", "Auditor"),
                            ("customs_officer", "Customs officer"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=20,
                        verbose_name="role",
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
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="organisation",
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
                "verbose_name": "historical membership",
                "verbose_name_plural": "historical memberships",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("code", models.CharField(max_length=3, primary_key=True, serialize=False, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("symbol", models.CharField(blank=True, max_length=20, verbose_name="symbol")),
                ("decimals", models.PositiveSmallIntegerField(default=5, verbose_name="decimals")),
            ],
            options={
                "verbose_name": "unit",
                "verbose_name_plural": "units",
                "db_table_comment": "Units of UN/ECE Recommendation 20.",
                "ordering": ("code",),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("decimals__lte", 5)), name="unit_decimals_at_most_5")
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSite",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("code", models.CharField(db_index=True, max_length=12, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="name in Chinese")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("warehouse", "Warehouse"),
                            ("tank_farm", "Tank farm"),
                            ("hangar", "Hangar"),
                            ("gate", "Gate"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "regime",
                    models.CharField(
                        choices=[
                            ("comprehensive_bonded_zone", "Comprehensive bonded zone"),
                            ("bonded_warehouse", "Bonded warehouse"),
                            ("bonded_logistics_centre", "Bonded logistics centre"),
                            ("bonded_fuel", "Bonded fuel"),
                            ("bonded_maintenance", "Bonded maintenance"),
                        ],
                        max_length=30,
                        verbose_name="regime",
                    ),
                ),
                (
                    "un_locode",
                    models.CharField(
                        max_length=5,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{2}[A-Z2-9]{3}$", "Write five letters such as CNHRS."
                            )
                        ],
                        verbose_name="UN/LOCODE",
                    ),
                ),
                ("time_zone", models.CharField(default="Asia/Shanghai", max_length=40, verbose_name="time zone")),
                (
                    "takes_older_exchange_rates",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Where a month has no rate yet. What is calculated so is marked, and listed when the period is closed.",
                        verbose_name="takes an exchange rate of an earlier month",
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
                    "customs_office",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="customs office",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="keeper",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.zone",
                        verbose_name="zone",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical site",
                "verbose_name_plural": "historical sites",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalItem",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="item number")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="name in Chinese")),
                (
                    "national_code",
                    models.CharField(
                        blank=True,
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator("^(\\d{8}|\\d{10})$", "Write 8 or 10 digits.")
                        ],
                        verbose_name="national tariff code",
                    ),
                ),
                (
                    "net_mass_kg_per_unit",
                    models.DecimalField(decimal_places=5, max_digits=18, verbose_name="net mass per unit (kg)"),
                ),
                (
                    "statutory_factor_1",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=18,
                        null=True,
                        verbose_name="first statutory units per declared unit",
                    ),
                ),
                (
                    "statutory_factor_2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=18,
                        null=True,
                        verbose_name="second statutory units per declared unit",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        blank=True,
                        max_length=2,
                        validators=[registry.countries.check_country],
                        verbose_name="usual origin (ISO 3166)",
                    ),
                ),
                (
                    "shelf_life_days",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="shelf life (days)"),
                ),
                ("needs_licence", models.BooleanField(default=False, verbose_name="licence required")),
                (
                    "needs_preference_proof",
                    models.BooleanField(default=False, verbose_name="preference proof required"),
                ),
                ("is_hazardous", models.BooleanField(default=False, verbose_name="hazardous")),
                ("is_perishable", models.BooleanField(default=False, verbose_name="perishable")),
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
                    "hs_code",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.hscode",
                        verbose_name="HS code",
                    ),
                ),
                (
                    "statutory_unit_1",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.unit",
                        verbose_name="first statutory unit",
                    ),
                ),
                (
                    "statutory_unit_2",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.unit",
                        verbose_name="second statutory unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.unit",
                        verbose_name="declared unit",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.zone",
                        verbose_name="zone",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical item",
                "verbose_name_plural": "historical items",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Aircraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "registration",
                    models.CharField(
                        max_length=10,
                        unique=True,
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
                    "registration_key",
                    registry.key_fields.FoldedKeyField(
                        blank=True, db_default="", editable=False, max_length=60, of="registration"
                    ),
                ),
                (
                    "type_designator",
                    models.CharField(
                        max_length=4,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z][A-Z0-9]{1,3}$", "Write the designator, such as B744."
                            )
                        ],
                        verbose_name="type (ICAO Doc 8643)",
                    ),
                ),
                (
                    "tank_capacity_litres",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="tank capacity (L)"),
                ),
                (
                    "airline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aircraft",
                        to="registry.airline",
                        verbose_name="airline",
                    ),
                ),
            ],
            options={
                "verbose_name": "aircraft",
                "verbose_name_plural": "aircraft",
                "db_table_comment": "Aircraft by registration.",
                "ordering": ("registration",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tank_capacity_litres__isnull", True), ("tank_capacity_litres__gt", 0), _connector="OR"
                        ),
                        name="aircraft_capacity_positive",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("registration_key", ""), _negated=True),
                        fields=("registration_key",),
                        name="aircraft_registration_once",
                        violation_error_message="An aircraft with this registration is in the register already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnsweredRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=255, verbose_name="idempotency key")),
                ("method", models.CharField(max_length=10, verbose_name="method")),
                ("path", models.TextField(verbose_name="path")),
                ("body_hash", models.BinaryField(max_length=32, verbose_name="hash of the body")),
                ("status", models.PositiveSmallIntegerField(null=True, verbose_name="status of the answer")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("received_at", models.DateTimeField(verbose_name="received")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "answered request",
                "verbose_name_plural": "answered requests",
                "db_table_comment": "Requests that came with an idempotency key, and what was answered.",
                "ordering": ("-pk",),
                "indexes": [models.Index(fields=["received_at"], name="answered_request_received")],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "key"), name="answered_request_once_per_key"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="answered_request_has_a_key"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CountryGroupMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "country",
                    models.CharField(
                        max_length=2, validators=[registry.countries.check_country], verbose_name="country (ISO 3166)"
                    ),
                ),
                ("valid_from_date", models.DateField(verbose_name="valid from")),
                ("valid_to_date", models.DateField(blank=True, null=True, verbose_name="valid to")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="registry.countrygroup",
                        verbose_name="group",
                    ),
                ),
            ],
            options={
                "verbose_name": "member of a country group",
                "verbose_name_plural": "members of country groups",
                "db_table_comment": "A country in a group, both days included.",
                "ordering": ("group", "country", "valid_from_date"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("group", "country", "valid_from_date"), name="country_group_member_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to_date__isnull", True),
                            ("valid_to_date__gte", models.F("valid_from_date")),
                            _connector="OR",
                        ),
                        name="country_group_member_in_order",
                        violation_error_message="The last day lies before the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="token")),
                ("name", models.CharField(max_length=255, verbose_name="file name")),
                ("content_type", models.CharField(blank=True, max_length=100, verbose_name="content type")),
                ("content", models.BinaryField(verbose_name="content")),
                ("kept_at", models.DateTimeField(verbose_name="kept")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "kept file",
                "verbose_name_plural": "kept files",
                "db_table_comment": "Files of refused forms, kept for a day.",
                "ordering": ("-pk",),
                "indexes": [models.Index(fields=["kept_at"], name="kept_file_kept")],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("bin", "Bin"),
                            ("tank", "Tank"),
                            ("store", "Store"),
                            ("aircraft", "Aircraft"),
                            ("work_in_progress", "Work in progress"),
                            ("in_transit", "In transit"),
                            ("off_site", "Off site"),
                            ("suspense", "Suspense: found over the declaration"),
                            ("shortage", "Suspense: short of the declaration"),
                            ("book", "Customs account book"),
                            ("abroad", "Abroad"),
                            ("domestic", "Domestic market"),
                            ("other_site", "Another site"),
                            ("destroyed", "Destroyed"),
                            ("lost", "Lost"),
                            ("found", "Found"),
                            ("consumed", "Consumed"),
                            ("produced", "Produced"),
                            ("sampled", "Taken as a sample"),
                            ("allowed_loss", "Allowed loss"),
                            ("rounding", "Rounding of unit conversions"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("is_internal", models.BooleanField(editable=False, verbose_name="inside the zone")),
                ("barcode", models.CharField(max_length=60, unique=True, verbose_name="barcode")),
                (
                    "capacity_kg",
                    models.DecimalField(
                        blank=True, decimal_places=5, max_digits=18, null=True, verbose_name="capacity (kg)"
                    ),
                ),
                ("is_open", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "place",
                "verbose_name_plural": "places",
                "db_table_comment": "Where the ledger can put goods, in a site or at one of its boundaries.",
                "ordering": ("site", "code"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("site", "code"),
                        name="place_code_once_per_site",
                        violation_error_message="The site already has a place with this code.",
                    ),
                    models.UniqueConstraint(
                        models.F("site"),
                        registry.key_fields.SameCode("code"),
                        name="place_code_once_in_any_case",
                        violation_error_message="The site already has a place with this code.",
                    ),
                    models.UniqueConstraint(
                        registry.key_fields.SameCode("barcode"),
                        name="place_barcode_once_in_any_case",
                        violation_error_message="This barcode is on another place already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "abroad",
                                    "allowed_loss",
                                    "consumed",
                                    "destroyed",
                                    "domestic",
                                    "found",
                                    "in_transit",
                                    "lost",
                                    "off_site",
                                    "other_site",
                                    "produced",
                                    "rounding",
                                    "sampled",
                                    "shortage",
                                    "suspense",
                                    "work_in_progress",
                                ],
                            )
                        ),
                        fields=("site", "kind"),
                        name="place_kind_once_per_site",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("is_internal", True),
                                models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "abroad",
                                            "allowed_loss",
                                            "consumed",
                                            "destroyed",
                                            "domestic",
                                            "found",
                                            "lost",
                                            "other_site",
                                            "produced",
                                            "rounding",
                                            "sampled",
                                        ],
                                    ),
                                    _negated=True,
                                ),
                            ),
                            models.Q(
                                ("is_internal", False),
                                (
                                    "kind__in",
                                    [
                                        "abroad",
                                        "allowed_loss",
                                        "consumed",
                                        "destroyed",
                                        "domestic",
                                        "found",
                                        "lost",
                                        "other_site",
                                        "produced",
                                        "rounding",
                                        "sampled",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="place_internal_by_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity_kg__isnull", True), ("capacity_kg__gt", 0), _connector="OR"),
                        name="place_capacity_positive",
                        violation_error_message="The capacity must be above zero; leave it empty where there is no limit.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("operator", "Operator"),
                            ("supervisor", "Supervisor"),
                            ("airline", "Airline"),
                            ("auditor", "Auditor"),
                            ("customs_officer", "Customs officer"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="registry.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "db_table_comment": "The role of a user in an organisation, at one site or at all in its charge.",
                "ordering": ("user", "organisation", "role", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "organisation", "role", "site"),
                        name="membership_once",
                        nulls_distinct=False,
                        violation_error_message="The user already holds this role there.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TariffRate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "hs_prefix",
                    models.CharField(
                        max_length=10,
                        validators=[django.core.validators.RegexValidator("^\\d{2,10}$", "Write 2 to 10 digits.")],
                        verbose_name="HS prefix",
                    ),
                ),
                ("valid_from_date", models.DateField(verbose_name="valid from")),
                (
                    "duty_rate",
                    models.DecimalField(
                        decimal_places=6,
                        max_digits=7,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(10),
                        ],
                        verbose_name="duty",
                    ),
                ),
                (
                    "vat_rate",
                    models.DecimalField(
                        decimal_places=6,
                        max_digits=7,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(10),
                        ],
                        verbose_name="VAT",
                    ),
                ),
                (
                    "consumption_tax_rate",
                    models.DecimalField(
                        decimal_places=6,
                        default=0,
                        max_digits=7,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(10),
                        ],
                        verbose_name="consumption tax, ad valorem",
                    ),
                ),
                (
                    "consumption_tax_cny_per_unit",
                    models.DecimalField(
                        decimal_places=5,
                        default=0,
                        max_digits=12,
                        verbose_name="consumption tax, specific (CNY per unit)",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=120, verbose_name="source")),
                (
                    "origin_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.countrygroup",
                        verbose_name="origin group",
                    ),
                ),
            ],
            options={
                "verbose_name": "tariff rate",
                "verbose_name_plural": "tariff rates",
                "db_table_comment": "Fractions of duty and tax by HS prefix and origin, from a date until the next rate.",
                "ordering": ("hs_prefix", "origin_group", "-valid_from_date", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("hs_prefix", "origin_group", "valid_from_date"),
                        name="tariff_rate_once_a_day",
                        nulls_distinct=False,
                        violation_error_message="This prefix and origin group already have a rate from this day on.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("consumption_tax_cny_per_unit__gte", 0),
                            ("duty_rate__gte", 0),
                            ("vat_rate__gte", 0),
                            ("consumption_tax_rate__gte", 0),
                            ("consumption_tax_rate__lt", 1),
                        ),
                        name="tariff_rate_in_range",
                        violation_error_message="Rates are fractions and not negative; an ad valorem consumption tax is below 1.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="item number")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="name in Chinese")),
                (
                    "national_code",
                    models.CharField(
                        blank=True,
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator("^(\\d{8}|\\d{10})$", "Write 8 or 10 digits.")
                        ],
                        verbose_name="national tariff code",
                    ),
                ),
                (
                    "net_mass_kg_per_unit",
                    models.DecimalField(decimal_places=5, max_digits=18, verbose_name="net mass per unit (kg)"),
                ),
                (
                    "statutory_factor_1",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=18,
                        null=True,
                        verbose_name="first statutory units per declared unit",
                    ),
                ),
                (
                    "statutory_factor_2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=18,
                        null=True,
                        verbose_name="second statutory units per declared unit",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        blank=True,
                        max_length=2,
                        validators=[registry.countries.check_country],
                        verbose_name="usual origin (ISO 3166)",
                    ),
                ),
                (
                    "shelf_life_days",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="shelf life (days)"),
                ),
                ("needs_licence", models.BooleanField(default=False, verbose_name="licence required")),
                (
                    "needs_preference_proof",
                    models.BooleanField(default=False, verbose_name="preference proof required"),
                ),
                ("is_hazardous", models.BooleanField(default=False, verbose_name="hazardous")),
                ("is_perishable", models.BooleanField(default=False, verbose_name="perishable")),
                (
                    "hs_code",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="registry.hscode",
                        verbose_name="HS code",
                    ),
                ),
                (
                    "statutory_unit_1",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.unit",
                        verbose_name="first statutory unit",
                    ),
                ),
                (
                    "statutory_unit_2",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.unit",
                        verbose_name="second statutory unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.unit",
                        verbose_name="declared unit",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="registry.zone",
                        verbose_name="zone",
                    ),
                ),
            ],
            options={
                "verbose_name": "item",
                "verbose_name_plural": "items",
                "db_table_comment": "An article under one HS code, declared in one unit.",
                "ordering": ("code", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("zone", "code"),
                        name="item_code_once_per_zone",
                        violation_error_message="This item number is already taken.",
                    ),
                    models.UniqueConstraint(
                        models.F("zone"),
                        registry.key_fields.SameCode("code"),
                        name="item_code_once_in_any_case",
                        violation_error_message="This item number is already taken.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("net_mass_kg_per_unit__gt", 0)),
                        name="item_net_mass_positive",
                        violation_error_message="The net mass per unit must be above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("statutory_factor_1__isnull", True), ("statutory_unit_1__isnull", True)),
                            models.Q(
                                ("statutory_factor_1__gt", 0),
                                ("statutory_factor_1__isnull", False),
                                ("statutory_unit_1__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="item_statutory_1_whole",
                        violation_error_message="Give the first statutory unit and how many of it one declared unit has, or neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("statutory_factor_2__isnull", True), ("statutory_unit_2__isnull", True)),
                            models.Q(
                                ("statutory_factor_2__gt", 0),
                                ("statutory_factor_2__isnull", False),
                                ("statutory_unit_2__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="item_statutory_2_whole",
                        violation_error_message="Give the second statutory unit and how many of it one declared unit has, or neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Regex(
                                django.db.models.functions.comparison.Cast("hs_code", models.CharField(max_length=6)),
                                "^(?!9[89])\\d{6}$",
                            )
                        ),
                        name="item_hs_code_is_subheading",
                        violation_error_message="Goods are declared under six digits; 27 and 2710 name many goods, 99 none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("national_code", ""), ("national_code__startswith", models.F("hs_code")), _connector="OR"
                        ),
                        name="item_national_code_refines_hs_code",
                    ),
                ],
            },
        ),
    ]
