"""How fast the composer opens with 40 filled fields, and how fast a key press is painted in it.

`python benchmarks/composer.py`. Budgets: 250 ms to open, 30 ms a key (p95), at 120×40 and 80×24.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["TEXTUAL_ANIMATIONS"] = "none"

from textual.events import Key
from textual.widgets import Input

from tests.driver import SMALL, USUAL, Dashboard, dashboard
from tests.local_hub import LocalHub
from tui.screens.compose import ComposeScreen
from tui.spec.draft import Draft, Pair, SecretPair
from tui.spec.secret import Secret
from tui.widgets.spec_form import SpecForm

ROUNDS, KEYS = 7, 100
LINES = 45
"""Lines the form takes at least once all that is filled stands in it."""
FULL = Draft(
    kind="image",
    image="python:3.12",
    command="python -c 'print(6*7)'",
    flavor="a10g-small",
    timeout_amount="90",
    timeout_unit="m",
    env=tuple(Pair(f"VARIABLE_{number}", str(number)) for number in range(8)),
    secrets=tuple(SecretPair(f"SECRET_{number}", Secret("value")) for number in range(5)),
    labels=tuple(Pair(f"label-{number}", str(number)) for number in range(5)),
    name="forty-fields",
    namespace="ada",
    volumes=tuple(f"hf://buckets/ada/b{number}:/b{number}" for number in range(4)),
    expose=("8000", "8080"),
    expose_public=("80",),
    attempts="2",
    resource_group="0123456789abcdef01234567",
    network_group="train",
    network_aliases=("a", "b"),
    suspend=None,
)
"""Forty values in the fields: 8 variables, 5 secrets and 5 labels of two each count once."""


async def painted(t: Dashboard) -> None:
    """Wait until everything that is due has been painted."""
    done = asyncio.Event()
    t.app.screen.call_after_refresh(done.set)
    await done.wait()


def every_field_stands(form: SpecForm) -> bool:
    """Whether every field with something in it has been made, filled and given its place."""
    if not all(section.open for section in form.sections[:7]):
        return False
    return all(one.is_mounted for one in form.query(Input)) and form.virtual_size.height > LINES


async def measure(size: tuple[int, int]) -> None:
    """Open the form again and again, then type in it."""
    with LocalHub() as hub:
        async with dashboard(hub, size=size, refresh=None) as t:
            await t.listed()
            opened, filled = [], []
            for _ in range(ROUNDS):
                t.app.draft = FULL
                began = time.perf_counter()
                t.app.push_screen(ComposeScreen())
                await t.until(lambda: isinstance(t.app.screen, ComposeScreen), "the composer")
                await painted(t)
                opened.append(time.perf_counter() - began)
                screen = t.app.screen
                assert isinstance(screen, ComposeScreen)
                form = screen.form
                while not every_field_stands(form):
                    await painted(t)
                await painted(t)
                filled.append(time.perf_counter() - began)
                t.app.pop_screen()
                await painted(t)
            t.app.push_screen(ComposeScreen())
            await t.sees("python:3.12")
            await painted(t)
            t.app.screen.query_one("#command").focus()
            keys = []
            for number in range(KEYS):
                letter = "abcdefghij"[number % 10]
                began = time.perf_counter()
                t.app.post_message(Key(letter, letter))
                await t.pilot.pause(0)
                await painted(t)
                keys.append(time.perf_counter() - began)
    columns, rows = size
    print(
        f"{columns}×{rows}: opens in {1e3 * statistics.median(opened):.0f} ms "
        f"(first {1e3 * opened[0]:.0f}, every field {1e3 * statistics.median(filled):.0f}), "
        f"a key is painted in {1e3 * statistics.median(keys):.0f} ms, "
        f"p95 {1e3 * statistics.quantiles(keys, n=20)[-1]:.0f} ms"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HF_HOME=home, HF_JOBS_TUI_HOME=home)
        for size in (USUAL, SMALL):
            asyncio.run(measure(size))
