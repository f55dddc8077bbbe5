"""What a question asks can be read at every width."""

from __future__ import annotations

import pytest
from textual.content import Content
from textual.widgets import Static

from tests.driver import dashboard
from tests.local_hub import LocalHub
from tests.settling import settle
from tui.screens.dialogs import QuestionDialog


class LongQuestion(QuestionDialog):
    """Has more to say than fits in a line."""

    def __init__(self) -> None:
        super().__init__("Do it?")

    def body(self) -> Content:
        return Content("\n").join([Content("word " * 40), Content("ghcr.io/" + "x" * 60)])


@pytest.mark.parametrize("columns", [60, 71, 80, 99, 100, 120])
async def test_no_line_of_a_question_is_cut(hub: LocalHub, columns: int) -> None:
    async with dashboard(hub, size=(columns, 24)) as t:
        dialog: QuestionDialog = LongQuestion()
        t.app.push_screen(dialog)
        await settle()
        box, message = dialog.query_one("#dialog"), dialog.query_one("#message", Static)
        assert message.outer_size.width <= box.content_region.width
        assert dialog.query_one("#dialog").region.contains_region(dialog.query_one("#yes").region)


async def test_the_image_of_a_submit_is_read_in_full_at_60_columns(hub: LocalHub) -> None:
    image = "ghcr.io/astral-sh/uv:python3.12-bookworm-slim"
    hub.add_job(
        name="a-name-that-is-longer-than-its-column", docker_image=image, command=("uv", "run", "true")
    )
    async with dashboard(hub, size=(60, 15)) as t:
        await t.sees("a-name")
        await t.press("e", "ctrl+j")
        await t.sees("Submit this job?")
        await t.sees("m-slim")
        await t.sees("y = yes")
