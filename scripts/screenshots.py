"""Make the pictures in screenshots/ again, from the demo: `screenshots.py [FOLDER [SCENE...]]`."""

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
from tui.screens.dialogs import DEAD_SECONDS  # noqa: E402

LINE = (
    "hf jobs run --name train-tiny --flavor a10g-small --timeout 2h -e EPOCHS=3 -s WANDB_API_KEY "
    "-l team=ml pytorch/pytorch:2.6.0 python train.py --lr 2e-4"
)
Scene = Callable[[Dashboard], Awaitable[None]]


async def jobs(t: Dashboard) -> None:
    """The table with its preview, and the log in it, where there is room for one."""
    await t.sees("waiting")
    if t.app.size.width >= USUAL[0]:
        await t.sees("/9000 [")


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
    await jobs(t)
    await t.press("c")
    await t.sees("Cancel this job?")


async def schedules(t: Dashboard) -> None:
    """What runs again and again."""
    await t.press("3")
    await t.sees("nightly-sync")


async def reschedule(t: Dashboard) -> None:
    """Other times for a scheduled job, with the runs that follow from them."""
    await schedules(t)
    await t.press("e", *["backspace"] * 20)
    await t.type("30 6 * * 1-5")
    await t.sees("Monday to Friday")


async def run_now(t: Dashboard) -> None:
    """The dialog before a scheduled job is run out of turn."""
    await schedules(t)
    await t.press("t")
    await t.sees("Run it once now?")


async def hardware(t: Dashboard) -> None:
    """What there is to run on, its price, and how long one waits for it."""
    await t.press("4", "j", "j", "j", "j")
    await t.sees("t4-small  Nvidia")


async def activity(t: Dashboard) -> None:
    """What was sent, what came of it, and the command that does the same."""
    await schedules(t)
    await t.press("s")
    await t.until(lambda: len(t.app.activity) == 1, "the first request")
    await t.press("1", "R")
    await t.sees("Run this job again?")
    await t.pilot.pause(DEAD_SECONDS)
    await t.press("y")
    await t.until(lambda: len(t.app.activity) == 2, "the second request")
    t.app.clear_notifications()
    await t.press("5")
    await t.sees("hf jobs rerun")


SCENES: tuple[Scene, ...] = (
    jobs,
    composer,
    confirmation,
    flavors,
    log,
    cancel,
    schedules,
    reschedule,
    run_now,
    hardware,
    activity,
)


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
    """Every scene, or those that are named, at the two sizes the layout is made for."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "screenshots"
    wanted = set(sys.argv[2:]) or {scene.__name__ for scene in SCENES}
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HF_HOME=home, HF_JOBS_TUI_HOME=home, WANDB_API_KEY="made-up")
        for scene in (scene for scene in SCENES if scene.__name__ in wanted):
            for size in (SMALL, USUAL):
                await take(scene, size, folder)


if __name__ == "__main__":
    asyncio.run(main())
