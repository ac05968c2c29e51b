"""A statement as an IATA-style fuel invoice in XML, held to the schema beside this module before it is handed out."""

import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from fuel.billing.statement_content import Line, Party, StatementContent
from registry.errors import FieldError, RuleBroken

NAMESPACE = "urn:bondbook:fuel-invoice:2"
SCHEMA = Path(__file__).with_name("fuel_invoice.xsd")
BYTES_AT_ONCE = 65_536
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class FailsSchema(RuleBroken):
    """What would be handed out is no invoice by the schema."""

    code = "fails-schema"


def write_xml(content: StatementContent) -> Iterator[bytes]:
    """Written line by line to a temporary file, held to the schema, then handed out; all in bounded memory.

    Raises:
        FailsSchema: naming the line of the file and what is wrong in it; nothing is handed out.
    Source: IATA's fuel invoice 3.x.
    """
    with tempfile.TemporaryFile() as file:
        with etree.xmlfile(file, encoding="UTF-8") as xml:
            xml.write_declaration()
            with xml.element(_name("InvoiceTransmission"), nsmap={None: NAMESPACE}):
                _write_invoice(xml, content)
        file.seek(0)
        require_valid(file)
        file.seek(0)
        while piece := file.read(BYTES_AT_ONCE):
            yield piece


def require_valid(file: Any) -> None:
    """Raise FailsSchema unless a file is an invoice by the schema; read bit by bit."""
    try:
        for _event, element in etree.iterparse(file, schema=_schema()):
            if element.tag == _name("SubInvoiceHeader"):
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as wrong:
        words = {"line": wrong.lineno or 0, "problem": wrong.msg}
        message = _("The invoice fails its schema in line %(line)s: %(problem)s") % words
        raise FailsSchema(message, errors=[FieldError(message, field="xml", figure=str(wrong.lineno))]) from wrong


@cache
def _schema() -> Any:
    return etree.XMLSchema(etree.parse(str(SCHEMA)))


def _write_invoice(xml: Any, content: StatementContent) -> None:
    totals = content.totals
    header = _element("InvoiceTransmissionHeader")
    _add(header, "InvoiceTransmissionId", content.number)
    _add(header, "CreationDateTime", content.issued_at)
    xml.write(header)
    count = 0
    with xml.element(_name("Invoice")):
        xml.write(_header(content))
        for line in content.lines:
            count += 1
            xml.write(_line(line, content))
        summary = _element("InvoiceSummary")
        _add(summary, "OpeningBalance", content.opening)
        _add(summary, "NetAmount", totals.net_amount)
        _add(summary, "VATAmount", totals.vat_amount)
        _add(summary, "TotalAmount", totals.total_amount)
        _add(summary, "TotalPayments", sum((one.amount for one in content.payments), Decimal(0)))
        _add(summary, "ClosingBalance", content.closing)
        _add(summary, "TotalMassKilograms", totals.mass_kg)
        _add(summary, "TotalAmountCNY", totals.amount_cny)
        _add(summary, "TotalSavingCNY", totals.saving.total_cny)
        xml.write(summary)
    end = _element("InvoiceTransmissionSummary")
    _add(end, "InvoiceCount", 1)
    _add(end, "LineCount", count)
    _add(end, "TotalAmount", totals.total_amount)
    xml.write(end)


def _header(content: StatementContent) -> Any:
    header = _element("InvoiceHeader")
    _add(header, "InvoiceNumber", content.number)
    _add(header, "Supersedes", content.supersedes)
    _add(header, "IssueDateTime", content.issued_at)
    _add(header, "PeriodFrom", content.period_from)
    _add(header, "PeriodTo", content.period_to)
    _add(header, "DueDate", content.due_date)
    _add(header, "CurrencyCode", content.currency)
    _add(header, "ContractNumber", content.contract_number)
    _add_party(header, "IssuingEntity", content.seller)
    _add_party(header, "CustomerEntity", content.airline)
    _add(header, "BaseTemperatureCelsius", content.base_celsius)
    _add(header, "Seal", content.sha256)
    return header


