"""How a measured process keeps time: warm up, wait until it is let go, work until the time is over, say its rate."""

import sys
import time
from collections.abc import Callable

WARM_UP_SECONDS = 0.5


def post_until(seconds: float, post: Callable[[], object], *, count: int = 1) -> None:
    """Call post for a while; print how many postings a second that were.

    Args:
        count: postings of one call.
    """
    _repeat(WARM_UP_SECONDS, post)
    print("ready", flush=True)
    sys.stdin.readline()
    calls, passed_seconds = _repeat(seconds, post)
    print(calls * count / passed_seconds, flush=True)


def _repeat(seconds: float, post: Callable[[], object]) -> tuple[int, float]:
    began = time.monotonic()
    calls = 0
    while (passed_seconds := time.monotonic() - began) < seconds:
        post()
        calls += 1
    return calls, passed_seconds
