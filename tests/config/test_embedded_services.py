"""The embedded servers: they start anywhere, keep what was committed, and never outlive their launcher."""

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from config.embedded.errors import CannotStart
from config.embedded.folder import DataFolder
from config.embedded.ports import is_free
from config.embedded.services import remove, serve_from


@pytest.fixture
def closed_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that only its owner may enter, and a place of its own for what root must put elsewhere."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setenv("BONDBOOK_ROOTS_PLACE", f"/var/tmp/bondbook-test-{os.getpid()}")  # noqa: S108
    yield closed
    for data in closed.iterdir():
        remove(DataFolder(data))
    shutil.rmtree(os.environ["BONDBOOK_ROOTS_PLACE"], ignore_errors=True)


def _modes_up_to_root(path: Path) -> dict[str, int]:
    return {str(folder): stat.S_IMODE(folder.stat().st_mode) for folder in (path, *path.parents)}


def test_servers_start_from_a_folder_that_only_its_owner_may_enter(closed_folder: Path) -> None:
    before = _modes_up_to_root(closed_folder)
    folder = DataFolder(closed_folder / "data")
    with serve_from(folder, durable=False) as services, psycopg.connect(services.database_url) as connection:
        assert connection.execute("SELECT lower('ДОЛГ')").fetchone() == ("долг",)
        role = connection.execute("SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user").fetchone()
        assert role == (False, False)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine (id int)")
    assert _modes_up_to_root(closed_folder) == before


def test_committed_rows_are_there_after_a_second_start(closed_folder: Path) -> None:
    path = closed_folder / "data"
    with serve_from(DataFolder(path), durable=False) as services, psycopg.connect(services.owner_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 60 AS quantity")
    with serve_from(DataFolder(path), durable=False) as services, psycopg.connect(services.owner_url) as connection:
        assert connection.execute("SELECT quantity FROM kept").fetchone() == (60,)


def test_what_the_application_of_an_earlier_version_owned_goes_to_the_owner(closed_folder: Path) -> None:
    path = closed_folder / "data"
    with serve_from(DataFolder(path), durable=False) as services, psycopg.connect(services.owner_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 60 AS quantity")
        with psycopg.connect(services.superuser_url, autocommit=True) as superuser:
            superuser.execute("ALTER DATABASE bondbook OWNER TO bondbook")
        connection.execute("GRANT CREATE ON SCHEMA public TO bondbook")
        connection.execute("ALTER TABLE kept OWNER TO bondbook")
    secrets = json.loads((path / "secrets.json").read_text())
    del secrets["owner"]
    (path / "secrets.json").write_text(json.dumps(secrets))
    with serve_from(DataFolder(path), durable=False) as services:
        with psycopg.connect(services.owner_url) as connection:
            connection.execute("ALTER TABLE kept ADD COLUMN unit text")
        with (
            psycopg.connect(services.database_url) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute("DROP TABLE kept")


def test_a_data_folder_deleted_by_hand_is_begun_anew(closed_folder: Path) -> None:
    path = closed_folder / "data"
    with serve_from(DataFolder(path), durable=False) as services, psycopg.connect(services.owner_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 60 AS quantity")
    shutil.rmtree(path)
    with serve_from(DataFolder(path), durable=False) as services, psycopg.connect(services.database_url) as connection:
        assert connection.execute("SELECT to_regclass('kept')").fetchone() == (None,)


def test_a_cluster_that_was_half_made_or_half_removed_is_made_anew(closed_folder: Path) -> None:
    folder = DataFolder(closed_folder / "data")
    with serve_from(folder, durable=False) as services:
        cluster = services.database.cluster
    (cluster / "PG_VERSION").unlink()
    with serve_from(folder, durable=False) as services, psycopg.connect(services.database_url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_the_database_lets_nobody_in_without_the_password(closed_folder: Path) -> None:
    with serve_from(DataFolder(closed_folder / "data"), durable=False) as services:
        without = f"postgres://bondbook@127.0.0.1:{services.database.port}/bondbook"
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(without)


def test_a_demonstration_waits_for_the_disk(closed_folder: Path) -> None:
    with (
        serve_from(DataFolder(closed_folder / "data")) as services,
        psycopg.connect(services.database_url) as connection,
    ):
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)


def test_data_of_another_postgresql_is_refused_with_a_way_out(closed_folder: Path) -> None:
    folder = DataFolder(closed_folder / "data")
    with serve_from(folder, durable=False) as services:
        cluster = services.database.cluster
    (cluster / "PG_VERSION").write_text("13\n")
    with pytest.raises(CannotStart, match=r"PostgreSQL 13, .*make demo-reset"), serve_from(folder, durable=False):
        pass


@contextmanager
def _launcher(project: Path, data: Path) -> Iterator[tuple["subprocess.Popen[str]", list[int]]]:
    launcher = subprocess.Popen(
        [sys.executable, "-m", "config.embedded", "serve", "--fast", "--data", str(data)],
        cwd=project,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert launcher.stdout is not None
        ports: set[int] = set()
        while len(ports) < 2:
            line = launcher.stdout.readline()
            assert line, "the launcher ended"
            if line.startswith("export "):
                ports.add(int(line.rsplit(":", 1)[1].split("/")[0]))
        yield launcher, sorted(ports)
    finally:
        launcher.kill()
        launcher.wait()
        if launcher.stdout:
            launcher.stdout.close()


def _soon(condition: Callable[[], bool], *, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_server_outlives_its_launcher(project: Path, closed_folder: Path, end: signal.Signals) -> None:
    with _launcher(project, closed_folder / "data") as (launcher, ports):
        assert not any(is_free(port) for port in ports)
        launcher.send_signal(end)
        code = launcher.wait(30)
        assert code == (-signal.SIGKILL if end == signal.SIGKILL else 0)
        assert _soon(lambda: all(is_free(port) for port in ports))


def test_a_taken_port_is_named_before_anything_starts(project: Path, closed_folder: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        refused = subprocess.run(
            [sys.executable, "-m", "config.embedded", "demo", f"--port={port}", f"--data={closed_folder / 'data'}"],
            cwd=project,
            capture_output=True,
            text=True,
            check=False,
        )
    assert refused.returncode == 1
    assert f"Port {port} is taken" in refused.stderr
    assert "PORT=" in refused.stderr


def test_a_command_runs_with_servers_of_its_own_and_its_exit_code_is_passed_on(project: Path) -> None:
    script = "import os, sys; print(os.environ['DATABASE_URL']); sys.exit(7)"
    ran = subprocess.run(
        [sys.executable, "-m", "config.embedded", "run", "--", sys.executable, "-c", script],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 7
    assert ran.stdout.startswith("postgres://bondbook:")
