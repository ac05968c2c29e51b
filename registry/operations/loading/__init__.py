"""Loading the register from rows of text, as files bring them; every loading may be repeated.

A row is known by its key. What is new is added, what differs is changed, what is the same is left alone, and
what is in the register but not in the file stays. One wrong cell refuses the whole file, naming every
wrong cell by row, column and figure.
"""

from registry.operations.loading.rows import Loaded, RowsRefused

__all__ = ["Loaded", "RowsRefused"]
