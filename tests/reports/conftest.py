"""The warehouse's fixtures serve the reports about it too."""

from tests.bonded.conftest import committed_khorgos, khorgos

__all__ = ["committed_khorgos", "khorgos"]
