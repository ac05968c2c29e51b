"""A process that the launcher starts, watches and stops."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from config.embedded.account import Account
from config.embedded.errors import CannotStart

PR_SET_PDEATHSIG = 1


class Process:
    """One running program, with its output in a log file.

    Args:
        title: what it is called when spoken of, such as "the web server".
        stop_signal: what asks it to stop in good order; also sent by the kernel if the launcher is killed.
    """

    def __init__(
        self,
        title: str,
        command: Sequence[str],
        *,
        log: Path,
        environment: Mapping[str, str] | None = None,
        account: Account | None = None,
        cwd: Path | str | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        standard_input: str | None = None,
    ) -> None:
        self.title = title
        self.log = log
        self.stop_signal = stop_signal
        with log.open("ab") as output:
            self._popen: subprocess.Popen[bytes] = subprocess.Popen(
                command,
                stdin=subprocess.PIPE if standard_input is not None else subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                cwd=cwd,
                # A session of its own, so that Ctrl-C reaches the launcher alone and it stops all in order.
                start_new_session=True,
                preexec_fn=_dies_with(os.getpid(), stop_signal),
                **(account.popen_arguments() if account else {}),
            )
        if standard_input is not None and self._popen.stdin:
            self._popen.stdin.write(standard_input.encode())
            self._popen.stdin.close()

    @property
    def exit_code(self) -> int | None:
        return self._popen.poll()

    def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> None:
        """Return when it is ready.

        Raises:
            CannotStart: it ended, or was not ready in time; the message ends with its last words.
        """
        deadline = time.monotonic() + seconds
        while not ready():
            if self.exit_code is not None:
                raise CannotStart(f"{self.title} ended while starting (exit code {self.exit_code}).{self.last_words()}")
            if time.monotonic() > deadline:
                raise CannotStart(f"{self.title} did not start within {seconds:.0f} seconds.{self.last_words()}")
            time.sleep(0.05)

    def last_words(self, lines: int = 15) -> str:
        try:
            written = self.log.read_text(errors="replace").splitlines()[-lines:]
        except OSError:
            written = []
        return "".join(f"\n    {line}" for line in written) + f"\nMore in {self.log}"

    def stop(self, *, seconds: float = 20) -> None:
        """Ask it to stop, insist after a while, and return when it is gone."""
        if self.exit_code is not None:
            return
        self._popen.send_signal(self.stop_signal)
        try:
            self._popen.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(self._popen.pid, signal.SIGKILL)
            self._popen.wait()

    def end_what_it_left(self) -> None:
        """End children that it left behind when it died: they would hold its port, or do its work a second time."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._popen.pid, signal.SIGKILL)


def _dies_with(launcher: int, stop_signal: signal.Signals) -> Callable[[], None] | None:
    if not sys.platform.startswith("linux"):
        return None
    libc: Any = ctypes.CDLL(None)

    def arrange() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(stop_signal))
        if os.getppid() != launcher:
            os._exit(1)

    return arrange
