"""Every refusal of the API is a problem document that names field, row and figure."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, serializers
from rest_framework.test import APIRequestFactory

from config.problem import PROBLEM_JSON, problem_exception_handler
from registry.errors import Conflict, FieldError, RuleBroken


def _problem(exception: Exception, data: Any = None) -> tuple[int, dict[str, Any]]:
    request = APIRequestFactory().post("/", format="json")
    request.data = data
    answer = problem_exception_handler(exception, {"request": request})
    assert answer is not None
    assert answer.content_type == PROBLEM_JSON
    assert answer.data["status"] == answer.status_code
    return answer.status_code, answer.data


def test_a_broken_rule_names_rule_row_and_figure() -> None:
    class NotEnough(Conflict):
        code = "not-enough-stock"

    error = FieldError("Only 40 are left.", field="quantity", row=2, figure=Decimal("60.00"))
    status, problem = _problem(NotEnough("There is not enough stock.", errors=[error]))
    assert status == 409
    assert problem["type"] == "urn:bondbook:problem:not-enough-stock"
    assert problem["detail"] == "There is not enough stock."
    assert problem["errors"] == [{"field": "quantity", "row": 2, "figure": "60.00", "message": "Only 40 are left."}]


def test_a_broken_rule_without_figures_still_says_what_is_wrong() -> None:
    status, problem = _problem(RuleBroken("The period is closed."))
    assert status == 422
    assert problem["errors"][0]["message"] == "The period is closed."


class _Line(serializers.Serializer[Any]):
    quantity = serializers.DecimalField(max_digits=18, decimal_places=5, min_value=Decimal(0))


class _Document(serializers.Serializer[Any]):
    currency = serializers.ChoiceField(["CNY"])
    lines = _Line(many=True)


def test_a_refused_figure_in_a_line_is_found_by_field_and_row() -> None:
    data = {"currency": "XXX", "lines": [{"quantity": "1"}, {"quantity": "-5"}, {}]}
    serializer = _Document(data=data)
    assert not serializer.is_valid()
    status, problem = _problem(exceptions.ValidationError(serializer.errors), data)
    assert status == 400
    found = {(error["field"], error["row"], error["figure"]) for error in problem["errors"]}
    assert found == {("currency", None, "XXX"), ("quantity", 1, "-5"), ("quantity", 2, None)}


class _Batch(serializers.Serializer[Any]):
    documents = _Document(many=True)


def test_a_refused_figure_in_a_line_of_a_batch_names_its_document_too() -> None:
    data = {"documents": [{"currency": "CNY", "lines": []}, {"currency": "X", "lines": [{"quantity": "-5"}]}]}
    serializer = _Batch(data=data)
    assert not serializer.is_valid()
    _status, problem = _problem(exceptions.ValidationError(serializer.errors), data)
    found = {(error["field"], error["row"], error["figure"]) for error in problem["errors"]}
    assert found == {("currency", 1, "X"), ("documents[1].quantity", 0, "-5")}


def test_a_strangers_object_and_a_forbidden_act_are_told_apart_and_say_no_more() -> None:
    assert _problem(Http404("Lot 7 of another owner"))[0] == 404
    assert "Lot 7" not in str(_problem(Http404("Lot 7 of another owner"))[1])
    assert _problem(PermissionDenied())[0] == 403


def test_too_many_requests_say_when_to_come_back() -> None:
    request = APIRequestFactory().get("/")
    answer = problem_exception_handler(exceptions.Throttled(wait=30), {"request": request})
    assert answer is not None
    assert answer.headers["Retry-After"] == "30"


def test_a_surprise_is_left_to_the_server_error_page() -> None:
    assert problem_exception_handler(ZeroDivisionError(), {}) is None


def test_the_errors_of_an_answer_are_bounded_and_the_rest_is_counted() -> None:
    errors = [FieldError("Wrong.", field="quantity", row=row, figure=row) for row in range(100_000)]
    _status, told = _problem(RuleBroken("Wrong.", errors=errors))
    assert len(told["errors"]) == 201
    assert [error["row"] for error in told["errors"][:200]] == list(range(200))
    assert told["errors"][200]["message"] == "and 99800 more errors, which are not told."
    _status, told = _problem(RuleBroken("Wrong.", errors=errors[:200]))
    assert len(told["errors"]) == 200
    _status, told = _problem(exceptions.ValidationError({"lines": [{"quantity": ["Wrong."]}] * 300}))
    assert len(told["errors"]) == 201
