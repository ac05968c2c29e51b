"""Figures and times are written as the reader's language writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from registry.templatetags import ui
from registry.wording import customs_time_text, local_time_text, money_text, quantity_text

A_MOMENT = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "1,234,567.5\xa0kg"), ("zh-hans", "1,234,567.5\xa0kg"), ("ru", "1\xa0234\xa0567,5\xa0kg")],
)
def test_quantity_is_grouped_by_three_without_empty_decimals(language: str, text: str) -> None:
    with translation.override(language):
        assert quantity_text(Decimal("1234567.50000"), "kg") == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("100", "100"), ("1E+3", "1,000"), ("0.00001", "0.00001"), ("-5.10", "\N{MINUS SIGN}5.1"), ("0.00000", "0")],
)
def test_quantity_keeps_every_digit_that_counts(value: str, text: str) -> None:
    with translation.override("en"):
        assert quantity_text(Decimal(value)) == text


def test_money_is_written_to_the_fen() -> None:
    with translation.override("en"):
        assert money_text(Decimal("1234.5"), "CNY") == "1,234.50\xa0CNY"
    with translation.override("ru"):
        assert money_text(Decimal("-1234.5")) == "\N{MINUS SIGN}1\xa0234,50"


def test_a_moment_is_shown_in_the_readers_time_and_in_customs_time() -> None:
    with translation.override("en"), timezone.override("Asia/Almaty"):
        assert local_time_text(A_MOMENT) == "2026-11-22 23:30"
        assert customs_time_text(A_MOMENT) == "2026-11-23 02:30"
        assert local_time_text(date(2026, 2, 3)) == "2026-02-03"
    with translation.override("ru"):
        assert local_time_text(date(2026, 2, 3)) == "03.02.2026"


def test_nothing_is_shown_as_a_dash() -> None:
    assert "–" in ui.money(None)
    assert "–" in ui.quantity(None, "kg")
    assert "–" in ui.customs_time(None)


def test_an_unknown_state_is_shown_quietly() -> None:
    assert ui.badge("never seen", "New") == '<span class="state state-quiet">New</span>'
    assert "state-good" in ui.badge("closed", "Closed")
