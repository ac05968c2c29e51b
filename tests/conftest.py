"""What every test stands on: a database server, compiled translations and, where there is one, a browser."""

import gc
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any

import environ
import pytest
from django.db import transaction
from pytest_django.plugin import blocking_manager_key

from tests.standing import standing, worlds

os.environ.setdefault("BONDBOOK_MODE", "test")
# Playwright keeps an event loop in the thread that the tests run in; Django would take it for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""
_servers = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Start a server for the run unless DATABASE_URL names one; xdist's workers share the one started here."""
    from django.conf import settings

    if hasattr(config, "workerinput"):
        # Each has a database of its own, so each has a broker of its own: number 0 to 15 behind the last slash.
        number = int(config.workerinput["workerid"].removeprefix("gw")) % 16
        settings.CELERY_BROKER_URL = f"{settings.CELERY_BROKER_URL.rpartition('/')[0]}/{number}"
        # Celery goes by the environment before it goes by the settings.
        os.environ["CELERY_BROKER_URL"] = settings.CELERY_BROKER_URL
        return
    from config.catalogues import compile_catalogues
    from config.embedded import temporary_services
    from config.embedded.postgres import ROLE

    compile_catalogues()
    if os.environ.get("DATABASE_URL") or config.option.collectonly:
        return
    services = _servers.enter_context(temporary_services())
    os.environ.update(services.owners_environment())
    server = environ.Env.db_url_config(services.owner_url)
    settings.DATABASES["default"].update({name: server[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")})
    settings.DATABASE_OWNER_URL = services.owner_url
    settings.DATABASE_ROLE = ROLE
    settings.CELERY_BROKER_URL = services.broker_url


def pytest_unconfigure() -> None:
    _servers.close()


def pytest_report_header() -> str:
    return f"chromium: {CHROMIUM or 'none found, browser tests are skipped (set CHROMIUM=/path/to/chromium)'}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Begun last, they would leave the other processes without work at the end.
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    for item in items:
        if "page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
        if not CHROMIUM and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: no collection of garbage looks through it again."""
    gc.collect()
    gc.freeze()


@standing
def there() -> Any:
    """One of everything, and somebody in each role."""
    # Models can be imported only once there are settings.
    from tests.world import world

    return world()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], tmp_path_factory: Any) -> dict[str, Any]:
    """Debian's Chromium, which must not look for the outside world."""
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": [
            *(["--no-sandbox"] if os.geteuid() == 0 else []),
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    worlds.make_room(item, item.config.stash[blocking_manager_key])


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: Any, request: Any) -> None:
    # What pytest-django begins every test's transaction in.
    if fixturedef.argname == "_django_db_helper":
        with request.getfixturevalue("django_db_blocker").unblock():
            worlds.make_ready(request.node)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let every test act as the application's role, where there is one beside the owner of the tables."""
    from django.conf import settings
    from django.db import connection

    if not settings.DATABASE_ROLE:
        yield
        with django_db_blocker.unblock():
            worlds.take_down()
        return
    with django_db_blocker.unblock():
        connection.close()
    connection.settings_dict["OPTIONS"]["assume_role"] = settings.DATABASE_ROLE
    yield
    with django_db_blocker.unblock():
        worlds.take_down()
        connection.close()
    del connection.settings_dict["OPTIONS"]["assume_role"]


@pytest.fixture
def hands_of_the_owner(db: None) -> None:
    """From here on the test does what only the owner of the tables may."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(AS_OWNER)


AS_OWNER = "SET LOCAL ROLE NONE"
"""Until the transaction ends: the role that the connection was made for, instead of the application's."""

# What post_migrate would enter again after every flush, alike.
KEPT_BY_FLUSH = {"django_content_type", "auth_permission"}


@pytest.fixture(scope="session", autouse=True)
def emptying_of_tables() -> Iterator[None]:
    """Let a transactional test's end delete the few rows that it left.

    TRUNCATE makes every table and index anew. Tables that refuse to lose rows have their triggers off meanwhile.
    """
    from django.apps import apps
    from django.db.backends.postgresql.operations import DatabaseOperations

    def execute_sql_flush(self: Any, statements: list[str]) -> None:
        (truncate,) = statements
        tables = sorted(set(re.findall(r'"(\w+)"', truncate)) - KEPT_BY_FLUSH)
        asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables)  # noqa: S608
        with transaction.atomic(using=self.connection.alias), self.connection.cursor() as cursor:
            cursor.execute(AS_OWNER)
            cursor.execute(asked)
            filled = [table for (table,) in cursor.fetchall()]
            for table in filled:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for table in filled:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in filled:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            # What a migration entered is there for every test.
            import_module("customs.migrations.0001_initial").enter_regimes(apps, None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", execute_sql_flush)
        yield


@pytest.fixture(autouse=True)
def language_of_no_other_test() -> Iterator[None]:
    """A request leaves its reader's language behind in the thread; the next test starts without it."""
    from django.utils import translation

    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the clone."""
    return Path(__file__).resolve().parent.parent
