"""Start, run and reset the embedded servers: `python -m config.embedded demo|reset|serve|run|env`."""

import argparse
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

from config.embedded.demo import run_demo
from config.embedded.errors import CannotStart
from config.embedded.folder import MARK, DataFolder
from config.embedded.services import remove, serve_from, temporary_services
from config.embedded.stopping import Stopped, stop_on_signals


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m config.embedded", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    demo = commands.add_parser("demo", help="database, broker, web server and workers with a year of data")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--data", type=Path, default=Path(".data"))
    demo.add_argument("--empty", action="store_true", help="do not load the demo year")
    reset = commands.add_parser("reset", help="remove a data folder")
    reset.add_argument("--data", type=Path, default=Path(".data"))
    serve = commands.add_parser("serve", help="keep a development database and broker running")
    serve.add_argument("--data", type=Path, default=Path(".data-dev"))
    serve.add_argument("--port", type=int, default=0, help="the database's port; any free one if not given")
    serve.add_argument("--trust", action="store_true", help="let local users in without a password")
    serve.add_argument("--fast", action="store_true", help="do not wait for the disk; a crash may lose data")
    run = commands.add_parser("run", help="run a command with a throw-away database and broker")
    run.add_argument("--durable", action="store_true", help="wait for the disk at every commit")
    run.add_argument("program", nargs=argparse.REMAINDER)
    env = commands.add_parser("env", help="print the variables that reach the servers of a data folder")
    env.add_argument("--data", type=Path, default=Path(".data"))
    return parser.parse_args()


def _reset(data: Path) -> int:
    path = data.expanduser().absolute()
    if not path.exists() or (path.is_dir() and not any(path.iterdir())):
        print(f"There is no data in {path}.")
        return 0
    if not (path / MARK).is_file():
        raise CannotStart(f"{path} is not a data folder of Bondbook's; nothing was removed.")
    folder = DataFolder(path)
    folder.lock()
    remove(folder)
    print(f"Removed {path}. The next `make demo` begins anew.")
    return 0


def _serve(arguments: argparse.Namespace) -> int:
    folder = DataFolder(arguments.data)
    with serve_from(
        folder, durable=not arguments.fast, trust=arguments.trust, database_port=arguments.port
    ) as services:
        folder.announce(**services.owners_environment())
        print("Running until Ctrl-C. In another terminal:")
        print("\n".join(_exports(services.owners_environment())), flush=True)
        signal.pause()
    return 0


def _run(program: list[str], *, durable: bool) -> int:
    command = program[1:] if program[:1] == ["--"] else program
    if not command:
        raise CannotStart("Say what to run: python -m config.embedded run -- COMMAND")
    with temporary_services(durable=durable) as services:
        environment = {"BONDBOOK_MODE": "test", **os.environ, **services.owners_environment()}
        return subprocess.run(command, env=environment, check=False).returncode


def _env(data: Path) -> int:
    path = data.expanduser().absolute()
    connections = DataFolder(path).connections() if (path / MARK).is_file() else {}
    if not connections:
        raise CannotStart(f"Nothing runs on {path}.")
    connections.pop("address", None)
    print("\n".join(_exports(connections)))
    return 0


def _exports(variables: dict[str, str]) -> list[str]:
    return [f"export {name}={shlex.quote(value)}" for name, value in variables.items()]


def main() -> int:
    arguments = _arguments()
    stop_on_signals()
    try:
        match arguments.command:
            case "demo":
                return run_demo(port=arguments.port, data=arguments.data, empty=arguments.empty)
            case "reset":
                return _reset(arguments.data)
            case "serve":
                return _serve(arguments)
            case "run":
                return _run(arguments.program, durable=arguments.durable)
            case _:
                return _env(arguments.data)
    except CannotStart as refusal:
        print(f"Bondbook: {refusal}", file=sys.stderr)
        return 1
    except PermissionError as refusal:
        print(
            f"Bondbook: {refusal.filename} belongs to another user. "
            "Start as that user, or choose another folder: DATA=...",
            file=sys.stderr,
        )
        return 1
    except Stopped:
        return 0


if __name__ == "__main__":
    sys.exit(main())
