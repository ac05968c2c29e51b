"""`make demo` as a newcomer starts it: in a terminal of its own, ended by Ctrl-C."""

import os
import re
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from config.embedded.ports import free_port, is_free

SECONDS_TO_STOP = 60
LOGS = ("web", "worker", "beat")
# What a shell of somebody else would not have exported.
OURS = ("BONDBOOK_", "DJANGO_", "DATABASE_", "CELERY_", "SECRET_KEY", "MAKE", "MFLAGS", "PYTEST_")


class NotAsPromised(Exception):
    """The demonstration does not do what the README says of it."""


@dataclass
class Demonstration:
    """On a free port and a folder of its own."""

    project: Path
    data: Path
    port: int = field(default_factory=free_port)
    said: list[str] = field(default_factory=list)
    process: "subprocess.Popen[str] | None" = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self, *, seconds: float) -> float:
        """Start it and return after how many seconds it was ready.

        Raises:
            NotAsPromised: it ended, or was not ready in time.
        """
        began = time.monotonic()
        self.said.clear()
        self.process = subprocess.Popen(
            self._make("demo"),
            cwd=self.project,
            env=_somebodys_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # A terminal has a process group of its own, which Ctrl-C reaches as a whole.
            start_new_session=True,
        )
        threading.Thread(target=self._listen, args=[self.process], daemon=True).start()
        while not any("Ctrl-C stops it" in line for line in list(self.said)):
            if self.process.poll() is not None:
                time.sleep(0.5)
                raise NotAsPromised("make demo ended by itself:\n" + "\n".join(self.said[-40:]))
            if time.monotonic() - began > seconds:
                raise NotAsPromised(f"make demo was not ready after {seconds:.0f} s:\n" + "\n".join(self.said[-20:]))
            time.sleep(0.1)
        if not any(self.address in line for line in self.said):
            raise NotAsPromised(f"make demo does not name its address {self.address}:\n" + "\n".join(self.said))
        return time.monotonic() - began

    def stop(self) -> list[str]:
        """Press Ctrl-C; what is wrong with how it stopped."""
        if self.process is None or self.process.poll() is not None:
            return ["make demo had ended before Ctrl-C"]
        family = _family_of(self.process.pid)
        os.killpg(self.process.pid, signal.SIGINT)
        try:
            self.process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            return [f"Ctrl-C did not stop make demo within {SECONDS_TO_STOP} s"]
        deadline = time.monotonic() + 5
        while (left := [pid for pid in family if _lives(pid)]) and time.monotonic() < deadline:
            time.sleep(0.1)
        faults = [f"{_command_of(pid)} (process {pid}) outlives make demo" for pid in left]
        if not is_free(self.port):
            faults.append(f"port {self.port} is still taken after make demo was stopped")
        return faults + [f"make demo says {line!r}" for line in self.said if "Traceback" in line]

    def faults_of_logs(self) -> list[str]:
        """Every failure that a process of ours wrote down."""
        faults = []
        for name in LOGS:
            path = self.data / "log" / f"{name}.log"
            lines = path.read_text(errors="replace").splitlines() if path.exists() else []
            for number, line in enumerate(lines):
                if line.startswith("Traceback (most recent") or re.search(r'" 5\d\d ', line):
                    faults.append(f"{name}.log, line {number + 1}: " + " / ".join(lines[number : number + 1]))
        return faults

    def remove(self) -> None:
        """End what still runs, and throw the data away."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        subprocess.run(
            self._make("demo-reset"), cwd=self.project, env=_somebodys_environment(), capture_output=True, check=False
        )

    def _make(self, target: str) -> list[str]:
        return ["make", "--no-print-directory", target, f"PORT={self.port}", f"DATA={self.data}"]

    def _listen(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.said.append(line.rstrip())


def _somebodys_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}


def _family_of(pid: int) -> list[int]:
    """A process with its children and theirs, whatever session they are in."""
    children: dict[int, list[int]] = {}
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
    for line in listed.stdout.splitlines():
        child, parent = line.split()
        children.setdefault(int(parent), []).append(int(child))
    family = [pid]
    for one in family:
        family += children.get(one, [])
    return family


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    # Where nobody collects orphans, as in a container, a dead one stays listed.
    return state != "Z"


def _command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return "a process"
