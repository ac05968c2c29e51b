"""Ctrl-C, and its relatives: one request to stop, heard once."""

import signal
from types import FrameType

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Someone asked for the end. Not an Exception, so that nothing on the way mistakes it for a failure."""


def stop_on_signals() -> None:
    """Raise Stopped at the first request; later ones are ignored while everything is being stopped."""
    for number in STOP_SIGNALS:
        signal.signal(number, _stop)


def _stop(_number: int, _frame: FrameType | None) -> None:
    ignore_further_requests()
    raise Stopped


def ignore_further_requests() -> None:
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
