"""Processes that are let go at the same moment and whose rates are added up."""

import subprocess
import sys
from collections.abc import Sequence
from threading import Timer

WITHIN_SECONDS = 300


def rate(module: str, arguments: Sequence[str], *, processes: int, within_seconds: float = WITHIN_SECONDS) -> float:
    """Start the module that often and let all go once all are ready; the sum of what each achieved per second.

    The number of the process is the last argument that each is given.

    Raises:
        RuntimeError: a process failed, or did not end in time.
    """
    running = [
        subprocess.Popen(
            [sys.executable, "-m", module, *arguments, str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(processes)
    ]
    # Who hangs is ended, and then found to have ended early.
    watch = Timer(within_seconds, lambda: [process.kill() for process in running])
    watch.start()
    try:
        for process in running:
            _said(process)
        for process in running:
            print("go", file=process.stdin, flush=True)
        return sum(float(_said(process)) for process in running)
    finally:
        watch.cancel()
        for process in running:
            process.kill()
            process.wait()


def _said(process: "subprocess.Popen[str]") -> str:
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise RuntimeError(f"A process of {process.args[2]} ended early; what it said is above.")  # type: ignore[index]
    return line