def _line(line: Line, content: StatementContent) -> Any:
    head = _element("SubInvoiceHeader", number=str(line.row))
    _add(head, "LineType", line.kind)
    if line.corrects_statement:
        corrects = _add(head, "Corrects", None, invoice=line.corrects_statement)
        if line.corrects_row is not None:
            corrects.set("line", str(line.corrects_row))
    _add(head, "Reason", line.reason)
    _add(head, "DeliveryTicketNumber", line.ticket_number)
    _add(head, "DocumentNumber", line.document_number)
    _add(head, "FlightNumber", line.flight_number)
    _add_known(head, "FlightDate", line.flight_date)
    _add(head, "AircraftRegistration", line.registration)
    _add(head, "AircraftType", line.aircraft_type)
    _add(head, "DeliveryLocation", line.origin)
    _add(head, "DestinationLocation", line.destination)
    _add_known(head, "DeliveryDateTimeUTC", line.delivered_at)
    _add_known(head, "DeliveryDateTimeLocal", line.delivered_local and line.delivered_local.isoformat())
    _add(head, "DutyStatus", line.customs_status)
    _add(head, "CustomsDeclarationNumber", line.customs_reference)
    item = _add(head, "InvoiceLine", None)
    is_measured = line.celsius is not None
    if is_measured:
        observed = {"measured": "observed", "celsius": _text(line.celsius)}
        _add(item, "InvoiceQuantity", line.mass_kg, unit="KGM")
        _add(item, "InvoiceQuantity", line.litres_observed, unit="LTR", **observed)
        _add(item, "InvoiceQuantity", line.litres_at_base, unit="LTR", measured="at base", celsius=content.base_celsius)
        _add(item, "InvoiceQuantity", line.us_gallons_observed, unit="GLL", **observed)
        _add(item, "Density", line.density_at_base)
    _add(item, "ContractNumber", line.contract_number)
    _add(item, "PriceBasis", line.price_basis)
    for quote in line.quotes:
        _add(item, "IndexQuote", quote.price, date=quote.quoted_date.isoformat())
    if line.index_price is not None:
        _add(item, "IndexPrice", line.index_price, **_per(line.index_unit))
    if line.differential is not None:
        _add(item, "Differential", line.differential, **_per(line.differential_unit))
    if line.barrels_per_tonne is not None:
        _add(item, "BarrelsPerTonne", line.barrels_per_tonne)
    if is_measured:
        _add(item, "IntoPlaneFee", line.into_plane_fee, per="t")
        _add(item, "UnitPricePerTonne", line.unit_price)
    _add(item, "NetAmount", line.net_amount)
    if line.vat_rate is not None:
        _add(item, "VATRate", line.vat_rate)
    _add(item, "VATAmount", line.vat_amount)
    _add(item, "TotalAmount", line.total_amount)
    _add(item, "ExchangeRate", line.exchange_rate)
    _add(item, "TotalAmountCNY", line.amount_cny)
    if line.duty_paid_cny_per_tonne is not None:
        _add(item, "DutyPaidPriceCNYPerTonne", line.duty_paid_cny_per_tonne, **_duty_paid(line))
    _add(item, "DutyPaidCNY", line.duty_paid_cny)
    _add(item, "SavingCNY", line.saving.total_cny)
    return head


def _per(unit: str) -> dict[str, str]:
    """Nothing of a line that was charged before the unit was kept."""
    return {"per": unit} if unit else {}


def _duty_paid(line: Line) -> dict[str, str]:
    return {
        "validFrom": str(line.duty_paid_from_date),
        "source": NOT_XML.sub(" ", line.duty_paid_source),
        "intoPlaneFee": "included" if line.duty_paid_has_fee else "added",
    }


def _add_party(parent: Any, name: str, party: Party) -> None:
    inside = _add(parent, name, None)
    for tag, text in (
        ("Code", party.code),
        ("Name", party.name),
        ("IATACode", party.iata_code),
        ("ICAOCode", party.icao_code),
        ("Country", party.country),
    ):
        _add(inside, tag, text)


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def _element(tag: str, **attributes: str) -> Any:
    return etree.Element(_name(tag), attributes, nsmap={None: NAMESPACE})


def _add(parent: Any, tag: str, value: Any, **attributes: str) -> Any:
    """A child with its text; where the value is empty, none, unless it is only there to hold others."""
    if value == "":
        return None
    child = etree.SubElement(parent, _name(tag), attributes)
    if value is not None:
        child.text = _text(value)
    return child


def _add_known(parent: Any, tag: str, value: Any) -> None:
    """A child, unless what it would tell is not there."""
    if value is not None:
        _add(parent, tag, value)


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    # Control characters, which somebody may have pasted into a reason, are no XML.
    return NOT_XML.sub(" ", str(value))
