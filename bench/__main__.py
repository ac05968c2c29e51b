"""`python -m bench`: one durable server, every measurement side by side, a table of ratios and a JSON file."""

import argparse
import os
import sys

from config.embedded import temporary_services


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes: shows that everything runs, not how fast")
    parser.add_argument("--only", choices=["writing", "reading", "measuring", "fuel"], help="one part of it")
    arguments = parser.parse_args()
    with temporary_services(durable=True) as services:
        os.environ.update(
            {
                **services.environment(),
                # It makes databases, and the peers' tables.
                "DATABASE_URL": services.owner_url,
                "BONDBOOK_MODE": "test",
                "DJANGO_SETTINGS_MODULE": "config.settings",
            }
        )
        # Models can be imported only once it is known where the database is.
        from bench.run import run

        return run(services, is_quick=arguments.quick, only=arguments.only)


if __name__ == "__main__":
    sys.exit(main())
