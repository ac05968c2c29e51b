"""Admission: worked figures T1 and T2, over and short, four eyes, and what is refused."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from bonded.admissions.operations import admissions, receiving
from bonded.admissions.operations.receiving import CountInput
from bonded.models import Admission
from customs.operations.guarantees import GuaranteeExceeded
from documents.operations.documents import NotAsRequired, OwnWork, WrongState
from ledger.postings import CustomsStatus, Journal
from ledger.queries import balances, lots
from registry.errors import NotAllowed
from registry.models import PlaceKind, Role
from registry.queries import NoTariffRate, UnknownCurrency
from tests.bonded.build import Warehouse, exchange_rate, item, tariff, warehouse
from tests.registry import build
from tests.worked import figures

T1 = figures("goods", "T1")
T2 = figures("goods", "T2")


def _t1_line(khorgos: Warehouse):
    given = T1["in"]
    return khorgos.line(
        item(), "100", given["fob_usd"], currency="USD", terms="FOB",
        freight=Decimal(given["freight_usd"]), insurance_rate=Decimal(given["insurance_rate"]),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("limit_cny", "outcome"),
    [("160000.00", T1["out"]["guarantee_free_160000.00"]), ("161663.51", T1["out"]["guarantee_free_161663.51"])],
)
def test_admission_is_assessed_and_held_to_the_guarantee(db, limit_cny, outcome):
    tariff("08", duty=T1["in"]["duty"], vat=T1["in"]["vat"])
    exchange_rate("USD", T1["in"]["usd_cny"])
    khorgos = warehouse(limit_cny=limit_cny)
    if outcome == "refused":
        with pytest.raises(GuaranteeExceeded):
            khorgos.accepted(_t1_line(khorgos))
        assert Admission.objects.get().state == "submitted"
        assert not lots().exists()
        return
    line = khorgos.accepted(_t1_line(khorgos)).lines.get()
    assert line.customs_value_cny == Decimal(T1["out"]["customs_value"])
    assert line.duty_cny == Decimal(T1["out"]["duty"])
    assert line.vat_cny == Decimal(T1["out"]["vat"])
    assert line.tax_cny == Decimal(T1["out"]["suspended"])
    (in_book,) = balances(places=[khorgos.book.place_id])
    assert (in_book.quantity, in_book.duty_cny, in_book.vat_cny) == (Decimal(100), line.duty_cny, line.vat_cny)


def test_composite_consumption_tax_is_booked_per_line(db):
    given, expected = T2["in"], T2["out"]
    tariff(
        "2208", duty=given["duty"], vat=given["vat"], consumption_tax_rate=Decimal(given["ad_valorem"]),
        consumption_tax_cny_per_unit=Decimal(given["specific_cny_kg"]),
    )  # fmt: skip
    khorgos = warehouse()
    line = khorgos.line(item("BRANDY", hs="220820"), given["quantity_kg"], given["customs_value"])
    (lot,) = [khorgos.admitted(line).lines.get().lot]
    assert lot.duty_cny == Decimal(expected["duty"])
    assert lot.consumption_tax_cny == Decimal(expected["consumption_tax"])
    assert lot.vat_cny == Decimal(expected["vat"])
    assert lot.duty_cny + lot.consumption_tax_cny + lot.vat_cny == Decimal(expected["total"])


def test_nothing_is_in_stock_before_it_is_counted(khorgos):
    admission = khorgos.arrived(khorgos.line(item(), "100"))
    assert khorgos.held(Journal.CUSTOMS, khorgos.book.place) == 100
    assert not balances(journal=Journal.STOCK)
    line = admission.lines.get()
    receiving.count_admission(
        admission=admission,
        counted=[
            CountInput(line=line, place=khorgos.bin, quantity=Decimal(60)),
            CountInput(line=line, place=khorgos.other_bin, quantity=Decimal(40)),
        ],
        actor=khorgos.operator,
        at=khorgos.tick(),
    )
    assert khorgos.held(Journal.STOCK, khorgos.bin) == 60
    assert khorgos.held(Journal.STOCK, khorgos.other_bin) == 40


def test_what_is_over_and_short_goes_to_suspense_and_not_into_stock(khorgos):
    admission = khorgos.arrived(khorgos.line(item("A"), "100", "1000"), khorgos.line(item("B"), "50", "500"))
    first, second = admission.lines.all()
    receiving.count_admission(
        admission=admission,
        counted=[
            CountInput(line=first, place=khorgos.bin, quantity=Decimal(97)),
            CountInput(line=second, place=khorgos.bin, quantity=Decimal(53)),
        ],
        actor=khorgos.operator,
        at=khorgos.tick(),
    )
    suspense = khorgos.site.places.get(kind=PlaceKind.SUSPENSE)
    shortage = khorgos.site.places.get(kind=PlaceKind.SHORTAGE)
    assert khorgos.held(Journal.STOCK, khorgos.bin) == 147
    (short,) = balances(places=[shortage.pk])
    assert (short.lot_id, short.quantity, short.customs_value_cny) == (first.lot_id, Decimal(3), Decimal("30.00"))
    (over,) = balances(places=[suspense.pk])
    second.refresh_from_db()
    assert (over.lot_id, over.quantity, over.customs_value_cny) == (second.over_lot_id, Decimal(3), Decimal(0))
    assert second.over_lot.customs_status == CustomsStatus.UNADMITTED


def test_who_prepared_an_admission_does_not_accept_it(khorgos):
    build.grant(khorgos.supervisor, Role.OPERATOR, khorgos.site.organisation)
    admission = khorgos.prepare(khorgos.line(item(), "100"), actor=khorgos.supervisor)
    admissions.submit_admission(admission=admission, actor=khorgos.supervisor, at=khorgos.tick())
    with pytest.raises(OwnWork):
        admissions.accept_admission(admission=admission, actor=khorgos.supervisor, at=khorgos.tick())


def test_an_operator_accepts_nothing(khorgos):
    admission = khorgos.submitted(khorgos.line(item(), "100"))
    with pytest.raises(NotAllowed):
        admissions.accept_admission(admission=admission, actor=khorgos.operator, at=khorgos.tick())


def test_an_operator_of_another_site_prepares_nothing(khorgos):
    stranger = warehouse("ALA").operator
    with pytest.raises(NotAllowed):
        khorgos.prepare(khorgos.line(item(), "100"), actor=stranger)


def test_the_same_request_twice_gives_one_document(khorgos):
    key = uuid4()
    first = khorgos.prepare(khorgos.line(item(), "100"), request_key=key)
    second = khorgos.prepare(khorgos.line(item("B"), "7"), request_key=key)
    assert first == second
    assert Admission.objects.count() == 1


def test_accepting_twice_posts_once(khorgos):
    admission = khorgos.accepted(khorgos.line(item(), "100"))
    with pytest.raises(WrongState, match="Accepted"):
        admissions.accept_admission(admission=admission, actor=khorgos.officer, at=khorgos.tick())
    assert khorgos.held(Journal.CUSTOMS, khorgos.book.place) == 100


@pytest.mark.parametrize("quantity", ["0", "-5", "1.000001", "NaN", "1e30"])
def test_a_quantity_that_cannot_be_is_refused_by_row(khorgos, quantity):
    with pytest.raises(NotAsRequired) as refused:
        khorgos.prepare(khorgos.line(item("A"), "1"), khorgos.line(item("B"), quantity))
    assert [(error.field, error.row) for error in refused.value.errors] == [("quantity", 1)]
    assert not Admission.objects.exists()


def test_every_figure_at_fault_is_named_at_once(khorgos):
    goods = item()
    with pytest.raises(NotAsRequired) as refused:
        khorgos.prepare(
            khorgos.line(goods, "-1"),
            khorgos.line(goods, "5", currency="XXX"),
            khorgos.line(goods, "5", gross_mass_kg=Decimal(4)),
            khorgos.line(goods, "5", "-3"),
            khorgos.line(goods, "5", origin="QQ"),
        )
    assert [(error.field, error.row) for error in refused.value.errors] == [
        ("quantity", 0),
        ("currency", 1),
        ("net_mass_kg", 2),
        ("invoice_value", 3),
        ("origin", 4),
    ]


def test_an_unknown_currency_and_a_code_without_rate_are_refused(khorgos):
    with pytest.raises(NotAsRequired) as refused:
        khorgos.prepare(khorgos.line(item(), "5", currency="KZT"), khorgos.line(item("Z", hs="970100"), "5"))
    assert [(error.field, error.row) for error in refused.value.errors] == [("currency", 0), ("item", 1)]
    assert UnknownCurrency.code != NoTariffRate.code


def test_an_arrival_in_the_future_is_refused(khorgos):
    admission = khorgos.accepted(khorgos.line(item(), "100"))
    with pytest.raises(NotAsRequired) as refused:
        admissions.record_arrival(
            admission=admission, actor=khorgos.operator, at=khorgos.now, arrived_at=khorgos.now + timedelta(days=1)
        )
    assert refused.value.errors[0].field == "arrived_at"


def test_a_returned_admission_says_why_and_can_be_amended(khorgos):
    admission = khorgos.submitted(khorgos.line(item(), "100"))
    admission = admissions.return_admission(
        admission=admission, actor=khorgos.officer, at=khorgos.tick(), reason="The mass is not the scale's"
    )
    assert admission.history.first().history_change_reason == "The mass is not the scale's"
    admission = admissions.amend_admission(
        admission=admission, book=khorgos.book, owner=khorgos.owner, lines=[khorgos.line(item("B"), "90")],
        actor=khorgos.operator, at=khorgos.tick(),
    )  # fmt: skip
    assert [line.quantity for line in admission.lines.all()] == [Decimal(90)]
    admissions.submit_admission(admission=admission, actor=khorgos.operator, at=khorgos.tick())


def test_a_void_number_stays(khorgos):
    first = khorgos.prepare(khorgos.line(item(), "1"))
    admissions.void_admission(admission=first, actor=khorgos.operator, at=khorgos.tick(), reason="Entered twice")
    second = khorgos.prepare(khorgos.line(item("B"), "1"))
    assert (first.number, second.number) == ("HRS-ADM-2026-000001", "HRS-ADM-2026-000002")
    first.refresh_from_db(fields=["remark"])
    assert Admission.objects.get(pk=first.pk).state == "void"


def test_a_refused_admission_takes_no_number(khorgos):
    with pytest.raises(NotAsRequired):
        khorgos.prepare(khorgos.line(item(), "-1"))
    assert khorgos.prepare(khorgos.line(item("B"), "1")).number == "HRS-ADM-2026-000001"


def test_a_full_bin_takes_no_more(khorgos):
    khorgos.bin.capacity_kg = Decimal(150)
    build.enter_in_register(row=khorgos.bin, actor=None, at=build.AT)
    goods = item()
    khorgos.admitted(khorgos.line(goods, "100"))
    with pytest.raises(NotAsRequired, match="100"):
        khorgos.admitted(khorgos.line(goods, "100"))
