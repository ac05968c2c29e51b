"""Operating gain and loss: the worked figures, and what holds for every tank."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from fuel.gain_loss import Turnover, gain_loss_of, split
from tests.worked import figures


def test_f7_daily_reconciliation_of_a_commingled_tank() -> None:
    scenario = figures("fuel", "F7")
    given_, expected = scenario["in"], scenario["out"]
    statuses = {
        status: Turnover(
            opening_kg=Decimal(given_[f"{status}_kg"]["opening"]),
            receipts_kg=Decimal(given_[f"{status}_kg"]["receipts"]),
            uplifts_kg=Decimal(given_[f"{status}_kg"]["issues"]),
        )
        for status in ("bonded", "duty_paid")
    }
    found = gain_loss_of(statuses=statuses, physical_kg=Decimal(given_["physical_kg"]))
    assert found.book_kg == expected["book_kg"]
    assert found.gain_loss_kg == expected["gain_loss_kg"]
    assert found.percent_of_issues == Decimal(expected["percent_of_issues"])
    assert found.percent_of_throughput == Decimal(expected["percent_of_opening_and_receipts"])
    for split_by in ("issues", "book"):
        shares = split(gain_loss_kg=found.gain_loss_kg, statuses=statuses, split_by=split_by)
        assert shares == {status: Decimal(kg) for status, kg in expected[f"split_by_{split_by}"].items()}
    alone = split(gain_loss_kg=found.gain_loss_kg, statuses=statuses, split_by="one_status", all_to_status="duty_paid")
    assert alone == {"bonded": 0, "duty_paid": Decimal(-420)}


def test_both_percentages_must_be_tolerated() -> None:
    statuses = {"bonded": Turnover(opening_kg=Decimal(100_000), uplifts_kg=Decimal(10_000))}
    found = gain_loss_of(statuses=statuses, physical_kg=Decimal(89_900))
    assert (found.percent_of_issues, found.percent_of_throughput) == (Decimal("-1.000"), Decimal("-0.100"))
    assert found.is_within(percent_of_issues=Decimal(1), percent_of_throughput=Decimal("0.1"))
    assert not found.is_within(percent_of_issues=Decimal("0.999"), percent_of_throughput=Decimal("0.1"))
    assert not found.is_within(percent_of_issues=Decimal(1), percent_of_throughput=Decimal("0.099"))


def test_a_percentage_of_nothing_is_no_percentage() -> None:
    found = gain_loss_of(statuses={"bonded": Turnover()}, physical_kg=Decimal(5))
    assert (found.percent_of_issues, found.percent_of_throughput) == (None, None)
    assert not found.is_within(percent_of_issues=Decimal(100), percent_of_throughput=Decimal(100))


def test_a_status_loses_no_more_than_it_has() -> None:
    statuses = {
        "bonded": Turnover(opening_kg=Decimal(1_000), uplifts_kg=Decimal(990)),
        "duty_paid": Turnover(opening_kg=Decimal(500)),
    }
    shares = split(gain_loss_kg=Decimal(-100), statuses=statuses, split_by="issues")
    assert shares == {"bonded": Decimal(-10), "duty_paid": Decimal(-90)}


kilograms = st.decimals(0, 1_000_000, places=3)


@given(opening=st.tuples(kilograms, kilograms), issued=st.tuples(st.integers(0, 100), st.integers(0, 100)),
       physical=kilograms, split_by=st.sampled_from(["issues", "book", "one_status"]))  # fmt: skip
def test_shares_are_the_whole_and_leave_nothing_negative(
    opening: tuple[Decimal, Decimal], issued: tuple[int, int], physical: Decimal, split_by: str
) -> None:
    statuses = {
        status: Turnover(opening_kg=kg, uplifts_kg=(kg * percent / 100).quantize(Decimal("0.001")))
        for status, kg, percent in zip(("bonded", "duty_paid"), opening, issued, strict=True)
    }
    found = gain_loss_of(statuses=statuses, physical_kg=physical)
    shares = split(
        gain_loss_kg=found.gain_loss_kg,
        statuses=statuses,
        split_by=split_by,
        all_to_status="duty_paid" if split_by == "one_status" else "",
    )
    assert sum(shares.values()) == found.gain_loss_kg
    after = {status: one.book_kg + shares[status] for status, one in statuses.items()}
    assert all(kg >= 0 for kg in after.values())
    assert sum(after.values()) == physical
