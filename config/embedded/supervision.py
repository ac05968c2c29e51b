"""Watching what was started: a part that ends by itself is started again, a few times, and it is said each time."""

import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from config.embedded.errors import CannotStart
from config.embedded.process import Process

# Once more within so many seconds, and starting it again is no cure.
MOST_RESTARTS = 5
WITHIN_SECONDS = 300
# How much longer each further attempt waits.
PATIENCE_SECONDS = 1


@dataclass
class Part:
    """Something that runs until it is asked to stop.

    Args:
        launch: starts it, again and again.
        is_ready: whether it is at work yet.
        process: how it runs now.
    """

    launch: Callable[[], Process]
    is_ready: Callable[[], bool] = lambda: True
    process: Process | None = None
    ended: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it and return when it is ready.

        Raises:
            CannotStart: it ended, or was not ready in time.
        """
        self.stop()
        self.process = self.launch()
        self.process.wait_until(self.is_ready, seconds=60)

    def stop(self) -> None:
        if self.process:
            self.process.stop()


def watch(parts: Sequence[Part], *, say: Callable[[str], None]) -> Process:
    """Start again whatever ends, in the order given; return what ends too often.

    Args:
        parts: what others depend on comes first.
    """
    while True:
        for part in parts:
            ended = part.process
            if ended is None or ended.exit_code is None:
                continue
            ended.end_what_it_left()
            say(f"{ended.title} ended by itself ({how_it_ended(ended)}). Why may stand in {ended.log}")
            if not _revive(part, ended.title, say):
                return ended
        time.sleep(0.2)


def _revive(part: Part, title: str, say: Callable[[str], None]) -> bool:
    while _may_start_again(part):
        # At once; what fails again is given time, since whatever it left behind may have to end first.
        time.sleep(PATIENCE_SECONDS * (len(part.ended) - 1))
        say(
            f"Starting it again, for the {len(part.ended)}. time of at most {MOST_RESTARTS} within "
            f"{WITHIN_SECONDS // 60} minutes ..."
        )
        try:
            part.start()
        except CannotStart as refusal:
            say(str(refusal))
            continue
        say(f"{title} runs again.")
        return True
    return False


def _may_start_again(part: Part) -> bool:
    now = time.monotonic()
    part.ended = [*(moment for moment in part.ended if now - moment < WITHIN_SECONDS), now]
    return len(part.ended) <= MOST_RESTARTS


def how_it_ended(process: Process) -> str:
    """Such as: exit code 1, or: killed by SIGKILL."""
    code = process.exit_code
    if code is not None and code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"exit code {code}"


__all__ = ["MOST_RESTARTS", "WITHIN_SECONDS", "Part", "how_it_ended", "watch"]
