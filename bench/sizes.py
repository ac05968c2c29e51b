"""How much is measured: the full run whose figures count, and a quick one that shows that everything runs."""

from dataclasses import dataclass

CLIENTS = 16
PROCESSES = 4
BATCH = 1_000
API_BATCH = 200
CONTENDED_ACCOUNTS = 40
HISTORY_ACCOUNTS = 1_000


@dataclass(frozen=True)
class Sizes:
    """What one run of the benchmark takes on.

    Args:
        bins, lots: every lot lies in every bin, which makes the accounts that postings choose from.
        seconds: of one measured slice.
        rounds: how often every slice is repeated, each time between two slices of RAW.
        entries_a_month: of the ledger that is read.
        months: how old the young and the old one are.
        readings: how often both are read in turn.
        corrections: how many volumes are corrected at once.
        uplifts: of the short and of the long statement.
        statements: how often each is issued, written and read in turn.
    """

    bins: int
    lots: int
    seconds: float
    rounds: int
    entries_a_month: int
    months: tuple[int, int]
    readings: int
    corrections: int
    uplifts: tuple[int, int]
    statements: int


FULL = Sizes(
    bins=50,
    lots=200,
    seconds=5,
    rounds=5,
    entries_a_month=83_400,
    months=(12, 60),
    readings=7,
    corrections=1_000_000,
    uplifts=(2_000, 20_000),
    statements=3,
)
"""10,000 accounts to post to; 1 and 5 million entries to read."""

QUICK = Sizes(
    bins=50,
    lots=20,
    seconds=1,
    rounds=1,
    entries_a_month=2_000,
    months=(3, 6),
    readings=2,
    corrections=50_000,
    uplifts=(200, 2_000),
    statements=1,
)
