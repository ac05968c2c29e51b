"""Numbers that people write in several ways are one number."""

import pytest

from registry.identity import folded_key, twin_key


@pytest.mark.parametrize(
    "written",
    ["QD-000815", "qd-000815", "QD 000815", "ＱＤ０００８１５", "QD\u200b-000815", "QD–000815", " qd_000815\t"],
)
def test_one_number_however_it_is_written(written):
    assert folded_key(written) == "qd000815"


def test_leading_zeros_make_another_number_that_is_told_as_a_twin():
    assert folded_key("QD-000815") != folded_key("QD-815")
    assert twin_key("QD-000815") == twin_key("QD-0815") == twin_key("qd 815") == "qd815"
    assert twin_key("QD-0") == "qd0"
    assert twin_key("QD-8150") != twin_key("QD-815")
