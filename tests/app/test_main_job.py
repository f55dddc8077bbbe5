"""The main job: compose, submit, watch, read."""

from __future__ import annotations

from tests.driver import SMALL, USUAL, dashboard
from tests.local_hub import LocalHub

LINE = """hf jobs run --name x python:3.12 python -c 'print(6*7, "answer")'"""


async def test_a_line_becomes_a_job_that_completes_and_its_output_is_read(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        await t.listed()
        await t.press("n", "f2")
        await t.type(LINE)
        await t.press("enter", "ctrl+j")
        await t.sees("Submit this job?")
        await t.press("y")
        await t.row_says(" x ", "completed")
        await t.press("l")
        await t.sees("42 answer")
        await t.sees("ended")


async def test_it_fits_on_the_smallest_screen_too(hub: LocalHub) -> None:
    async with dashboard(hub, size=SMALL) as t:
        await t.listed()
        await t.press("n", "f2")
        await t.paste(LINE)
        await t.press("enter", "ctrl+j")
        await t.sees("Submit this job?")
        await t.press("y")
        await t.row_says(" x ", "completed")
        await t.press("enter")
        await t.sees("42 answer")
