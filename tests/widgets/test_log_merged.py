"""The page of several logs: a reader is not moved, and all that is known of a line goes with it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from tests.widgets.log_pane_app import PaneApp, shown_pane
from tui.domain.log_arrivals import MOST_AT_ONCE
from tui.domain.stream import LogLine, StreamPhase, StreamState
from tui.themes import THEMES
from tui.widgets.log_gutter import SIGN_COLUMNS
from tui.widgets.log_marking import Part
from tui.widgets.log_merged import JobView, MergedPane

NAMES = ("a", "b")
LIVE = StreamState(StreamPhase.SILENT)


class Page:
    """A page of two logs that are at their ends, and the time it goes by."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.pane = MergedPane(NAMES, monotonic=lambda: self.seconds)
        self.views = [JobView(self.pane, source) for source in range(len(NAMES))]
        for source, view in enumerate(self.views):
            self.pane.join(source)
            view.show_state(LIVE)

    def give(self, source: int, *lines: tuple[float, str]) -> None:
        """Let lines come, and wait until they are taken in."""
        self.views[source].append([LogLine(1_780_000_000.0 + at, text) for at, text in lines])
        self.seconds += 1
        self.pane.release()
        self.pane.flush()


@asynccontextmanager
async def shown(height: int = 6) -> AsyncIterator[tuple[Page, PaneApp, Pilot[None]]]:
    page = Page()
    async with shown_pane(page.pane, (30, height)) as (app, pilot):
        yield page, app, pilot


async def test_every_line_has_the_name_of_its_job_before_it() -> None:
    async with shown() as (page, app, pilot):
        page.give(0, (1, "one"), (3, "three"))
        page.give(1, (2, "two"))
        await pilot.pause()
        assert app.shown[:3] == ["a one", "b two", "a three"]


async def test_a_late_line_moves_nothing_while_the_page_is_held() -> None:
    async with shown() as (page, app, pilot):
        page.give(0, *[(10 + step, f"step {step}") for step in range(40)])
        await pilot.pause()
        page.pane.action_page_up()
        page.pane.action_page_up()
        await pilot.pause()
        before = app.shown
        page.give(1, (2, "long before"), (3, "before"))
        page.give(1, (200, "after"))
        await pilot.pause()
        assert app.shown == before
        assert page.pane.new_lines == 3
        assert [page.pane.book.line(n) for n in (0, 1)] == ["long before", "before"]


async def test_hits_marks_and_the_point_go_with_their_lines() -> None:
    async with shown(12) as (page, app, pilot):
        pane = page.pane
        page.give(0, *[(10 + step, f"step {step}") for step in range(8)], (30, '{"deep": 1}'))
        pane.search("step 5")
        assert pane.hit_status == "1 of 1"
        pane.toggle_marking()
        pane.move_point(1)
        pane.toggle_line(8)
        await pilot.pause()
        page.give(1, (0, "early step 5"), (11.5, "between"))
        await pilot.pause()
        assert pane.hit_status == "2 of 2"
        assert pane.point is not None
        assert [pane.book.line(n) for n in pane.marked] == ["step 5", "step 6"]
        assert pane.copied_lines().text == "a step 5\na step 6"
        assert list(pane.excerpt(Part.ALL).lines())[:3] == ["b early step 5", "a step 0", "a step 1"]
        assert list(pane.shape.extras) == [10]
        assert '    "deep": 1' in "\n".join(app.shown)


async def test_what_is_filtered_takes_late_lines_in() -> None:
    async with shown() as (page, app, pilot):
        page.give(0, *[(10 + step, f"{'even' if step % 2 == 0 else 'odd'} {step}") for step in range(6)])
        page.pane.choose("even")
        page.give(1, (11.5, "even more"), (11.6, "odd more"))
        await pilot.pause()
        assert app.shown[:4] == ["a even 0", "b even more", "a even 2", "a even 4"]


async def test_a_job_that_leaves_takes_its_lines_and_what_stands_for_them() -> None:
    async with shown() as (page, app, pilot):
        page.give(0, (1, "Traceback (most recent call last):"), (3, "  File x"), (5, "ValueError: no"))
        page.give(1, (2, "two"), (4, "four"), (6, "six"))
        await pilot.pause()
        assert [row.split("  ")[0] for row in app.shown[:4]] == [
            "b two",
            "b four",
            "a ValueError: no",
            "b six",
        ]
        page.pane.leave(0)
        await pilot.pause()
        assert app.shown[:4] == ["b two", "b four", "b six", ""]
        assert page.pane.book.tracebacks == {}
        page.pane.leave(1)
        await pilot.pause()
        assert app.shown[0].startswith("no job is on this page; J")


async def test_what_was_on_its_way_when_a_job_left_does_not_bring_it_back() -> None:
    async with shown() as (page, _app, _pilot):
        page.give(1, (1, "one"))
        page.pane.leave(0)
        page.views[0].show_state(LIVE)
        page.give(0, (2, "too late"))
        page.views[0].clear()
        assert list(page.pane.states) == [1]
        assert len(page.pane.book) == 1


async def test_many_lines_at_once_are_taken_in_with_pauses_between() -> None:
    async with shown() as (page, _app, pilot):
        count = 2 * MOST_AT_ONCE + 1
        page.give(0, *[(step, f"line {step}") for step in range(count)])
        assert 0 < len(page.pane.book) <= MOST_AT_ONCE
        await pilot.pause()
        await pilot.pause()
        assert len(page.pane.book) == count


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
async def test_the_names_have_the_colours_of_the_theme(theme: object) -> None:
    async with shown() as (page, app, pilot):
        for known in THEMES:
            app.register_theme(known)
        app.theme = getattr(theme, "name")  # noqa: B009
        page.give(0, (1, "one"))
        page.give(1, (2, "two"))
        await pilot.pause()
        strips = app.screen._compositor.render_strips(app.size)
        found = [next(iter(strip.crop(SIGN_COLUMNS, SIGN_COLUMNS + 1))).style for strip in strips[:2]]
        colours = [style.color for style in found if style is not None]
        assert len(colours) == 2
        assert (colours[0] == colours[1]) is (app.theme == "mono")
