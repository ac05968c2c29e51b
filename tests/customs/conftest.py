"""A bonded warehouse, whose regime takes guarantees, and the people who have to do with it."""

import pytest

from registry.models import RegimeCode, Role, Site, User
from tests.registry import build


def warehouse(code: str = "YRK") -> Site:
    site = build.site(code)
    site.regime = RegimeCode.BONDED_WAREHOUSE
    return build.enter_in_register(row=site, actor=None, at=build.AT)


@pytest.fixture
def site(db: None) -> Site:
    return warehouse()


@pytest.fixture
def alice(site: Site) -> User:
    """Administers the whole zone."""
    return build.user("alice", Role.ADMINISTRATOR)


@pytest.fixture
def bob(site: Site) -> User:
    return build.user("bob", Role.OPERATOR, site.organisation, at_site=site)


@pytest.fixture
def sally(site: Site) -> User:
    return build.user("sally", Role.SUPERVISOR, site.organisation, at_site=site)


@pytest.fixture
def charlie(site: Site) -> User:
    return build.user("charlie", Role.AUDITOR)


@pytest.fixture
def olga(site: Site) -> User:
    return build.user("olga", Role.CUSTOMS_OFFICER, site.customs_office)


@pytest.fixture
def stranger(site: Site) -> User:
    """Supervises another site."""
    other = build.site("FAR")
    return build.user("stranger", Role.SUPERVISOR, other.organisation, at_site=other)
