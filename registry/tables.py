"""The columns of the register's lists."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from registry.columns import (
    CodeColumn,
    LocalTimeColumn,
    PercentColumn,
    QuantityColumn,
    YesColumn,
)
from registry.models import (
    Aircraft,
    Airline,
    Airport,
    ExchangeRate,
    HsCode,
    Item,
    Organisation,
    Place,
    Site,
    TariffRate,
    User,
)


class ItemTable(tables.Table):
    code = CodeColumn(linkify=True)
    name = tables.Column(attrs={"td": {"class": "wrap"}})
    name_zh = tables.Column()
    hs_code = CodeColumn(accessor="hs_code_id", order_by="hs_code", verbose_name=_("HS code"))
    national_code = CodeColumn()
    unit = tables.Column()
    net_mass_kg_per_unit = QuantityColumn()
    origin = CodeColumn(verbose_name=_("Usual origin"))
    needs_licence = YesColumn()
    is_hazardous = YesColumn()
    is_perishable = YesColumn()

    class Meta:
        model = Item
        fields = ()
        caption = _("Items")
        empty_text = _("No item matches what you asked for.")


class HsCodeTable(tables.Table):
    code = CodeColumn()
    description = tables.Column(attrs={"td": {"class": "wrap"}})
    section = CodeColumn()

    class Meta:
        model = HsCode
        fields = ()
        caption = _("HS codes")
        empty_text = _("No HS code matches what you asked for.")


class SiteTable(tables.Table):
    code = CodeColumn(linkify=True)
    name = tables.Column()
    name_zh = tables.Column()
    kind = tables.Column()
    regime = tables.Column()
    organisation = tables.Column(linkify=True)
    customs_office = tables.Column(linkify=True)
    un_locode = CodeColumn(verbose_name=_("UN/LOCODE"))

    class Meta:
        model = Site
        fields = ()
        caption = _("Sites")
        empty_text = _("No site matches what you asked for.")


class PlaceTable(tables.Table):
    site = CodeColumn(accessor="site__code", verbose_name=_("Site"))
    code = CodeColumn(linkify=True)
    name = tables.Column()
    kind = tables.Column()
    barcode = CodeColumn()
    capacity_kg = QuantityColumn()
    is_open = YesColumn()

    class Meta:
        model = Place
        fields = ()
        caption = _("Places")
        empty_text = _("No place matches what you asked for.")


class OrganisationTable(tables.Table):
    code = CodeColumn(linkify=True)
    name = tables.Column()
    name_zh = tables.Column()
    kind = tables.Column()
    country = CodeColumn(verbose_name=_("Country"))

    class Meta:
        model = Organisation
        fields = ()
        caption = _("Organisations")
        empty_text = _("No organisation matches what you asked for.")


class AirportTable(tables.Table):
    iata_code = CodeColumn(linkify=True)
    icao_code = CodeColumn()
    name = tables.Column()
    name_zh = tables.Column()
    country = CodeColumn(verbose_name=_("Country"))
    time_zone = tables.Column()

    class Meta:
        model = Airport
        fields = ()
        caption = _("Airports")
        empty_text = _("No airport matches what you asked for.")


class AirlineTable(tables.Table):
    iata_code = CodeColumn(linkify=True)
    icao_code = CodeColumn()
    organisation = tables.Column(linkify=True)
    country = CodeColumn(accessor="organisation__country", verbose_name=_("Country"))

    class Meta:
        model = Airline
        fields = ()
        caption = _("Airlines")
        empty_text = _("No airline matches what you asked for.")


class AircraftTable(tables.Table):
    registration = CodeColumn(linkify=True)
    type_designator = CodeColumn()
    airline = CodeColumn(accessor="airline__iata_code", verbose_name=_("Airline"))
    tank_capacity_litres = QuantityColumn()

    class Meta:
        model = Aircraft
        fields = ()
        caption = _("Aircraft")
        empty_text = _("No aircraft matches what you asked for.")


class UserTable(tables.Table):
    name = tables.Column(linkify=True)
    email = tables.Column()
    roles = tables.Column(empty_values=(), orderable=False, verbose_name=_("Roles"), attrs={"td": {"class": "wrap"}})
    is_active = YesColumn(verbose_name=_("May sign in"))
    last_login = LocalTimeColumn(verbose_name=_("Last sign-in"))

    class Meta:
        model = User
        fields = ()
        caption = _("Users")
        empty_text = _("No user matches what you asked for.")

    def render_roles(self, record: User) -> str:
        """The memberships come with the rows, prefetched."""
        return ", ".join(
            f"{membership.get_role_display()} ({(membership.site or membership.organisation).code})"
            for membership in record.memberships.all()
        )


class ExchangeRateTable(tables.Table):
    currency = CodeColumn(linkify=True, verbose_name=_("Currency"))
    valid_from_date = LocalTimeColumn()
    cny_per_unit = QuantityColumn()
    source = tables.Column()

    class Meta:
        model = ExchangeRate
        fields = ()
        caption = _("Exchange rates")
        empty_text = _("No exchange rate matches what you asked for.")


class TariffRateTable(tables.Table):
    hs_prefix = CodeColumn(linkify=True)
    origin_group = tables.Column(default=_("Every origin"), attrs={"td": {"class": "wrap"}})
    valid_from_date = LocalTimeColumn()
    duty_rate = PercentColumn()
    vat_rate = PercentColumn()
    consumption_tax_rate = PercentColumn()
    consumption_tax_cny_per_unit = QuantityColumn()
    source = tables.Column()

    class Meta:
        model = TariffRate
        fields = ()
        caption = _("Tariff rates")
        empty_text = _("No tariff rate matches what you asked for.")
