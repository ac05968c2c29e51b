"""The files of a statement on their own: the schema holds, the PDF prints in three languages."""

import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader

from fuel.billing.statement_files import FORMATS
from fuel.billing.statement_files.xml_file import NAMESPACE, FailsSchema, write_xml
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
    assert b"NotoSansCJK" in printed or language != "zh-hans"


ODD = {
    "Kazakh": "Қазақстан әуежолы Ғ Ң Ө Ұ Һ І",
    "Uyghur": "ئۇيغۇر ئاۋىئاتسىيە شىركىتى",
    "Kyrgyz": "Кыргыз аба жолу Ңң Үү Өө",
    "rare Chinese": "𠮷林航空 龘䶮",
    "Turkish": "İğdır Şırnak",
}


@pytest.mark.parametrize("language", ["en", "zh-hans", "ru"])
@pytest.mark.parametrize("script", list(ODD))
def test_no_box_is_printed_for_a_letter_of_the_region(language: str, script: str) -> None:
    with translation.override(language):
        content = statement(1, lines=[line(1, reason=ODD[script])])
        content = replace(content, airline=replace(content.airline, name=ODD[script], name_zh=ODD[script]))
        assert boxes_in(b"".join(FORMATS["pdf"].write(content))) == 0


def test_a_letter_that_no_font_has_stands_as_its_code_and_is_told(caplog: pytest.LogCaptureFixture) -> None:
    content = statement(1, lines=[line(1, reason="Gate 🛩 closed, ⌀ of five")])
    with translation.override("en"):
        printed = b"".join(FORMATS["pdf"].write(content))
    assert boxes_in(printed) == 0
    told = text_of(printed)
    assert "Gate [U+1F6E9] closed, Ø of five" in told
    assert "No font has letters for U+1F6E9" in told
    assert "U+1F6E9" in caplog.text


def test_chinese_bold_is_bold() -> None:
    """The heading's letters come from another cut of the font than the text's."""
    with translation.override("zh-hans"):
        printed = b"".join(FORMATS["pdf"].write(statement(1)))
    cuts = {name for name in fonts_in(printed) if "CJK" in name}
    assert len(cuts) >= 2, cuts


def fonts_in(printed: bytes) -> dict[str, Any]:
    """By resource and name the fonts of a PDF's pages."""
    found = {}
    for page in PdfReader(io.BytesIO(printed)).pages:
        for name, font in page["/Resources"]["/Font"].items():
            font = font.get_object()
            found[f"{font['/BaseFont']} {name}"] = font
    return found


def boxes_in(printed: bytes) -> int:
    """How often the glyph of a missing letter, which is the first of every font, is drawn."""
    boxes = 0
    for page in PdfReader(io.BytesIO(printed)).pages:
        current = ""
        for operands, operator in page.get_contents().operations:
            if operator == b"Tf":
                current = operands[0]
            shown = {b"Tj": operands, b"TJ": operands[0] if operands else []}.get(operator, [])
            for piece in shown if current else []:
                raw = getattr(piece, "original_bytes", None)
                if raw is not None:
                    boxes += sum(raw[at : at + 2] == b"\x00\x00" for at in range(0, len(raw), 2))
    return boxes


def text_of(printed: bytes) -> str:
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages)
    return " ".join(" ".join(pages).split())


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
