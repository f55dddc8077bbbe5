"""Make the pictures in screenshots/ again, from the demo: `python scripts/screenshots.py`."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
for name in [
    name for name in os.environ if name.startswith(("HF_", "SSH_", "TEXTUAL_")) or name == "NO_COLOR"
]:
    del os.environ[name]
os.environ["TEXTUAL_ANIMATIONS"] = "none"

from tests.driver import SMALL, USUAL, Dashboard, dashboard  # noqa: E402
from tests.local_hub import LocalHub  # noqa: E402

LINE = (
    "hf jobs run --name train-tiny --flavor a10g-small --timeout 2h -e EPOCHS=3 -s WANDB_API_KEY "
    "-l team=ml pytorch/pytorch:2.6.0 python train.py --lr 2e-4"
)
Scene = Callable[[Dashboard], Awaitable[None]]


async def jobs(t: Dashboard) -> None:
    """The table with its preview where there is room for one."""
    await t.sees("waiting")


async def composer(t: Dashboard) -> None:
    """A job being composed."""
    await t.press("n", "f2")
    await t.paste(LINE)
    await t.press("enter")
    await t.sees("train-tiny")


async def confirmation(t: Dashboard) -> None:
    """The last question before a submit."""
    await composer(t)
    await t.press("ctrl+j")
    await t.sees("Submit this job?")


async def flavors(t: Dashboard) -> None:
    """The flavor picker."""
    await t.press("n")
    await t.sees("New job")
    t.app.screen.query_one("#flavor").focus()
    await t.press("enter")
    await t.sees("cpu-upgrade")


async def log(t: Dashboard) -> None:
    """The log of a running job."""
    await t.press("l")
    await t.sees("loss")


async def cancel(t: Dashboard) -> None:
    """The dialog before a job is cancelled."""
    await t.press("c")
    await t.sees("Cancel this job?")


SCENES: tuple[Scene, ...] = (jobs, composer, confirmation, flavors, log, cancel)


async def take(scene: Scene, size: tuple[int, int], folder: Path) -> None:
    """One scene at one size."""
    with LocalHub(demo=True) as hub:
        async with dashboard(hub, size=size, label="demo: nothing is billed") as t:
            await t.listed()
            await scene(t)
            await t.pilot.pause()
            svg = t.app.export_screenshot(title="hf-jobs-tui")
    # Without it some viewers drop the spaces that keep columns in place.
    svg = svg.replace("<text ", '<text xml:space="preserve" ')
    columns, rows = size
    folder.joinpath(f"{scene.__name__}-{columns}x{rows}.svg").write_text(svg, encoding="utf-8")


async def main() -> None:
    """Every scene at the two sizes the layout is made for."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "screenshots"
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HF_HOME=home, HF_JOBS_TUI_HOME=home, WANDB_API_KEY="made-up")
        for scene in SCENES:
            for size in (SMALL, USUAL):
                await take(scene, size, folder)


if __name__ == "__main__":
    asyncio.run(main())
