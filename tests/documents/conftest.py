"""The warehouse's documents serve the tests about every document too."""

from tests.bonded.conftest import committed_khorgos, khorgos

__all__ = ["committed_khorgos", "khorgos"]
