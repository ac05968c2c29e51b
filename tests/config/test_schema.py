"""The API's description of itself is whole: what comes in, what goes out, what may be refused."""

import re
from io import StringIO
from typing import Any

import pytest
import yaml
from django.core.management import call_command

from config.problem import PROBLEM_JSON


@pytest.fixture(scope="module")
def schema() -> Any:
    told = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=told)
    return yaml.safe_load(told.getvalue())


def _operations(schema: Any, *methods: str) -> list[tuple[str, Any]]:
    return [
        (f"{method} {path}", operation)
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
        if method in (methods or {"get", "post", "put", "patch", "delete"})
    ]


def test_every_post_of_somebody_takes_an_idempotency_key(schema: Any) -> None:
    without = {
        name
        for name, operation in _operations(schema, "post")
        if "Idempotency-Key" not in {parameter["name"] for parameter in operation.get("parameters", [])}
    }
    # The calculator keeps nothing, so coming twice changes nothing.
    assert without == {"post /api/v1/sign-in/", "post /api/v1/sign-out/", "post /api/v1/fuel/calculation/"}


def test_every_operation_says_how_it_refuses(schema: Any) -> None:
    for name, operation in _operations(schema):
        refusals = {status: answer for status, answer in operation["responses"].items() if status >= "400"}
        assert {"400", "401", "403"} <= set(refusals), name
        assert all(
            answer["content"][PROBLEM_JSON]["schema"]["$ref"].endswith("/Problem") for answer in refusals.values()
        )
        if "{" in name:
            assert "404" in refusals, name


def test_every_operation_and_component_says_what_it_is(schema: Any) -> None:
    assert not [name for name, operation in _operations(schema) if not operation.get("operationId")]
    silent = [name for name, operation in _operations(schema, "post") if not operation.get("description")]
    assert not [
        name for name in silent if re.search(r"/(admissions|withdrawals|relocations|stock-counts|reversals)/", name)
    ]


@pytest.mark.parametrize(("path", "names"), [("admissions", ["FOB"]), ("withdrawals", ["DomesticSale", "Re-export"])])
def test_documents_have_examples(schema: Any, path: str, names: list[str]) -> None:
    examples = schema["paths"][f"/api/v1/{path}/"]["post"]["requestBody"]["content"]["application/json"]["examples"]
    assert all(any(name in given for given in examples) for name in names)
    assert all({"site", "book", "owner", "lines"} <= set(example["value"]) for example in examples.values())


def test_quantities_and_money_are_strings(schema: Any) -> None:
    line = schema["components"]["schemas"]["AdmissionLine"]["properties"]
    assert {line[name]["type"] for name in ("quantity", "invoice_value", "duty_cny")} == {"string"}


def test_every_act_on_a_document_may_say_which_version_was_in_view(schema: Any) -> None:
    """An act holds for what was seen; only rows that are no documents have other words for it, or never change."""
    kept_otherwise = {"account-books", "contracts", "charges", "memberships", "tanks", "meters"}
    shapes = schema["components"]["schemas"]
    without = []
    for name, operation in _operations(schema, "post", "put", "patch"):
        path = name.split(" ")[1]
        if (
            "{id}" not in path
            or path.split("/")[3] in kept_otherwise
            or "documents" not in operation.get("tags", ["documents"])
        ):
            continue
        content = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        fields = shapes.get(content.get("$ref", "").rpartition("/")[2], {}).get("properties", {})
        if not {"version", "seen_history_id"} & set(fields):
            without.append(name)
    assert without == []
