"""The demo year: told through the operations, so that the ledger holds and there is work for whoever signs in."""

from datetime import date

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from bonded.models import Admission, Withdrawal
from ledger.verification import verify
from registry.models import Role, User
from reports.demo import DEMO_SIGN_INS
from reports.demo.calendar import month_ends, working_days
from reports.demo.trade import OWNERS, SITES
from reports.demo.year import year_before


@pytest.fixture
def demo(transactional_db: None) -> None:
    """Three weeks at the main site."""
    call_command("load_demo", days=21, site=["HRS"], processes=1, verbosity=0)


def test_the_ledger_holds_and_every_role_can_sign_in(demo, rf):
    assert not list(verify())
    assert Admission.objects.filter(state__in=["counted", "closed"]).exists()
    assert Withdrawal.objects.filter(state__in=["discharged", "closed"]).exists()
    for one in DEMO_SIGN_INS:
        user = authenticate(rf.post("/"), username=one.email, password=one.password)
        assert user == User.objects.get(email=one.email)
        assert list(user.memberships.values_list("role", flat=True)) == [one.role]
    with pytest.raises(CommandError, match="not empty"):
        call_command("load_demo")


def test_nothing_made_up_is_loaded_where_something_real_is_kept(settings):
    settings.MODE = "production"
    with pytest.raises(CommandError, match="BONDBOOK_MODE is demo or test"):
        call_command("load_demo")


def test_the_year_begins_a_year_ago():
    assert year_before(date(2026, 11, 27)) == date(2025, 11, 27)
    assert year_before(date(2028, 2, 29)) == date(2027, 2, 28)


def test_there_is_somebody_to_be_for_every_role():
    assert {one.role for one in DEMO_SIGN_INS} == set(Role.values)


def test_every_owner_at_a_site_deals_in_something():
    assert {owner for owners, _busy in SITES.values() for owner in owners} <= OWNERS.keys()


def test_months_end_where_the_next_begins_and_sundays_are_free():
    ends = list(month_ends(date(2025, 11, 3), date(2026, 3, 15)))
    assert ends == [date(2025, 11, 30), date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28)]
    assert date(2026, 3, 15) not in working_days(date(2026, 3, 1), date(2026, 3, 31))
