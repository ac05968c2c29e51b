"""A transport loss beyond its tolerance: what is payable on it, at the rates of the day on which it is approved."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from fuel.consignments.operations import declaring, quality
from fuel.models import FuelConsignment, TransportLoss
from ledger.queries import balances
from ledger.verification import verify
from registry.models import TariffRate
from registry.queries import NoTariffRate
from tests.bonded.build import tariff
from tests.fuel.farm import Farm
from tests.fuel.test_consignment_pages import ROOT, caller, signed_in

JULY = date(2026, 7, 1)


@pytest.fixture
def urumqi(small: Farm) -> Farm:
    return small


def short(urumqi: Farm, received_kg: str, **more: Any) -> FuelConsignment:
    """800,000 kg by document, worth 4,200,000.07 CNY, of which 0.3 % may be lost."""
    status = more.get("customs_status", "bonded")
    tank = urumqi.tank("T1", status)
    consignment = urumqi.accepted("800000", **more)
    return urumqi.released(urumqi.received(consignment, urumqi.gauged(tank, received_kg)))


def approved(urumqi: Farm, consignment: FuelConsignment) -> TransportLoss:
    done = quality.approve_transport_loss(
        consignment=consignment, actor=urumqi.officer, at=urumqi.tick(), reason="tank car leaked"
    )
    loss: TransportLoss = done.transport_loss
    return loss


def test_tax_is_payable_on_what_is_missing_beyond_the_tolerance(urumqi: Farm) -> None:
    loss = approved(urumqi, short(urumqi, "790000"))
    assert (loss.missing_mass_kg, loss.tolerated_mass_kg, loss.taxed_mass_kg) == (10000, 2400, 7600)
    # 4,200,000.07 x 10,000 / 800,000 = 52,500.00 CNY are missing; 52,500.00 x 7,600 / 10,000 = 39,900.00.
    assert loss.customs_value_cny == Decimal("39900.00")
    assert loss.duty_cny == Decimal("3591.00")  # 9 %
    assert loss.consumption_tax_cny == Decimal("11400.00")  # 1.5 CNY a kilogram
    assert loss.vat_cny == Decimal("7135.83")  # 13 % of 39,900 + 3,591 + 11,400
    assert loss.tax_cny == Decimal("22126.83")
    assert urumqi.in_book() == 790000
    assert not list(verify())


def test_the_rates_are_those_of_the_day_of_approval(urumqi: Farm) -> None:
    consignment = short(urumqi, "790000")
    tariff("2710", duty="0.05", vat="0.09", valid_from=JULY, consumption_tax_cny_per_unit=Decimal(2))
    urumqi.tick(days=30)
    loss = approved(urumqi, consignment)
    assert loss.rates_date == JULY
    assert (loss.duty_cny, loss.consumption_tax_cny) == (Decimal("1995.00"), Decimal("15200.00"))
    assert loss.vat_cny == Decimal("5138.55")  # 9 % of 39,900 + 1,995 + 15,200
    assert loss.tax_cny == Decimal("22333.55")
    assert (loss.duty_rate, consignment.duty_rate) == (Decimal("0.05"), Decimal("0.09"))


def test_where_nothing_is_tolerated_all_of_it_is_taxed(urumqi: Farm) -> None:
    loss = approved(urumqi, short(urumqi, "799999.999", loss_tolerance_percent=Decimal(0)))
    assert (loss.tolerated_mass_kg, loss.taxed_mass_kg) == (0, Decimal("0.001"))
    # A gram is worth half a fen and more: 4,200,000.07 x 0.001 / 800,000 = 0.00525, a fen after rounding.
    assert (loss.customs_value_cny, loss.duty_cny, loss.tax_cny) == (Decimal("0.01"), 0, 0)


def test_the_tolerance_is_cut_to_the_gram(urumqi: Farm) -> None:
    # 0.333 % of 800,000.001 kg are 2,664.00000333 kg.
    tank = urumqi.tank("T1")
    consignment = urumqi.accepted("800000.001", loss_tolerance_percent=Decimal("0.333"))
    consignment = urumqi.released(urumqi.received(consignment, urumqi.gauged(tank, "797336")))
    loss = approved(urumqi, consignment)
    assert (loss.missing_mass_kg, loss.tolerated_mass_kg) == (Decimal("2664.001"), 2664)
    assert loss.taxed_mass_kg == Decimal("0.001")


def test_duty_paid_fuel_owes_nothing_more(urumqi: Farm) -> None:
    loss = approved(urumqi, short(urumqi, "790000", customs_status="duty_paid"))
    assert (loss.taxed_mass_kg, loss.tax_cny, loss.rates_date) == (7600, None, None)


def test_a_tolerated_loss_owes_nothing(urumqi: Farm) -> None:
    short(urumqi, "797600")
    assert not TransportLoss.objects.exists()


def test_without_a_rate_on_the_day_nothing_is_written_off(urumqi: Farm) -> None:
    consignment = short(urumqi, "790000")
    TariffRate.objects.all().delete()
    with pytest.raises(NoTariffRate):
        approved(urumqi, consignment)
    assert urumqi.in_book() == 800000
    assert not TransportLoss.objects.exists()


def test_what_was_approved_is_never_changed(urumqi: Farm, hands_of_the_owner: None) -> None:
    loss = approved(urumqi, short(urumqi, "790000"))
    for sql in ("UPDATE fuel_transportloss SET vat_cny = 0", "DELETE FROM fuel_transportloss"):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    loss.refresh_from_db()
    assert loss.vat_cny == Decimal("7135.83")


def test_the_page_and_a_program_are_told_until_the_consignment_is_reversed(urumqi: Farm) -> None:
    consignment = short(urumqi, "790000")
    officer, url = signed_in(urumqi.officer), f"{ROOT}/consignments/{consignment.pk}/"
    program = caller(urumqi.officer)
    assert program.get(url).json()["transport_loss"] is None
    answer = program.post(f"{url}approve-loss/", {"reason": "tank car leaked"}, format="json").json()
    told = answer["transport_loss"]
    assert (told["taxed_mass_kg"], told["tax_cny"], told["decided_by"]) == (
        "7600.000",
        "22126.83",
        urumqi.officer.email,
    )
    page = officer.get(consignment.get_absolute_url()).content.decode()
    for word in ("Tax payable on the transport loss", "22,126.83", "39,900.00", "7,600", "Transport loss approved"):
        assert word in page, word
    declaring.reverse_consignment(
        consignment=consignment, actor=urumqi.officer, at=urumqi.tick(), reason="wrong product"
    )
    assert not [row for row in balances() if row.quantity]
    assert "Tax payable on the transport loss" not in officer.get(consignment.get_absolute_url()).content.decode()
