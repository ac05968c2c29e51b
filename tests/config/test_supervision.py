"""What `make demo` started and what ends by itself: started again a few times, then given up, and said each time."""

import sys
import time
from pathlib import Path

import pytest

from config.embedded import supervision
from config.embedded.process import Process
from config.embedded.supervision import MOST_RESTARTS, Part, watch


@pytest.fixture(autouse=True)
def no_time_to_lose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "PATIENCE_SECONDS", 0)


def test_what_ends_too_often_is_given_up_and_each_time_is_told(tmp_path: Path) -> None:
    said: list[str] = []
    launched: list[Process] = []

    def launch() -> Process:
        launched.append(Process("The worker", [sys.executable, "-c", "raise SystemExit(3)"], log=tmp_path / "log"))
        return launched[-1]

    part = Part(launch)
    part.start()
    given_up = watch([part], say=said.append)
    assert given_up is launched[-1]
    assert len(launched) == 1 + MOST_RESTARTS
    assert sum("The worker ended by itself (exit code 3)" in line for line in said) == 1 + MOST_RESTARTS
    assert sum("Starting it again" in line for line in said) == MOST_RESTARTS


def test_what_does_not_get_ready_again_is_tried_again_and_then_given_up(tmp_path: Path) -> None:
    said: list[str] = []
    attempts = 0

    def launch() -> Process:
        nonlocal attempts
        attempts += 1
        return Process("The database", ["/bin/false"], log=tmp_path / "log")

    part = Part(launch, is_ready=lambda: False, process=launch())
    assert watch([part], say=said.append).title == "The database"
    assert attempts == 1 + MOST_RESTARTS
    assert sum("ended while starting" in line for line in said) == MOST_RESTARTS


def test_a_restart_long_ago_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "WITHIN_SECONDS", 0)
    endings = iter([*["exit 1"] * (MOST_RESTARTS + 3), "sleep 60"])
    lasting: list[Process] = []

    class GoesOn(Exception):
        pass

    def launch() -> Process:
        command = next(endings)
        process = Process("The worker", ["/bin/sh", "-c", command], log=tmp_path / "log")
        if command.startswith("sleep"):
            lasting.append(process)
        return process

    def say(text: str) -> None:
        if lasting and "runs again" in text:
            raise GoesOn

    part = Part(launch)
    part.start()
    with pytest.raises(GoesOn):
        watch([part], say=say)
    part.stop()
    assert lasting[0].exit_code is not None


def test_children_that_a_dead_part_left_behind_end_too(tmp_path: Path) -> None:
    command = "sleep 600 & echo $!; kill -KILL $$"
    process = Process("The web server", ["/bin/sh", "-c", command], log=tmp_path / "log")
    while process.exit_code is None:
        time.sleep(0.02)
    child = int((tmp_path / "log").read_text())
    assert Path(f"/proc/{child}").exists()
    assert supervision.how_it_ended(process) == "killed by SIGKILL"
    process.end_what_it_left()
    assert _is_dead(child)


def _is_dead(pid: int) -> bool:
    # Where nobody collects orphans, as in a container, a dead one stays listed as a zombie.
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False
