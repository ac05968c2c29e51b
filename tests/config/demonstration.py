"""A demonstration as somebody starts it from a shell, for tests: what it says, what belongs to it, how it is asked."""

import http.client
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from config.embedded.folder import DataFolder
from config.embedded.ports import free_port
from config.embedded.services import remove


@dataclass
class Demo:
    process: "subprocess.Popen[str]"
    port: int
    data: Path
    project: Path
    said: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Note what it says, so that it never waits for a reader."""
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line.rstrip())

    def wait_until_it_says(self, wanted: str, *, after: int = 0, seconds: float = 90) -> None:
        deadline = time.monotonic() + seconds
        while not any(wanted in line for line in self.said[after:]):
            assert self.process.poll() is None or time.monotonic() < deadline, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.05)

    def status(self, path: str) -> int:
        try:
            return self.ask("GET", path)[0]
        except OSError:
            return 0

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        """Status and answer of a request that carries JSON.

        Raises:
            OSError: there was no answer.
        """
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            content = None if body is None else json.dumps(body)
            connection.request(method, path, content, {"Content-Type": "application/json", **headers})
            answer = connection.getresponse()
            text = answer.read()
        except http.client.HTTPException as broken_off:
            raise ConnectionResetError(str(broken_off)) from broken_off
        finally:
            connection.close()
        is_json = "json" in (answer.headers["Content-Type"] or "")
        return answer.status, json.loads(text) if is_json else text.decode(errors="replace")

    def run(self, *arguments: str) -> str:
        """What Python answers that reaches the demonstration's database and broker."""
        environment = {**_plain_environment(), **DataFolder(self.data).connections()}
        done = subprocess.run(
            [sys.executable, *arguments], cwd=self.project, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def processes(self) -> dict[str, int]:
        """The launcher's own children: their command lines and process ids."""
        return children_of(self.process.pid)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for a demonstration's data; what root's servers keep elsewhere goes with it."""
    places = f"/var/tmp/bondbook-test-{os.getpid()}"  # noqa: S108
    monkeypatch.setenv("BONDBOOK_ROOTS_PLACE", places)
    data = tmp_path / "data"
    yield data
    remove(DataFolder(data))
    shutil.rmtree(places, ignore_errors=True)


@contextmanager
def running(project: Path, data: Path) -> Iterator[Demo]:
    """A demonstration without its year of data, until it is stopped."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "config.embedded", "demo", "--empty", f"--port={port}", f"--data={data}"],
        cwd=project,
        env=_plain_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    demo = Demo(process, port, data, project)
    try:
        demo.listen()
        demo.wait_until_it_says("Ctrl-C stops it", seconds=400)
        yield demo
    finally:
        process.kill()
        process.wait()


def _plain_environment() -> dict[str, str]:
    # As from a shell that exports nothing: what the tests' own environment says must not leak in.
    kept = ("PATH", "HOME", "BONDBOOK_ROOTS_PLACE")
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        "DJANGO_SETTINGS_MODULE": "config.settings"
    }


def children_of(pid: int) -> dict[str, int]:
    """The children of a process: their command lines and process ids."""
    listed = subprocess.run(["ps", "-ww", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return {line.split(None, 1)[1]: int(line.split(None, 1)[0]) for line in listed.stdout.splitlines()}


def all_gone(pids: list[int]) -> bool:
    """Whether all of them have ended, after a while at most."""
    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True
