"""`python -m tests.monkey --seed N --minutes M`; with `--until STEP` a failure is made again."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.isolation import LIBRARY_HOME

from .run import Monkey, MonkeyError, all_screens

LONG_MINUTES = 8.0
"""A run of so many minutes has to reach every screen."""


def main() -> int:
    """Run the monkey; the exit code is 1 when something went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.monkey", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--until", type=int, metavar="STEP", help="stop after this step")
    options = parser.parse_args()
    assert LIBRARY_HOME
    with (
        tempfile.TemporaryDirectory(prefix="hf-jobs-tui-monkey-", ignore_cleanup_errors=True) as folder,
        Monkey(options.seed, Path(folder)) as monkey,
    ):
        try:
            monkey.run(seconds=60 * options.minutes, until=options.until)
        except MonkeyError as error:
            print(error, file=sys.stderr)  # noqa: T201
            return 1
        reached = monkey.reached
        print(  # noqa: T201
            f"seed {options.seed}: {monkey.steps:,} steps, {monkey.starts} starts, {monkey.writes} requests "
            f"that write, {len(reached)} screens: {', '.join(sorted(reached))}"
        )
    missed = all_screens() - reached
    if missed and options.until is None and options.minutes >= LONG_MINUTES:
        print(f"never reached: {', '.join(sorted(missed))}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
