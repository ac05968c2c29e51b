"""What a period's checklist finds among the warehouse's documents."""

from datetime import date

from documents.checklist import run_checklist
from documents.unfinished import unfinished_of
from tests.bonded.build import item, out

THROUGH = date(2026, 6, 30)


def test_documents_on_their_way_are_open_and_finished_ones_are_not(khorgos):
    goods = item()
    khorgos.admitted(khorgos.line(goods, "10"))
    draft = khorgos.prepare(khorgos.line(goods, "1"))
    reserved = khorgos.accepted_withdrawal(out(goods, "1"))
    khorgos.withdrawn(out(goods, "1"))
    found = unfinished_of("bonded")(khorgos.site, THROUGH)
    assert [one.document_number for one in found] == [draft.number, reserved.number]
    assert all(one.url for one in found)


def test_documents_of_a_later_period_do_not_matter(khorgos):
    khorgos.prepare(khorgos.line(item(), "1"))
    assert unfinished_of("bonded")(khorgos.site, date(2026, 5, 31)) == []


def test_the_checklist_of_a_period_asks_the_warehouse(khorgos):
    khorgos.prepare(khorgos.line(item(), "1"))
    found = {str(result.name): len(result.items) for result in run_checklist(site=khorgos.site, through_date=THROUGH)}
    assert found["Documents not finished"] == 1
