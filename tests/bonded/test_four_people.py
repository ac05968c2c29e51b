"""Four people at once on one document: decisions name the version they were made on, and history rebuilds all."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bonded.admissions.operations import admissions
from bonded.models import Admission
from documents.models import Notice
from documents.timeline import lines_by_version
from registry.errors import RuleBroken
from registry.models import Item, Role, User
from registry.versions import version_of, with_version
from tests.bonded.build import Warehouse, item
from tests.registry import build

pytestmark = pytest.mark.django_db(transaction=True)

COLUMNS = ("row", "quantity", "gross_mass_kg", "net_mass_kg", "invoice_value", "freight", "packages")
WORDS = ("currency", "terms", "origin")


@dataclass
class Done:
    """What one act left behind, read while the document was still locked."""

    act: str
    by: User
    seen: int
    version: int
    columns: dict[str, Any]
    lines: list[dict[str, str]]


@dataclass
class Table:
    """One admission on which four people work."""

    khorgos: Warehouse
    admission: Admission
    goods: Item
    done: list[Done] = field(default_factory=list)

    def act(self, person: User, name: str, figure: int, *, is_late: bool, first_seen: int) -> None:
        """Read the document, or keep the one from the start in view, and act on it."""
        admission: Any = with_version(Admission.objects.all()).get(pk=self.admission.pk)
        admission.seen_version = first_seen if is_late else admission.version_in_view
        at = self.khorgos.tick()
        acts: dict[str, Callable[[], Any]] = {
            "amend": lambda: admissions.amend_admission(
                admission=admission,
                book=self.khorgos.book,
                owner=self.khorgos.owner,
                lines=[self.khorgos.line(self.goods, str(figure + row)) for row in range(1 + figure % 3)],
                declaration_number=self.admission.declaration_number,
                vehicle=f"Train {figure}",
                actor=person,
                at=at,
            ),
            "submit": lambda: admissions.submit_admission(admission=admission, actor=person, at=at),
            "take_back": lambda: admissions.take_back_admission(admission=admission, actor=person, at=at),
            "return": lambda: admissions.return_admission(
                admission=admission, actor=person, at=at, reason=f"Seal {figure}"
            ),
            "accept": lambda: admissions.accept_admission(admission=admission, actor=person, at=at),
        }
        with transaction.atomic():
            acts[name]()
            version, columns, lines = self.as_it_stands()
            self.done.append(Done(name, person, admission.seen_version, version, columns, lines))

    def as_it_stands(self) -> tuple[int, dict[str, Any], list[dict[str, str]]]:
        now: Any = Admission.objects.get(pk=self.admission.pk)
        version = version_of(now)
        assert version is not None
        columns = {one.attname: getattr(now, one.attname) for one in Admission.history.model.tracked_fields}
        return version, columns, [told(line) for line in now.lines.select_related("item").order_by("row")]


def told(line: Any) -> dict[str, str]:
    figures = {name: str(getattr(line, name)) for name in COLUMNS}
    return {**figures, **{name: getattr(line, name) for name in WORDS}, "item": str(line.item)}


ACTS = st.tuples(
    st.sampled_from(("amend", "submit", "take_back", "return", "accept")),
    st.integers(1, 90),
    st.sampled_from((False, False, False, True)),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scripts=st.tuples(*[st.lists(ACTS, min_size=2, max_size=5)] * 4))
def test_whatever_four_people_do_at_once_can_be_told_afterwards(committed_khorgos: Warehouse, scripts: Any) -> None:
    khorgos = committed_khorgos
    people = (khorgos.operator, second_operator(khorgos), khorgos.supervisor, khorgos.officer)
    goods = Item.objects.first() or item("PISTACHIO")
    admission = khorgos.prepare(khorgos.line(goods, "10"))
    table = Table(khorgos, admission, goods)
    first, columns, lines = table.as_it_stands()
    start = Done("prepare", khorgos.operator, 0, first, columns, lines)
    together = Barrier(len(people))

    def work(person: User, script: Any) -> None:
        try:
            together.wait(timeout=30)
            for name, figure, is_late in script:
                try:
                    table.act(person, name, figure, is_late=is_late, first_seen=first)
                except RuleBroken:
                    continue
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as threads:
        for ended in [threads.submit(work, person, script) for person, script in zip(people, scripts, strict=True)]:
            ended.result()
    _every_version_is_told(admission, [start, *table.done])


def _every_version_is_told(admission: Admission, done: list[Done]) -> None:
    in_order = sorted(done, key=lambda one: one.version)
    entries = list(admission.history.order_by("history_id"))
    assert [entry.history_id for entry in entries] == [one.version for one in in_order], "each act left one version"
    kept = lines_by_version(admission)
    lines: list[dict[str, Any]] = []
    for entry, one, before in zip(entries, in_order, [None, *in_order], strict=False):
        assert {name: getattr(entry, name) for name in one.columns} == one.columns
        assert entry.history_user_id == one.by.pk
        lines = kept.get(entry.history_id, lines)
        assert [plain(line) for line in lines] == one.lines
        if before is not None:
            assert one.seen == before.version, "nobody acts on what was not in view"
    decisions = {one.version: one for one in in_order if one.act in {"return", "accept"}}
    notices = Notice.objects.filter(acted_on="admission", document_id=admission.pk)
    assert {notice.version: (notice.made_on, notice.by_id, notice.act) for notice in notices} == {
        version: (one.seen, one.by.pk, one.act) for version, one in decisions.items()
    }
    assert {notice.to_id for notice in notices} <= {admission.prepared_by_id}


def plain(line: dict[str, Any]) -> dict[str, str]:
    return {name: str(line[name]) for name in (*COLUMNS, *WORDS, "item")}


def second_operator(khorgos: Warehouse) -> User:
    found = User.objects.filter(email__startswith="second-operator@").first()
    return found or build.user("second-operator", Role.OPERATOR, khorgos.site.organisation, at_site=khorgos.site)
