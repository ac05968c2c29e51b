"""Named actors: Alice keeps the register, Bob works at a warehouse, Charlie audits, Dana has no role."""

import pytest
from django.test import Client

from registry.models import Role, Site, User
from tests.registry import build


@pytest.fixture
def site(db: None) -> Site:
    return build.site()


@pytest.fixture
def alice(db: None) -> User:
    return build.user("alice", Role.ADMINISTRATOR)


@pytest.fixture
def bob(site: Site) -> User:
    return build.user("bob", Role.OPERATOR, site.organisation, at_site=site)


@pytest.fixture
def charlie(db: None) -> User:
    return build.user("charlie", Role.AUDITOR)


@pytest.fixture
def dana(db: None) -> User:
    return build.user("dana", None)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
