"""What was declared stays declared, whatever becomes of the register."""

from decimal import Decimal

import pytest

from bonded.admissions.operations import admissions
from bonded.checks import older_exchange_rates
from bonded.models import Admission
from documents.operations.documents import NotAsRequired
from documents.timeline import timeline_of_document
from ledger.queries import lots
from registry.models import Site
from registry.operations.register import NotFitForRegister, enter_in_register
from registry.queries import ExchangeRateTooOld
from tests.bonded.build import Warehouse, exchange_rate, item, out, tariff
from tests.registry import build

pytestmark = pytest.mark.django_db


def test_a_corrected_hs_code_does_not_tax_what_lies_in_bond(khorgos: Warehouse) -> None:
    tariff("240220", duty="0.25", consumption_tax_rate=Decimal("0.56"), consumption_tax_cny_per_unit=Decimal("0.03"))
    goods = item()
    khorgos.admitted(khorgos.line(goods, "100", "419.77"))
    lot = lots().get(item=goods)
    assert (lot.hs_code, lot.national_code, lot.description) == ("080251", "", goods.name)
    goods.hs_code = build.hs_code("240220")
    enter_in_register(row=goods, actor=None, at=khorgos.tick())
    withdrawal = khorgos.accepted_withdrawal(out(goods, "100"))
    pick = withdrawal.lines.get().picks.get()
    assert (pick.duty_rate, pick.consumption_tax_cny) == (Decimal("0.08"), 0)
    lot.refresh_from_db()
    assert lot.hs_code == "080251"


def test_an_item_with_lots_keeps_its_unit(khorgos: Warehouse) -> None:
    goods = item()
    khorgos.admitted(khorgos.line(goods, "100"))
    goods.unit = build.unit("H87")
    with pytest.raises(NotFitForRegister) as refused:
        enter_in_register(row=goods, actor=None, at=khorgos.tick())
    assert [(error.field, error.figure) for error in refused.value.errors] == [("unit", "H87")]


@pytest.mark.parametrize("code", ["99", "9999", "999999", "27", "2710"])
def test_goods_are_declared_under_a_subheading(code: str) -> None:
    with pytest.raises(NotFitForRegister) as refused:
        item("WRONG", hs=code)
    assert [(error.field, error.figure) for error in refused.value.errors] == [("hs_code", code)]


def test_freight_and_insurance_beside_a_cif_price_are_an_error_at_the_field(khorgos: Warehouse) -> None:
    with pytest.raises(NotAsRequired) as refused:
        khorgos.prepare(
            khorgos.line(item(), "5", terms="CIF", freight=Decimal(600), insurance_rate=Decimal("0.003")),
            khorgos.line(item("B"), "5", terms="FOB", freight=Decimal(600), insurance_rate=Decimal("0.003")),
        )
    assert [(error.field, error.row) for error in refused.value.errors] == [("freight", 0), ("insurance_rate", 0)]


def test_an_exchange_rate_of_an_earlier_month_is_refused_or_marked_where_the_site_allows_it(khorgos: Warehouse) -> None:
    exchange_rate("USD", "7.1")
    khorgos.tick(days=365)
    admission = khorgos.submitted(khorgos.line(item(), "5", currency="USD"))
    with pytest.raises(ExchangeRateTooOld):
        admissions.accept_admission(admission=admission, actor=khorgos.officer, at=khorgos.tick())
    site = Site.objects.get(pk=khorgos.site.pk)
    site.takes_older_exchange_rates = True
    enter_in_register(row=site, actor=None, at=khorgos.now)
    admission = Admission.objects.get(pk=admission.pk)
    accepted = admissions.accept_admission(admission=admission, actor=khorgos.officer, at=khorgos.tick())
    line = accepted.lines.get()
    assert (line.exchange_rate_cny_per_unit, line.exchange_rate_date.month) == (Decimal("7.1"), 12)
    (told,) = older_exchange_rates(khorgos.site, khorgos.now.date())
    assert (told.document_number, "USD" in str(told.label)) == (accepted.number, True)


def test_amending_keeps_the_former_lines_and_the_timeline_tells_old_and_new(khorgos: Warehouse) -> None:
    goods, other, third = item(), item("B"), item("C")
    admission = khorgos.prepare(khorgos.line(goods, "100", "500"), khorgos.line(other, "7"))
    admission = admissions.amend_admission(
        admission=admission,
        book=khorgos.book,
        owner=khorgos.owner,
        lines=[khorgos.line(goods, "90", "510", origin="IR"), khorgos.line(third, "1")],
        actor=khorgos.operator,
        at=khorgos.tick(),
    )
    newest, first = timeline_of_document(admission)
    told = {str(change.label): (str(change.old), str(change.new)) for change in newest.changes}
    assert told["Line 1, quantity"] == ("100", "90")
    assert told["Line 1, invoice value"] == ("500", "510")
    assert told["Line 1, origin (ISO 3166)"][1] == "IR"
    assert told["Line 2, taken out"][0].startswith("Item: B")
    assert "Item: C" in told["Line 2, added"][1]
    assert first.changes == []
