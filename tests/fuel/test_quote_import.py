"""Index quotes from a file and by the API: looked at first, then taken in whole or not at all; twice is nothing."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fuel.models import IndexQuote
from tests.bonded.calls import caller
from tests.fuel.build import TankFarm
from tests.fuel.pricing import price_index
from tests.registry import build
from tests.registry.conftest import signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db
PAGE = "/fuel/index-quotes/import/"
MONTH = "quoted_date,price\n2026-06-01,92.37\n2026-06-02,93.10\n2026-06-03,91.05\n"


@standing
def farm(urumqi: TankFarm) -> TankFarm:
    price_index()
    return urumqi


def sent(farm: TankFarm, content: str | bytes = MONTH, *, preview: bool = False, **more: Any) -> str:
    """The page that answers a file of quotes of the index MOPS-JET."""
    given = {
        "index": price_index().pk,
        "source": "synthetic",
        "file": SimpleUploadedFile("quotes.csv", content.encode() if isinstance(content, str) else content),
        **({"preview": "1"} if preview else {}),
        **more,
    }
    return str(signed_in(build.zone_administrator()).post(PAGE, given, follow=True).content.decode())


def prices() -> dict[str, str]:
    return {str(one.quoted_date): str(one.price) for one in IndexQuote.objects.all()}


def test_a_file_is_looked_at_first_and_stands_in_the_form(farm: TankFarm) -> None:
    sent(farm, "quoted_date,price\n2026-06-01,92.37\n2026-06-02,90\n")
    told = IndexQuote.history.count()
    page = sent(farm, MONTH, preview=True)
    assert "Of 3 rows 1 are new and 1 correct a price" in page
    for word in ("New", "Corrects", "Known"):
        assert f">{word}</span>" in page
    assert "2026-06-02\t93.10" in page
    assert prices() == {"2026-06-01": "92.3700", "2026-06-02": "90.0000"}
    assert IndexQuote.history.count() == told


def test_what_stands_in_the_form_is_taken_in_and_the_same_twice_changes_nothing(farm: TankFarm) -> None:
    page = sent(farm, file="", rows=MONTH)
    assert "3 quotes were new, 0 corrected, 0 known already." in page
    assert prices() == {"2026-06-01": "92.3700", "2026-06-02": "93.1000", "2026-06-03": "91.0500"}
    told = IndexQuote.history.count()
    assert "0 quotes were new, 0 corrected, 3 known already." in sent(farm)
    assert IndexQuote.history.count() == told
    assert set(IndexQuote.history.values_list("history_user", flat=True)) == {build.zone_administrator().pk}


def test_a_correction_keeps_what_stood_there_before(farm: TankFarm) -> None:
    sent(farm)
    assert "0 quotes were new, 1 corrected, 0 known already." in sent(farm, "price;quoted_date\n92.40;2026-06-01\n")
    quote = IndexQuote.objects.get(quoted_date="2026-06-01")
    assert [str(one.price) for one in quote.history.order_by("history_id")] == ["92.3700", "92.4000"]


def test_every_cell_at_fault_is_named_and_nothing_is_taken_in(farm: TankFarm) -> None:
    wrong = (
        "index,quoted_date,price\n"
        "MOPS-JET,2026-06-31,92.37\n"
        "NONE,2026-06-02,ninety\n"
        "MOPS-JET,2026-06-03,0\n"
        "MOPS-JET,2026-06-04,1.23456\n"
        "MOPS-JET,,\n"
        ",2026-06-05,90\n"
        ",2026-06-05,91\n"
    )
    for preview in (True, False):
        page = sent(farm, wrong, preview=preview)
        for told in ("“2026-06-31” is not a date", "“NONE” in the register", "“ninety” is not a number"):
            assert told in page, told
        assert "The price must be above zero." in page
        assert "no more than 4 decimal places" in page
        assert "This row repeats row 6" in page
        assert "cells cannot be accepted; nothing was taken in." in page
        # It is corrected where it stands.
        assert "NONE\t2026-06-02\tninety" in page
    assert not IndexQuote.objects.exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"day,price\n2026-06-01,90\n", "lacks the columns: quoted_date"),
        (b"quoted_date,price,volume\n2026-06-01,90,1\n", "not known: volume"),
        (b"quoted_date,price\n", "There is no quote."),
        (b"\xff\xfe\x00", "neither XLSX nor text"),
        (b"", "There is no row. Choose a file, or paste rows."),
    ],
)
def test_a_file_that_is_none_says_why(farm: TankFarm, content: bytes, told: str) -> None:
    more = {} if content else {"file": ""}
    assert told in sent(farm, content, **more)
    assert not IndexQuote.objects.exists()


def test_only_the_zones_administrator_finds_the_way_to_it(farm: TankFarm) -> None:
    assert PAGE in signed_in(build.zone_administrator()).get("/fuel/index-quotes/").content.decode()
    for other in (farm.supervisor, farm.administrator):
        assert PAGE not in signed_in(other).get("/fuel/index-quotes/").content.decode()
        assert signed_in(other).get(PAGE).status_code == 403


def test_a_program_publishes_many_or_none(farm: TankFarm) -> None:
    clerk = caller(build.zone_administrator())
    quotes: list[dict[str, Any]] = [
        {"index": "MOPS-JET", "quoted_date": "2026-06-01", "price": "92.37", "source": "synthetic"},
        {"index": "MOPS-JET", "quoted_date": "2026-06-02", "price": "93.10"},
    ]
    tried = clerk.done("index-quotes/publish", {"quotes": quotes, "is_trial": True})
    assert tried == {"added": 2, "changed": 0, "unchanged": 0}
    assert not IndexQuote.objects.exists()
    assert clerk.done("index-quotes/publish", {"quotes": quotes}) == tried
    assert clerk.done("index-quotes/publish", {"quotes": quotes}) == {"added": 0, "changed": 0, "unchanged": 2}
    # Another source is a correction too, and the trial says the same as the act.
    quotes[1]["source"] = "another"
    corrected = {"added": 0, "changed": 1, "unchanged": 1}
    assert clerk.done("index-quotes/publish", {"quotes": quotes, "is_trial": True}) == corrected
    assert clerk.done("index-quotes/publish", {"quotes": quotes}) == corrected
    wrong = [{**quotes[0], "quoted_date": "2026-06-03"}, {**quotes[1], "index": "NONE", "price": "-1"}]
    refused = clerk.post("index-quotes/publish", {"quotes": wrong})
    assert refused.status_code == 422
    assert refused.json()["type"] == "urn:bondbook:problem:rows-refused"
    told = [(error["row"], error["field"], error["figure"]) for error in refused.json()["errors"]]
    assert told == [(1, "index", "NONE"), (1, "price", "-1")]
    assert IndexQuote.objects.count() == 2
    assert clerk.post("index-quotes/publish", {"quotes": []}).status_code == 200
    assert caller(farm.supervisor).post("index-quotes/publish", {"quotes": quotes}).status_code == 403
