"""The columns of declarations, their lines and the documents that they declare."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from customs.declared import source_of
from documents.tables import WITH_TALL_HEAD, DocumentTable
from registry.columns import (
    CodeColumn,
    CustomsTimeColumn,
    LocalTimeColumn,
    MoneyColumn,
    QuantityColumn,
    StatusColumn,
    YesColumn,
)


class DeclarationTable(DocumentTable):
    state = StatusColumn(verbose_name=_("State"))
    declarant = tables.Column(accessor="declarant__name", verbose_name=_("Declarant"), attrs={"td": {"class": "wrap"}})
    from_date = LocalTimeColumn(verbose_name=_("From"))
    through_date = LocalTimeColumn(verbose_name=_("Through"))
    due_date = LocalTimeColumn(verbose_name=_("To be declared by"), orderable=False)
    declaration_number = CodeColumn(verbose_name=_("Customs declaration number"))
    net_mass_kg = QuantityColumn(verbose_name=_("Declared (kg)"))
    tax_cny = MoneyColumn(verbose_name=_("Payable (CNY)"))

    class Meta(DocumentTable.Meta):
        sequence = (
            *("number", "state", "declarant", "from_date", "through_date", "due_date", "net_mass_kg", "tax_cny"),
            *("declaration_number", "site", "..."),
        )
        caption = _("Consolidated declarations")
        empty_text = _("No declaration matches what you asked for.")


class DeclarationLineTable(tables.Table):
    """What of one lot went to one country with one relief."""

    row = tables.Column(verbose_name=_("Line"))
    lot = CodeColumn(
        accessor="lot__number",
        linkify=("bonded:lot_detail", {"pk": tables.A("lot_id")}),
        verbose_name=_("Lot"),
    )
    item = CodeColumn(accessor="item__code", verbose_name=_("Item"))
    hs_code = CodeColumn(accessor="lot__hs_code", verbose_name=_("HS code"))
    origin = CodeColumn(accessor="lot__origin", verbose_name=_("Origin"))
    destination = CodeColumn(verbose_name=_("To"))
    quantity = QuantityColumn(unit="item__unit__symbol", verbose_name=_("Quantity"))
    relieves_duty = YesColumn(verbose_name=_("No duty"))
    relieves_consumption_tax = YesColumn(verbose_name=_("No consumption tax"))
    relieves_vat = YesColumn(verbose_name=_("No VAT"))
    released_value_cny = MoneyColumn(verbose_name=_("Booked value (CNY)"))
    released_tax_cny = MoneyColumn(verbose_name=_("Suspended, released (CNY)"))
    tax_cny = MoneyColumn(verbose_name=_("Payable (CNY)"))

    class Meta:
        caption = _("Lines of the declaration")
        attrs = WITH_TALL_HEAD
        orderable = False


class DeclaredDocumentTable(tables.Table):
    """How much of which lot is declared for which document."""

    document_number = CodeColumn(
        linkify=lambda record: source_of(record.document_kind).url_of(record.document_id), verbose_name=_("Document")
    )
    occurred_at = CustomsTimeColumn(verbose_name=_("Left (customs time)"))
    row = tables.Column(accessor="line__row", verbose_name=_("Line"))
    lot = CodeColumn(accessor="lot__number", verbose_name=_("Lot"))
    destination = CodeColumn(accessor="line__destination", verbose_name=_("To"))
    quantity = QuantityColumn(unit="line__item__unit__symbol", verbose_name=_("Declared"))
    deducted_quantity = QuantityColumn(unit="line__item__unit__symbol", verbose_name=_("Deducted"))

    class Meta:
        caption = _("Declared documents")
        empty_text = _("No document matches what you asked for.")
