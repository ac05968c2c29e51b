"""A server that holds its connections and says nothing: stopped, out of memory, waiting for its disk."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread


class Hanging:
    """Stands before a server: passes on what both sides say until it is told to hang; then takes, and gives nothing."""

    def __init__(self, behind: tuple[str, int] | None) -> None:
        self._behind = behind
        self._hangs = Event()
        self._door = socket.create_server(("127.0.0.1", 0))
        self._held: list[socket.socket] = []
        self.port: int = self._door.getsockname()[1]
        Thread(target=self._let_in, daemon=True).start()
        if not behind:
            self.hang()

    def hang(self) -> None:
        self._hangs.set()

    def _let_in(self) -> None:
        with suppress(OSError):
            while True:
                guest, _address = self._door.accept()
                self._held.append(guest)
                if self._behind and not self._hangs.is_set():
                    host = socket.create_connection(self._behind)
                    self._held.append(host)
                    for hears, says in ((guest, host), (host, guest)):
                        Thread(target=self._pass_on, args=(hears, says), daemon=True).start()

    def _pass_on(self, hears: socket.socket, says: socket.socket) -> None:
        with suppress(OSError):
            while said := hears.recv(65536):
                if not self._hangs.is_set():
                    says.sendall(said)

    def close(self) -> None:
        for held in (self._door, *self._held):
            held.close()


@contextmanager
def hanging(behind: tuple[str, int] | None = None) -> Iterator[Hanging]:
    """A server that hangs from the beginning, or one in front of another that hangs when it is told to."""
    server = Hanging(behind)
    try:
        yield server
    finally:
        server.close()
