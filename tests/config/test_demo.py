"""`make demo`, without its year of data: it serves, it says what to do, and it stops as one."""

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from config.embedded.folder import DataFolder
from config.embedded.ports import free_port, is_free
from config.embedded.services import remove

pytestmark = pytest.mark.slow


@dataclass
class Demo:
    process: "subprocess.Popen[str]"
    port: int
    said: list[str] = field(default_factory=list)

    def read_until(self, wanted: str) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line.rstrip())
            if wanted in line:
                return
        raise AssertionError("\n".join(self.said))

    def status(self, path: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path)
        return connection.getresponse().status


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    places = f"/var/tmp/bondbook-test-{os.getpid()}"  # noqa: S108
    monkeypatch.setenv("BONDBOOK_ROOTS_PLACE", places)
    data = tmp_path / "data"
    yield data
    remove(DataFolder(data))
    shutil.rmtree(places, ignore_errors=True)


@contextmanager
def _running(project: Path, data: Path) -> Iterator[Demo]:
    # As from a shell that exports nothing: what the tests' own environment says must not leak in.
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "BONDBOOK_ROOTS_PLACE") if name in os.environ}
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "config.embedded", "demo", "--empty", f"--port={port}", f"--data={data}"],
        cwd=project,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    demo = Demo(process, port)
    try:
        demo.read_until("Ctrl-C stops it")
        yield demo
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _children(pid: int) -> dict[str, int]:
    """The launcher's own children: their command lines and process ids."""
    listed = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True, check=True)
    return {line.split(None, 1)[1]: int(line.split(None, 1)[0]) for line in listed.stdout.splitlines()}


def _all_gone(pids: list[int]) -> bool:
    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def test_it_serves_stops_in_order_and_starts_again_quickly(project: Path, data: Path) -> None:
    with _running(project, data) as demo:
        assert demo.status("/healthz") == 200
        assert demo.status("/sign-in/") == 200
        assert re.search(rf"http://127\.0\.0\.1:{demo.port}/", "\n".join(demo.said))
        children = list(_children(demo.process.pid).values())
        assert len(children) == 5
        demo.process.send_signal(signal.SIGINT)
        assert demo.process.wait(60) == 0
        assert _all_gone(children)
        assert is_free(demo.port)

    began = time.monotonic()
    with _running(project, data) as demo:
        assert time.monotonic() - began < 20
        assert demo.status("/healthz") == 200
        assert "Making the tables ..." not in demo.said


def test_when_a_part_dies_the_rest_is_stopped_and_the_log_is_named(project: Path, data: Path) -> None:
    with _running(project, data) as demo:
        children = _children(demo.process.pid)
        worker = next(pid for command, pid in children.items() if " worker" in command)
        os.kill(worker, signal.SIGKILL)
        assert demo.process.wait(60) == 1
        assert demo.process.stdout is not None
        rest = demo.process.stdout.read()
        assert "The worker ended by itself" in rest
        assert "worker.log" in rest
        assert _all_gone(list(children.values()))
