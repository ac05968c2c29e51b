"""The benchmark: each row is written as it is measured, and what fails is a row that says so while the rest goes on."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import databases, workers
from bench.databases import PeerFailed, prepared_peers
from bench.measure import Row, attempted, beside_raw, failed
from bench.pgbench import Pgbench
from bench.results import Results, line
from bench.run import exit_code
from bench.sizes import QUICK
from bench.writing import Writing


def test_a_part_that_fails_is_a_row_that_says_so_after_the_rows_before_it() -> None:
    def rows() -> Iterator[Row]:
        yield Row("a", "first", "ms", 1.0)
        raise RuntimeError("Context of it.\nThe peer's process died.")

    first, second = attempted("part", "the part", rows)
    assert (first.code, second.code) == ("a", "part")
    assert second.failure == "The peer's process died."
    assert "failed" in line(second)
    assert "The peer's process died." in line(second)


def test_each_is_told_as_soon_as_its_rounds_are_over_and_one_that_fails_stops_no_other() -> None:
    order = []

    def rate(name: str, achieved: float) -> float:
        order.append(name)
        if achieved < 0:
            raise RuntimeError(f"{name} ended early")
        return achieved

    told = beside_raw(
        lambda: rate("raw", 10),
        {"good": lambda: rate("good", 5), "bad": lambda: rate("bad", -1), "last": lambda: rate("last", 20)},
        rounds=2,
    )
    code, paced = next(told)
    assert order == ["raw", "good", "raw", "good", "raw"]
    assert not isinstance(paced, Exception)
    assert (code, paced.rate, paced.ratio) == ("good", 5, 0.5)
    rest = dict(told)
    assert str(rest["bad"]) == "bad ended early"
    assert not isinstance(rest["last"], Exception)


@pytest.mark.django_db
def test_the_file_says_after_every_row_what_was_measured_so_far(tmp_path: Path) -> None:
    results = Results(is_quick=True, folder=tmp_path)
    results.add(Row("raw", "RAW", "postings/s", 10.0, 1.0))
    told = json.loads(results.path.read_text())
    assert ([row["code"] for row in told["rows"]], told["is_whole"]) == (["raw"], False)
    results.add(failed("peer", "a peer", RuntimeError("died")))
    results.close()
    told = json.loads(results.path.read_text())
    assert (told["rows"][1]["failure"], told["is_whole"]) == ("died", True)
    assert [one.name for one in tmp_path.iterdir()] == [results.path.name]


def test_a_run_in_which_something_failed_ends_in_1_also_a_quick_one() -> None:
    kept, broken = Row("a", "a", "", 2.0, target=1.0), Row("b", "b", "", 0.5, target=1.0)
    assert exit_code([kept], is_quick=False) == 0
    assert exit_code([kept, broken], is_quick=False) == 1
    assert exit_code([kept, broken], is_quick=True) == 0
    assert exit_code([kept, failed("c", "c", RuntimeError())], is_quick=True) == 1


def test_a_peer_that_is_not_installed_is_told_and_the_others_are_prepared(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "peer_with_nothing.py").write_text("import a_peer_that_nobody_installed\n")
    (tmp_path / "peer_that_works.py").write_text("")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(databases, "PEERS", {"missing": "peer_with_nothing", "there": "peer_that_works"})
    monkeypatch.setattr(databases, "new_database", lambda name, *, beside: f"{beside}/{name}")
    prepared = prepared_peers(beside="postgres://nowhere")
    assert isinstance(prepared["missing"], PeerFailed)
    assert "a_peer_that_nobody_installed" in str(prepared["missing"])
    assert prepared["there"] == ("peer_that_works", "postgres://nowhere/peer_that_works")


def test_a_measured_process_that_dies_or_hangs_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "process_that_dies.py").write_text("raise SystemExit(3)\n")
    (tmp_path / "process_that_hangs.py").write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(RuntimeError, match="process_that_dies ended early"):
        workers.rate("process_that_dies", [], processes=2)
    with pytest.raises(RuntimeError, match="process_that_hangs ended early"):
        workers.rate("process_that_hangs", [], processes=1, within_seconds=0.5)


@pytest.mark.django_db
def test_the_yardstick_is_prepared_and_a_failed_peer_leaves_the_other_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    protocols: list[bool] = []

    def rate_of_pgbench(self: Pgbench, script: str, *, prepared: bool, **more: object) -> float:
        protocols.append(prepared)
        return 8000.0 if prepared else 4000.0

    monkeypatch.setattr(Pgbench, "rate", rate_of_pgbench)
    monkeypatch.setattr(workers, "rate", lambda *arguments, **more: 2000.0)
    monkeypatch.setattr(Writing, "_yard", lambda self, *, few: SomeYard())
    monkeypatch.setattr("bench.writing._deadlocks", lambda: 0)
    peers: dict[str, tuple[str, str] | PeerFailed] = {
        "gone": PeerFailed("not prepared: ModuleNotFoundError: No module named 'gone'"),
        "there": ("bench.peers.there", "postgres://nowhere"),
    }
    writing = Writing(SomeYard(), QUICK, Pgbench(Path("pgbench"), ""), peers, ("", ""))  # type: ignore[arg-type]
    rows = {row.code: row for row in writing.rows()}
    assert rows["raw"].value == 8000.0
    assert protocols.count(False) == QUICK.rounds
    assert (rows["raw_simple"].ratio, rows["function"].ratio) == (0.5, 1.0)
    assert "No module named 'gone'" in rows["peer_gone"].failure
    assert rows["peer_there"].ratio == 0.25
    assert rows["ahead_of_peers"].against == "there, 4 processes"


class SomeYard:
    def ids(self) -> dict[str, int]:
        return {}


def test_one_part_runs_by_the_command_line_and_leaves_a_whole_file() -> None:
    """As `make bench` does it, on a server of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE", "CELERY"))}
    command = [sys.executable, "-m", "bench", "--quick", "--only", "measuring"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    (told,) = [one for one in done.stdout.splitlines() if one.startswith("Written row by row to ")]
    path = Path(told.removeprefix("Written row by row to "))
    written = json.loads(path.read_text())
    path.unlink()
    assert written["is_whole"]
    assert next(row["code"] for row in written["rows"]) == "vcf_numpy"
    assert not any(row["failure"] for row in written["rows"])
