"""The calculator: the worked figures on the page and over the API, every step told, refusals beside their field."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.registry import build
from tests.registry.conftest import signed_in
from tests.worked import figures

pytestmark = pytest.mark.django_db
ADDRESS = "/fuel/calculator/"
API_ADDRESS = "/api/v1/fuel/calculation/"


@pytest.fixture
def somebody() -> Client:
    return signed_in(build.user("eve", "auditor"))


def asked(**changes: Any) -> dict[str, Any]:
    given = figures("fuel", "F1")["in"]
    return {
        "standard": "1980",
        "vcf_decimals": 4,
        "base": "15C",
        "mass_in": "vacuum",
        "litres_observed": given["observed_litres"],
        "celsius": given["celsius"],
        "density_at_base": given["density_15c"],
        "instrument": "glass_hydrometer",
        **changes,
    }


def test_f1_on_the_page_with_its_steps(somebody: Client) -> None:
    expected = figures("fuel", "F1")["out"]
    page = somebody.get(ADDRESS, asked()).content.decode()
    assert expected["vcf"] in page
    assert "43,274.712" in page
    assert 'data-step="vcf"' in page
    assert 'data-step="mass_in_vacuum"' in page


def test_f1_by_both_standards_over_the_api(somebody: Client) -> None:
    expected = figures("fuel", "F1")
    of_1980 = somebody.post(API_ADDRESS, json.dumps(asked()), content_type="application/json").json()
    assert of_1980["vcf"] == expected["out"]["vcf"]
    assert of_1980["litres_at_base"].startswith(expected["out"]["litres_15c"])
    assert of_1980["mass_kg"] == expected["out"]["mass_vacuum_kg"]
    assert of_1980["steps"][-1]["code"] == "mass_in_vacuum"
    of_2004 = somebody.post(API_ADDRESS, json.dumps(asked(standard="2004")), content_type="application/json").json()
    assert (of_2004["vcf"], of_2004["litres_at_base"]) == (
        expected["out_2004"]["vcf"],
        expected["out_2004"]["litres_15c"],
    )


@pytest.mark.parametrize("case", figures("fuel", "F2")["cases"])
def test_f2_from_a_reading(somebody: Client, case: dict[str, Any]) -> None:
    body = asked(
        density_at_base=None,
        density_reading=case["reading"],
        sample_celsius=case["celsius"],
        instrument=case["instrument"].replace(" ", "_"),
    )
    answer = somebody.post(API_ADDRESS, json.dumps(body), content_type="application/json").json()
    assert answer["density_at_base"] == case["density_15c"]


@pytest.mark.parametrize(
    ("changes", "field", "figure"),
    [
        ({"density_at_base": "1200"}, "density_at_base", "1200"),
        ({"celsius": "-60"}, "celsius", "-60"),
        ({"density_at_base": None}, "density_at_base", None),
        ({"base": "60F"}, "base", "60F"),
        ({"litres_observed": "-1"}, "litres_observed", "-1"),
    ],
)
def test_what_the_standard_does_not_cover_is_refused_with_its_figure(
    somebody: Client, changes: dict[str, Any], field: str, figure: str | None
) -> None:
    answer = somebody.post(API_ADDRESS, json.dumps(asked(**changes)), content_type="application/json")
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["field"], error.get("figure")) == (field, figure)


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(somebody: Client) -> None:
    page = somebody.get(ADDRESS, asked(density_at_base="1200")).content.decode()
    assert "653" in page
    assert 'value="52340"' in page
    assert 'data-step="vcf"' not in page


@pytest.mark.parametrize("figure", ["1E+60", "9" * 60, "-1E+999999", "1E-999999", "NaN", "Infinity"])
@pytest.mark.parametrize("field", ["litres_observed", "celsius", "density_at_base"])
def test_an_absurd_figure_is_refused_by_its_field(somebody: Client, field: str, figure: str) -> None:
    answer = somebody.post(API_ADDRESS, json.dumps(asked(**{field: figure})), content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field


def test_a_density_at_the_base_and_a_reading_contradict_each_other(somebody: Client) -> None:
    both = asked(density_reading="800.0", sample_celsius="20")
    answer = somebody.post(API_ADDRESS, json.dumps(both), content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "density_reading"
    assert "not both" in somebody.get(ADDRESS, both).content.decode()
