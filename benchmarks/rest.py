"""Bytes a second that each screen writes to the terminal while nobody touches it.

    python benchmarks/rest.py [--seconds 8] [--sizes 80x24,120x40,200x60] [--low-bandwidth]

Twice: with nothing live, and with 30 live jobs whose logs and times move. Budgets at 120×40: 150 B/s with
nothing live, 1,000 B/s with 30 live jobs, on every screen.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time

from tests.local_hub import LocalHub
from tests.terminal.terminal import Terminal

PLACES = {
    "table": "",
    "form": "n",
    "details": "d",
    "log": "l",
    "schedules": "3",
    "hardware": "4",
    "activity": "5",
    "help": "?",
}
LINES = ["x"] * 50
SETTLING_SECONDS = 4.0


def measure(t: Terminal, seconds: float) -> float:
    """Let it rest, then count what it writes in so many seconds."""
    t.read_for(SETTLING_SECONDS)
    before, began_at = len(t.raw), time.monotonic()
    t.read_for(seconds)
    return (len(t.raw) - before) / (time.monotonic() - began_at)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--sizes", default="80x24,120x40,200x60")
    parser.add_argument("--places", default=",".join(PLACES))
    parser.add_argument("--low-bandwidth", action="store_true")
    arguments = parser.parse_args()
    sizes = [tuple(map(int, size.split("x"))) for size in arguments.sizes.split(",")]
    flags = ["--low-bandwidth"] if arguments.low_bandwidth else []
    print(f"{'':<12}" + "".join(f"{columns}x{rows} rest  live   " for columns, rows in sizes))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HF_JOBS_TUI_HOME"] = os.environ["HF_HOME"] = folder
        for place in arguments.places.split(","):
            figures = []
            for size in sizes:
                for live in (0, 30):
                    with LocalHub() as hub:
                        for number in range(20):
                            hub.add_job(
                                name=f"done-{number}", stage="COMPLETED", age_seconds=90_000, lines=["x"] * 50
                            )
                        for number in range(live):
                            hub.add_job(name=f"live-{number}", stage="RUNNING", age_seconds=60 * number)
                        environment = {"HF_ENDPOINT": hub.endpoint, "HF_TOKEN": hub.token}
                        with Terminal(*flags, size=(size[0], size[1]), environment=environment) as t:
                            t.sees("done-" if not live else "live-")
                            t.press(*PLACES[place])
                            figures.append(measure(t, arguments.seconds))
            print(f"{place:<12}" + "".join(f"{figure:>9,.0f}" for figure in figures), flush=True)


if __name__ == "__main__":
    main()
