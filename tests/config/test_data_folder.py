"""The data folder: held by one at a time, never somebody else's, private where it must be."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config.embedded.errors import CannotStart
from config.embedded.folder import MARK, DataFolder
from config.embedded.prepare import TABLES_MARK, _own_migrations, _require_same_tables
from config.embedded.services import remove


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _embedded(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "config.embedded", *arguments],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )


def test_secrets_are_made_once_and_kept_private(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    made = folder.secrets
    assert DataFolder(tmp_path / "data").secrets == made
    assert _mode(folder.path / "secrets.json") == 0o600
    assert len(set(made.values())) == len(made)


def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(CannotStart, match="not Bondbook's"):
        DataFolder(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_second_start_on_the_same_folder_is_refused_with_the_address_of_the_first(
    project: Path, tmp_path: Path
) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.lock()
    folder.announce(address="http://127.0.0.1:8123/")
    second = _embedded(project, "demo", "--data", str(folder.path))
    assert second.returncode == 1
    assert f"process {os.getpid()}" in second.stderr
    assert "http://127.0.0.1:8123/" in second.stderr
    assert "DATA=" in second.stderr


def test_reset_is_refused_while_bondbook_runs(project: Path, tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.lock()
    assert _embedded(project, "reset", "--data", str(folder.path)).returncode == 1
    assert (folder.path / MARK).exists()


def test_reset_removes_only_a_folder_of_bondbooks(project: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    refused = _embedded(project, "reset", "--data", str(tmp_path))
    assert refused.returncode == 1
    assert "nothing was removed" in refused.stderr
    assert (tmp_path / "letter.txt").exists()

    folder = DataFolder(tmp_path / "data")
    assert _embedded(project, "reset", "--data", str(folder.path)).returncode == 0
    assert not folder.path.exists()
    assert _embedded(project, "reset", "--data", str(folder.path)).returncode == 0


def test_the_announcement_is_private_and_withdrawn(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.announce(DATABASE_URL="postgres://secret")
    assert _mode(folder.path / "connections.json") == 0o600
    assert folder.connections() == {"DATABASE_URL": "postgres://secret"}
    folder.withdraw_announcement()
    assert folder.connections() == {}


def test_removing_a_folder_leaves_its_parent_as_it_was(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    folder = DataFolder(tmp_path / "data")
    remove(folder)
    assert _mode(tmp_path) == 0o750
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_tables_of_another_version_are_refused_and_the_way_out_is_named(tmp_path: Path) -> None:
    executor = MigrationExecutor(connection)
    with pytest.raises(SystemExit, match="make demo-reset"):
        _require_same_tables(tmp_path, executor)

    present = _own_migrations(executor)
    assert "ledger.0001_initial" in present
    (tmp_path / TABLES_MARK).write_text(json.dumps(present))
    _require_same_tables(tmp_path, executor)

    (tmp_path / TABLES_MARK).write_text(json.dumps({**present, "ledger.0001_initial": "of before"}))
    with pytest.raises(SystemExit, match=r"ledger\.0001_initial"):
        _require_same_tables(tmp_path, executor)
