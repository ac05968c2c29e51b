"""The card of a document on Approvals says what its one key would decide: value and tax."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.urls import reverse

from bonded.acceptance import preview_withdrawals
from bonded.admissions.operations.receiving import CountInput, count_admission
from bonded.models import SuspenseResolution, Withdrawal
from bonded.stock_counts.operations import CountedLine
from bonded.suspense_resolutions.operations import submit_resolution
from documents.inbox import longest_waiting
from documents.kinds import kind_of
from registry.models import Role
from tests.bonded.build import Warehouse, item, out
from tests.bonded.test_pages import signed_in
from tests.bonded.test_stock_counts import _counted_twice, _open
from tests.registry import build
from tests.standing import standing

MOST = 50


def about(user: Any, number: str) -> str:
    (found,) = [one.about for one in longest_waiting(user=user, most=MOST) if one.number == number]
    return str(found)


@standing
def goods(khorgos: Warehouse) -> Any:
    """100 for 1,000.00 at 8 % duty and 13 % VAT."""
    goods = item()
    khorgos.admitted(khorgos.line(goods, "100", "1000"))
    return goods


def test_a_sale_shows_its_value_and_what_becomes_payable(khorgos: Warehouse, goods: Any) -> None:
    sale = khorgos.submitted_withdrawal(out(goods, "10"))
    told = about(khorgos.officer, sale.number)
    assert "100.00" in told
    assert "payable duty and tax" in told
    assert "22.04" in told
    page = signed_in(khorgos.officer).get(reverse("documents:approvals")).content.decode()
    assert "22.04" in page
    accepted = signed_in(khorgos.officer).get(reverse("bonded:withdrawal_accept", args=[sale.pk])).content.decode()
    assert "22.04" in accepted, "the figure of the acceptance's own page"


def test_a_re_export_shows_what_it_ceases_to_suspend(khorgos: Warehouse, goods: Any) -> None:
    re_export = khorgos.submitted_withdrawal(out(goods, "10"), purpose="re_export", destination="KZ")
    told = about(khorgos.officer, re_export.number)
    assert "100.00" in told
    assert "22.04" in told
    assert "nothing payable" in told


def test_a_withdrawal_that_would_be_refused_says_why(khorgos: Warehouse, goods: Any) -> None:
    first, second = (khorgos.submitted_withdrawal(out(goods, "60")) for _number in range(2))
    # Each is reckoned as if it alone were accepted.
    assert "132.24" in about(khorgos.officer, first.number)
    assert "132.24" in about(khorgos.officer, second.number)
    khorgos.accepted_withdrawal(out(goods, "60"))
    assert "only 40" in about(khorgos.officer, first.number)


def test_many_withdrawals_ask_as_much_as_one(khorgos: Warehouse, goods: Any, django_assert_num_queries: Any) -> None:
    def asked(number: int) -> int:
        rows = list(Withdrawal.objects.filter(state="submitted").select_related(*kind_of(Withdrawal).related))
        assert len(rows) == number
        with django_assert_num_queries(6) as counted:
            preview_withdrawals(rows, at=khorgos.now)
        return len(counted)

    khorgos.submitted_withdrawal(out(goods, "10"))
    one = asked(1)
    for _number in range(2):
        khorgos.submitted_withdrawal(out(goods, "10"))
    assert asked(3) == one


def test_a_count_shows_what_becomes_payable_on_its_shortage(khorgos: Warehouse, goods: Any) -> None:
    second = build.user("second", Role.OPERATOR, khorgos.site.organisation, at_site=khorgos.site)
    found = [CountedLine(place=khorgos.bin, item=goods, quantity=Decimal(90))]
    stock_count = _counted_twice(_open(khorgos), found, khorgos.operator, second, khorgos)
    told = about(khorgos.supervisor, stock_count.number)
    assert "1 difference" in told
    assert "100.00" in told
    assert "22.04" in told


def test_a_settlement_shows_what_becomes_payable_on_short_goods(khorgos: Warehouse) -> None:
    admission = khorgos.arrived(khorgos.line(item(), "100", "1000"))
    line = admission.lines.get()
    found = [CountInput(line=line, place=khorgos.bin, quantity=Decimal(93))]
    lot = count_admission(admission=admission, counted=found, actor=khorgos.operator, at=khorgos.tick()).lines.get().lot
    resolution = submit_resolution(
        site=khorgos.site, lot=lot, way="taxed", quantity=Decimal(7), reason="Looked for twice",
        actor=khorgos.operator, at=khorgos.tick(), request_key=uuid4(),
    )  # fmt: skip
    told = about(khorgos.officer, resolution.number)
    assert "70.00" in told
    assert "15.43" in told
    assert SuspenseResolution.objects.get().duty_cny is None, "only told"
