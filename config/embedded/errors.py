"""What keeps the embedded servers from starting, said so that the reader can do something about it."""


class CannotStart(Exception):
    """The start was given up; the message says why and what to do."""
