"""The files of a statement on their own: the schema holds, the PDF prints in three languages."""

import io
from dataclasses import replace
from decimal import Decimal

import pytest
import time_machine
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader

from fuel.statement_files import FORMATS
from fuel.statement_files.xml_file import NAMESPACE, FailsSchema, write_xml
from tests.fuel.statement import line, statement

INVOICE = {"f": NAMESPACE}
MONEY = st.decimals(min_value=Decimal("-99999999"), max_value=Decimal("99999999"), places=2)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=30).filter(
    str.strip
)


def read(content: object) -> etree._Element:
    return etree.fromstring(b"".join(write_xml(content)))  # type: ignore[arg-type]


@settings(max_examples=50, deadline=None)
@given(amounts=st.lists(MONEY, min_size=1, max_size=6), name=TEXTS)
def test_any_statement_is_an_invoice_by_the_schema_whose_sums_agree(amounts: list[Decimal], name: str) -> None:
    lines = [line(row, amount=amount, reason=name) for row, amount in enumerate(amounts, start=1)]
    total = sum(amounts, Decimal(0))
    content = statement(len(lines), lines=lines, total=total)
    invoice = read(replace(content, airline=replace(content.airline, name=name)))
    told = [Decimal(one.text or "") for one in invoice.findall(".//f:InvoiceLine/f:TotalAmount", INVOICE)]
    assert told == amounts
    assert Decimal(invoice.findtext(".//f:InvoiceSummary/f:TotalAmount", "", INVOICE)) == total
    assert Decimal(invoice.findtext("f:InvoiceTransmissionSummary/f:TotalAmount", "", INVOICE)) == total
    assert invoice.findtext(".//f:CustomerEntity/f:Name", "", INVOICE) == name


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"currency": "dollars"}, "CurrencyCode"),
        ({"sha256": "unsealed"}, "Seal"),
        ({"lines": [line(1, kind="gift")]}, "LineType"),
        ({"lines": [line(1, origin="Urumqi")]}, "DeliveryLocation"),
        ({"lines": [line(1, unit_price=Decimal("783.503"))]}, "UnitPricePerTonne"),
        ({"lines": []}, "InvoiceSummary"),
    ],
)
def test_what_fails_the_schema_is_not_handed_out(changes: dict[str, object], named: str) -> None:
    with pytest.raises(FailsSchema, match=named):
        next(write_xml(replace(statement(), **changes)))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "zh-hans", "ru"])
def test_the_pdf_prints_in_every_language(language: str) -> None:
    with translation.override(language):
        (printed,) = FORMATS["pdf"].write(statement(40))
    assert printed.startswith(b"%PDF-")
    assert b"NotoSansSC" in printed or language != "zh-hans"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_pdf_is_the_same_at_every_download_and_dated_as_it_was_issued(language: str) -> None:
    with translation.override(language):
        content = statement(3)
        with time_machine.travel("2027-01-02T03:04:05Z"):
            (first,) = FORMATS["pdf"].write(content)
        with time_machine.travel("2028-05-06T07:08:09Z"):
            (second,) = FORMATS["pdf"].write(content)
    assert first == second
    told = PdfReader(io.BytesIO(first)).metadata
    assert told is not None
    assert told.creation_date is not None
    assert told.creation_date.date() == content.issued_at.date()


def test_a_text_with_markup_does_no_harm() -> None:
    content = statement(1, lines=[line(1, registration="#panic(<&>)", reason="</a>")])
    (printed,) = FORMATS["pdf"].write(content)
    assert printed.startswith(b"%PDF-")
    assert read(content).findtext(".//f:AircraftRegistration", "", INVOICE) == "#panic(<&>)"
