"""pgbench: many clients that each send one statement after another."""

import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.sizes import CLIENTS


@dataclass(frozen=True)
class Pgbench:
    """The program and the database that it loads."""

    program: Path
    database_url: str

    def rate(self, script: str, *, ids: dict[str, int], seconds: float, prepared: bool = False) -> float:
        """Run the script in as many sessions as there are CLIENTS; statements per second.

        Args:
            ids: the script's variables.
            prepared: whether each session has its statement parsed and planned once, or every time that it sends it.

        Raises:
            RuntimeError: a statement failed, so the figure would not be one.
        """
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
            file.write(script)
            file.flush()
            command = [
                str(self.program),
                "--no-vacuum",
                f"--protocol={'prepared' if prepared else 'simple'}",
                f"--client={CLIENTS}",
                "--jobs=2",
                f"--time={max(1, round(seconds))}",
                f"--file={file.name}",
                *(f"--define={name}={value}" for name, value in ids.items()),
                self.database_url,
            ]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        found = re.search(r"^tps = ([\d.]+)", done.stdout, re.MULTILINE)
        if done.returncode or found is None:
            raise RuntimeError(f"pgbench failed:\n{done.stderr.strip()[:2_000]}")
        return float(found[1])
