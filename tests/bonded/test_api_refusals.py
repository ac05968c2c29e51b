"""Bad input through the API: each answer names field, row and figure, and nothing is half-posted."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from bonded.models import Admission, Relocation, Withdrawal
from customs.operations.periods import close_period
from documents.models import NumberSeries, Reversal
from ledger.queries import balances
from registry.models import Role
from tests.bonded.build import Warehouse, item, warehouse
from tests.bonded.calls import Office, caller, line, office
from tests.bonded.test_concurrency import T10, at_once
from tests.registry import build

ABSENT = object()


@pytest.fixture
def desk(khorgos: Warehouse) -> Office:
    item()
    return office(khorgos)


def told(answer: Any) -> list[tuple[str, int | None, str | None]]:
    """Which fields, rows and figures a refusal names."""
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert all(error["message"] for error in problem["errors"])
    return [(error["field"], error["row"], error["figure"]) for error in problem["errors"]]


@pytest.mark.parametrize(
    ("field", "figure", "status"),
    [
        ("quantity", "-5", 422),
        ("quantity", "0", 422),
        ("quantity", "1.000001", 422),
        ("quantity", "99999999999999", 422),
        ("quantity", "1.000E+30", 422),
        ("quantity", "a lot", 400),
        ("quantity", "NaN", 400),
        ("quantity", ABSENT, 400),
        ("item", "NOTHING", 422),
        ("currency", "XXX", 422),
        ("invoice_value", "-1", 422),
        ("invoice_value", "1.005", 422),
        ("origin", "QQ", 422),
        ("net_mass_kg", "-1", 422),
        ("packages", -1, 422),
        ("terms", "EXW", 400),
        ("insurance_rate", "1.5", 422),
        ("unit", "XYZ", 422),
        ("quantiy", "5", 400),
    ],
)
def test_a_wrong_figure_of_an_admission_is_named(desk: Office, field: str, figure: Any, status: int) -> None:
    wrong = {**line("PISTACHIO", "7"), field: figure}
    if figure is ABSENT:
        del wrong[field]
    answer = desk.operator.post("admissions", desk.admission(line("PISTACHIO", "1"), wrong))
    assert answer.status_code == status, answer.content
    assert (field, 1, None if figure is ABSENT else str(figure)) in told(answer)
    assert not Admission.objects.exists()
    assert not NumberSeries.objects.exists()


def test_an_item_without_a_tariff_rate_is_named(desk: Office) -> None:
    item("UNKNOWN", hs="970100")
    answer = desk.operator.post("admissions", desk.admission(line("PISTACHIO", "1"), line("UNKNOWN", "1")))
    assert (answer.status_code, told(answer)) == (422, [("item", 1, "970100")])


@pytest.mark.parametrize(("field", "code"), [("site", "NOWHERE"), ("book", "T-NONE"), ("owner", "NOBODY")])
def test_an_unknown_code_is_named(desk: Office, field: str, code: str) -> None:
    answer = desk.operator.post("admissions", {**desk.admission(line("PISTACHIO", "1")), field: code})
    assert (answer.status_code, told(answer)[0]) == (422, (field, None, code))


def test_every_unknown_code_is_named_at_once(desk: Office) -> None:
    answer = desk.operator.post(
        "admissions", {**desk.admission(line("X", "1"), line("PISTACHIO", "1"), line("Y", "1")), "owner": "NOBODY"}
    )
    assert told(answer) == [("owner", None, "NOBODY"), ("item", 0, "X"), ("item", 2, "Y")]


def test_a_document_without_lines_and_a_body_that_is_none_are_refused(desk: Office) -> None:
    assert told(desk.operator.post("admissions", desk.admission())) == [("lines", None, None)]
    for body in ([], "text", None):
        assert desk.operator.post("admissions", body).status_code == 400
    broken = desk.operator.client.post("/api/v1/admissions/", '{"site": NaN}', content_type="application/json")
    assert broken.status_code == 400


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ('{"site": "HRS", "lines": [], "occurred_at": "0001-01-01"}', ("occurred_at", None, "0001-01-01")),
        (
            '{"site": "HRS", "lines": [], "occurred_at": "9999-12-31T23:59:59Z"}',
            ("occurred_at", None, "9999-12-31T23:59:59Z"),
        ),
        ('{"site": "\\u0000", "lines": []}', ("site", None, "\x00")),
        ('{"site": "\\ud800", "lines": []}', ("site", None, "?")),
        ('{"site": "HRS", "\\ud800": 1, "lines": []}', ("?", None, "1")),
    ],
)
def test_what_no_clock_shows_and_no_text_can_hold_is_refused(desk: Office, body: str, named: Any) -> None:
    answer = desk.operator.client.post("/api/v1/relocations/", body, content_type="application/json")
    assert answer.status_code == 400
    assert named in told(answer)


def test_a_request_too_large_for_its_key_says_so(desk: Office, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = desk.operator.post("admissions", desk.admission(line("PISTACHIO", "1")))
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:bondbook:problem:too-large")


def test_no_digit_of_a_figure_is_lost(desk: Office) -> None:
    body = (
        f'{{"site": "HRS", "book": "{desk.at.book.number}", "owner": "HRS-OWNER", "lines": [{{"item": "PISTACHIO",'
        ' "quantity": 1234567890.12345, "invoice_value": 1234567890123456.78, "currency": "CNY"}]}'
    )
    answer = desk.operator.client.post("/api/v1/admissions/", body, content_type="application/json")
    (kept,) = answer.json()["lines"]
    assert (kept["quantity"], kept["invoice_value"]) == ("1234567890.12345", "1234567890123456.78")


def test_a_time_in_the_future_or_in_a_closed_period_is_refused(desk: Office) -> None:
    admission = desk.admitted(line("PISTACHIO", "10"))
    move = {"lot": admission["lines"][0]["lot"], "from_place": "A-01", "to_place": "A-02", "quantity": "1"}
    tomorrow = (timezone.now() + timedelta(days=1)).isoformat()
    answer = desk.operator.post("relocations", {"site": "HRS", "lines": [move], "occurred_at": tomorrow})
    assert (answer.status_code, told(answer)[0][0]) == (422, "occurred_at")

    day = timezone.localdate() - timedelta(days=1)
    close_period(site=desk.at.site, through_date=day, actor=desk.at.supervisor, at=timezone.now(), explanation="Done")
    closed = (timezone.now() - timedelta(days=2)).isoformat()
    answer = desk.operator.post("relocations", {"site": "HRS", "lines": [move], "occurred_at": closed})
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:bondbook:problem:period-closed")
    assert told(answer)
    assert not Relocation.objects.exists()


def test_more_than_is_there_is_refused(desk: Office) -> None:
    admission = desk.admitted(line("PISTACHIO", "100"))
    draft = desk.operator.done("withdrawals", desk.withdrawal({"item": "PISTACHIO", "quantity": "101"}))
    answer = desk.operator.post(f"withdrawals/{draft['id']}/submit")
    assert (answer.status_code, told(answer)) == (409, [("quantity", 0, "101.00000")])
    assert Withdrawal.objects.get().state == "draft"

    lot = admission["lines"][0]["lot"]
    moves = [{"lot": lot, "from_place": "A-01", "to_place": "A-02", "quantity": figure} for figure in ("60", "60")]
    answer = desk.operator.post("relocations", {"site": "HRS", "lines": moves})
    assert answer.status_code == 409
    assert told(answer)[0][:2] == ("quantity", 1)
    assert not Relocation.objects.exists()
    assert [row.quantity for row in balances(places=[desk.at.bin.pk])] == [100]


def test_a_lot_of_another_owner_or_another_site_is_refused(desk: Office) -> None:
    admission = desk.admitted(line("PISTACHIO", "100"))
    build.organisation("STRANGER")
    wanted = {"item": "PISTACHIO", "quantity": "5", "lot": admission["lines"][0]["lot"]}
    answer = desk.operator.post("withdrawals", {**desk.withdrawal(wanted), "owner": "STRANGER"})
    assert (answer.status_code, told(answer)) == (422, [("lot", 0, wanted["lot"])])
    elsewhere = office(warehouse("ALA"))
    answer = elsewhere.operator.post("withdrawals", elsewhere.withdrawal(wanted))
    assert (answer.status_code, told(answer)) == (422, [("lot", 0, wanted["lot"])])


def test_what_was_counted_is_named_by_row(desk: Office) -> None:
    address = f"admissions/{desk.operator.done('admissions', desk.admission(line('PISTACHIO', '10')))['id']}"
    desk.operator.done(f"{address}/submit")
    desk.officer.done(f"{address}/accept")
    desk.operator.done(f"{address}/arrive")
    counted = [{"line": 1, "place": "A-01", "quantity": "4"}, {"line": 2, "place": "NO-BIN", "quantity": "-6"}]
    answer = desk.operator.post(f"{address}/count", {"counted": counted})
    assert told(answer) == [("place", 1, "NO-BIN"), ("line", 1, "2")]
    counted[1] |= {"line": 1, "place": "SUSPENSE"}
    assert {error[:2] for error in told(desk.operator.post(f"{address}/count", {"counted": counted}))} == {
        ("quantity", 1),
        ("place", 1),
    }
    assert not balances(places=[desk.at.bin.pk])


def test_the_same_request_twice_gives_one_document_and_one_posting(desk: Office) -> None:
    key, body = str(uuid4()), desk.admission(line("PISTACHIO", "10"))
    first, second = (desk.operator.post("admissions", body, key=key) for _ in range(2))
    assert first.json() == second.json()
    assert second.headers["Idempotent-Replayed"] == "true"
    address = f"admissions/{first.json()['id']}"
    desk.operator.done(f"{address}/submit")
    key = str(uuid4())
    accepted = [desk.officer.post(f"{address}/accept", key=key) for _ in range(3)]
    assert [(answer.status_code, answer.json()["state"]) for answer in accepted] == [(200, "accepted")] * 3
    again = desk.officer.post(f"{address}/accept")
    assert (again.status_code, again.json()["type"]) == (409, "urn:bondbook:problem:wrong-state")
    other = desk.officer.post(f"{address}/close", key=key)
    assert (other.status_code, other.json()["type"]) == (409, "urn:bondbook:problem:idempotency-key-reused")
    assert Admission.objects.count() == 1
    assert [row.quantity for row in balances(places=[desk.at.book.place_id])] == [10]


def test_another_site_is_not_there_and_nothing_is_prepared_for_it(desk: Office) -> None:
    admission = desk.admitted(line("PISTACHIO", "10"))
    stranger = office(warehouse("ALA")).operator
    address = f"admissions/{admission['id']}"
    assert stranger.get(address).status_code == 404
    assert stranger.get(f"{address}/history").status_code == 404
    assert stranger.put(address, desk.admission(line("PISTACHIO", "1"))).status_code == 404
    for act in ("submit", "accept", "return", "arrive", "count", "close", "void", "request-reversal"):
        assert stranger.post(f"{address}/{act}", {}).status_code == 404
    assert stranger.read("admissions")["results"] == []
    assert stranger.read("lots")["results"] == []
    assert stranger.read("transactions")["results"] == stranger.read("entries")["results"] == []
    assert stranger.read("balances")["results"] == stranger.read("stock")["results"] == []
    for path in ("balances", "stock"):
        assert told(stranger.get(path, site="HRS")) == [("site", None, "HRS")]
    refused = stranger.post("admissions", desk.admission(line("PISTACHIO", "1")))
    assert (refused.status_code, told(refused)[0]) == (422, ("site", None, "HRS"))
    refused = stranger.post("reversals", {"document": admission["number"], "reason": "Mine"})
    assert (refused.status_code, told(refused)) == (422, [("document", None, admission["number"])])


def test_an_auditor_reads_all_and_writes_nothing(desk: Office) -> None:
    admission = desk.admitted(line("PISTACHIO", "10"))
    auditor = caller(build.user("charlie", Role.AUDITOR))
    address = f"admissions/{admission['id']}"
    assert auditor.read(address)["acts"] == []
    before = Admission.history.count()
    assert auditor.post("admissions", desk.admission(line("PISTACHIO", "1"))).status_code == 403
    assert auditor.post("relocations", {"site": "HRS", "lines": []}).status_code == 403
    assert auditor.post("reversals", {"document": admission["number"], "reason": "x"}).status_code == 403
    assert auditor.put(address, desk.admission(line("PISTACHIO", "1"))).status_code == 403
    for act in ("submit", "accept", "return", "arrive", "close", "void", "request-reversal"):
        answer = auditor.post(f"{address}/{act}", {"reason": "I audit"} if act in {"return", "void"} else None)
        assert answer.status_code == 403, (act, answer.content)
        assert answer.json()["type"] == "urn:bondbook:problem:not-allowed"
    assert (Admission.history.count(), Reversal.objects.count()) == (before, 0)


def test_four_eyes_hold_through_the_api(desk: Office) -> None:
    admission = desk.supervisor.done("admissions", desk.admission(line("PISTACHIO", "10")))
    desk.supervisor.done(f"admissions/{admission['id']}/submit")
    refused = desk.supervisor.post(f"admissions/{admission['id']}/accept")
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:bondbook:problem:own-work")


def test_an_act_that_needs_a_reason_asks_for_it(desk: Office) -> None:
    admission = desk.operator.done("admissions", desk.admission(line("PISTACHIO", "10")))
    refused = desk.operator.post(f"admissions/{admission['id']}/void", {"reason": " "})
    assert (refused.status_code, told(refused)[0][0]) == (422, "reason")


def test_a_batch_of_relocations_is_entered_whole_or_not_at_all(desk: Office) -> None:
    lot = desk.admitted(line("PISTACHIO", "100"))["lines"][0]["lot"]

    def move(quantity: str, **more: str) -> dict[str, Any]:
        return {"lines": [{"lot": lot, "from_place": "A-01", "to_place": "A-02", "quantity": quantity, **more}]}

    def send(*relocations: dict[str, Any], **more: str) -> Any:
        return desk.operator.post("relocations/batch", {"site": "HRS", "relocations": relocations}, **more)

    assert told(send(move("1"), move("-1"))) == [("relocations[1].quantity", 0, "-1")]
    assert told(send(move("1"), move("1", lot="NONE"))) == [("relocations[1].lot", 0, "NONE")]
    assert told(send(move("1"), move("x"))) == [("relocations[1].quantity", 0, "x")]
    assert told(send(move("1"), {"lines": []}))[0][0] == "relocations[1].lines"
    too_much = send(move("60"), move("30"), move("11"))
    assert (too_much.status_code, told(too_much)[0][:2]) == (409, ("relocations[2].quantity", 0))
    assert told(send())
    assert not Relocation.objects.exists()

    key = str(uuid4())
    entered = [send(move("60"), move("30"), move("10"), key=key) for _ in range(2)]
    assert [answer.status_code for answer in entered] == [201, 201]
    assert entered[0].json() == entered[1].json()
    numbers = [one["number"] for one in entered[0].json()]
    assert numbers == [f"HRS-RLC-{date.today().year}-00000{number}" for number in (1, 2, 3)]
    assert [row.quantity for row in balances(places=[desk.at.other_bin.pk])] == [100]
    assert [one.history.count() for one in Relocation.objects.all()] == [1, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_of_two_withdrawals_at_once_exactly_one_is_accepted(committed_khorgos: Warehouse) -> None:
    desk = office(committed_khorgos)
    item()
    desk.admitted(line("PISTACHIO", T10["in"]["stock"]))
    waiting = [
        desk.submitted({"item": "PISTACHIO", "quantity": quantity})
        for quantity in T10["in"]["simultaneous_withdrawals"]
    ]
    officers = [caller(desk.at.officer), caller(desk.at.officer)]
    answers = at_once(
        [lambda who=who, path=path: who.post(f"{path}/accept") for who, path in zip(officers, waiting, strict=True)]
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    (refused,) = [answer for answer in answers if answer.status_code == 409]
    assert refused.json()["type"] == "urn:bondbook:problem:not-enough-stock"
    assert told(refused) == [("quantity", 0, "60.00000")]
    held = desk.operator.read("balances", journal="stock")["results"]
    assert {(row["hold"], row["quantity"]) for row in held} == {("free", "40.00000"), ("reserved", "60.00000")}


@pytest.mark.django_db(transaction=True)
def test_the_same_request_at_once_is_answered_by_one_document(committed_khorgos: Warehouse) -> None:
    desk = office(committed_khorgos)
    item()
    key, body = str(uuid4()), desk.admission(line("PISTACHIO", "10"))
    people = [caller(desk.at.operator) for _ in range(4)]
    answers = at_once([lambda who=who: who.post("admissions", body, key=key) for who in people])
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert Admission.objects.count() == 1
