"""What a peer's process does: make the accounts once, or post for a while."""

import random
import sys
from collections.abc import Callable, Sequence
from typing import Any

from bench.pace import post_until

ACCOUNTS = 200
"""Enough that four processes seldom want the same one."""


def run(
    *, prepare: Callable[[], None], accounts: Callable[[], Sequence[Any]], transfer: Callable[[Any, Any], None]
) -> None:
    """Do what the command line asks for.

    Args:
        prepare: make ACCOUNTS accounts in a new database.
        accounts: those accounts, as the peer's own objects.
        transfer: post one transaction of two legs from the first account to the second.
    """
    if sys.argv[1] == "prepare":
        prepare()
        return
    seconds, seed = float(sys.argv[3]), int(sys.argv[4])
    draw, known = random.Random(seed), accounts()
    post_until(seconds, lambda: transfer(*draw.sample(known, 2)))
