"""A line as a terminal would show it: nothing obeyed, nothing lost that could be seen."""

from __future__ import annotations

import re
import time

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.ink import PLAIN, Ink, apply_sgr
from tui.domain.terminal import REPLAY_CHARACTERS, Run, runs, states, visible

ANYTHING = st.text(max_size=60)
"""Every code point, halves of surrogate pairs included."""
CURSOR = [
    "\r",
    "\b",
    "\t",
    "\x1b[K",
    "\x1b[1K",
    "\x1b[2K",
    "\x1b[3C",
    "\x1b[999999999C",
    "\x1b[2D",
    "\x1b[5G",
]
COLOURS = [
    "\x1b[31m",
    "\x1b[38;5;208m",
    "\x1b[38;2;1;2;3m",
    "\x1b[48:2::9:8:7m",
    "\x1b[m",
    "\x1b[7m",
    "\x9b1m",
]
OTHERS = [
    "\x1b]52;c;aGk=\x07",
    "\x1b]0;title\x1b\\",
    "\x1bP+q\x1b\\",
    "\x1b[?1049h",
    "\x1bc",
    "\x1b[2J",
    "\x1b",
]
CHARACTERS = [
    "word",
    "  ",
    "日本",
    "e\u0301",
    "❤\ufe0f",
    "\u200d",
    "\ud83d",
    "\ue000",
    "[/x]",
    "━",
    "\u202e",
    "\x85",
]
FRAGMENTS = st.sampled_from([*CURSOR, *COLOURS, *OTHERS, *CHARACTERS])
HOSTILE = st.lists(FRAGMENTS | ANYTHING, max_size=12).map("".join)
CODES = ["1", "2", "3", "4", "7", "9", "22", "31", "92", "45", "107", "39", "0", "38;5;200", "48;2;1;2;3"]
PLAIN_TEXT = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=200)


@given(HOSTILE)
def test_nothing_a_terminal_would_obey_is_left(text: str) -> None:
    shown = visible(text)
    assert shown.isprintable() or not shown
    shown.encode()


@given(HOSTILE)
def test_the_colours_are_of_the_text_that_is_shown(text: str) -> None:
    assert "".join(run.text for run in runs(text)) == visible(text)


@given(HOSTILE)
def test_what_is_shown_is_shown_the_same_again(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(PLAIN_TEXT)
def test_plain_text_is_unchanged(text: str) -> None:
    assert visible(text) == text
    assert runs(text) == ([Run(text, PLAIN)] if text else [])


@given(st.lists(st.sampled_from(CODES), max_size=6), PLAIN_TEXT)
def test_colours_never_change_the_text(codes: list[str], text: str) -> None:
    coloured = (
        "".join(f"\x1b[{code}m{part}" for code, part in zip(codes, text, strict=False)) + text[len(codes) :]
    )
    assert visible(coloured) == text


DRAWN = ["50%", "loading", "  ", "x", "|####    |", "\x1b[31m"]
ERASED = ["\x1b[K", "\x1b[0K", "\x1b[1K", "\x1b[2K"]
MOVED = ["\r", "\b", "\t", "\x1b[C", "\x1b[4C", "\x1b[D", "\x1b[3D", "\x1b[6G"]
REDRAWS = st.sampled_from([*DRAWN, *ERASED, *MOVED])


@given(st.lists(REDRAWS, max_size=20).map("".join))
def test_a_redrawn_line_looks_as_in_a_terminal(text: str) -> None:
    screen = pyte.Screen(400, 2)
    pyte.Stream(screen).feed(text)
    assert visible(text).rstrip() == screen.display[0].rstrip()


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\r  0%|          |\r 50%|#####     |\r100%|##########|", "100%|##########|"),
        ("downloading\rdone", "doneloading"),
        ("downloading\r\x1b[Kdone", "done"),
        ("abc\b\bX", "aXc"),
        ("windows line\r", "windows line"),
        ("你好\b\bX", "你X "),
        ("日本\rx", "x 本"),
        ("a\tb", "a       b"),
        ("\x1b[31ma\tb", "a       b"),
        ("red \x1b[31mword\x1b[0m here", "red word here"),
        ("clear \x1b[2J\x1b[Hstays", "clear stays"),
        ("clip \x1b]52;c;aGVsbG8=\x07board", "clip board"),
        ("\x9b31mC1 colour\x9bm", "C1 colour"),
        ("\x1b]0;never closed", ""),
        ("abc\u202edef\u2066", "abcdef"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("no-break\u00a0space", "no-break space"),
        ("❤\ufe0f 👩\u200d🚀", "❤ 👩🚀"),
        ("[/x] [red]markup[/red]", "[/x] [red]markup[/red]"),
    ],
)
def test_what_is_shown(raw: str, shown: str) -> None:
    assert visible(raw) == shown


def test_states_of_a_progress_bar_can_be_looked_at() -> None:
    assert states("\r 0%\r \x1b[32m50%\x1b[0m\r100%") == [" 0%", " 50%", "100%"]


def test_a_bar_redrawn_for_hours_is_carried_out_from_near_its_end() -> None:
    bar = "".join(f"\r{step:>9}|{'#' * 60}|" for step in range(20_000))
    started = time.perf_counter()
    assert visible(bar) == f"{19_999:>9}|{'#' * 60}|"
    assert time.perf_counter() - started < 1
    assert len(bar) > 50 * REPLAY_CHARACTERS


@pytest.mark.parametrize(
    "unit", ["x", "\x1b[31mx", "\x1b[", "\x1b]", "日", "\b", "\x1b[Kx", "\t", "e\u0301", "\x9b1"]
)
def test_a_line_of_a_megabyte_takes_no_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    started = time.perf_counter()
    shown = visible(text)
    assert time.perf_counter() - started < 2
    assert shown.isprintable() or not shown
    assert sum(len(run.text) for run in runs(text, limit=4096)) <= max(len(shown), 4096)


def test_the_start_of_a_long_coloured_line_is_found_without_the_rest() -> None:
    some = runs("\x1b[31mred\x1b[0mplain" * 10_000, limit=100)
    assert 100 <= sum(len(run.text) for run in some) < 120


@pytest.mark.parametrize(
    ("parameters", "ink"),
    [
        ("31", Ink(foreground=1)),
        ("1;91;44", Ink(foreground=9, background=4, bold=True)),
        ("38;5;208", Ink(foreground=208)),
        ("48;2;1;20;255", Ink(background=(1, 20, 255))),
        ("38:2::1:20:255", Ink(foreground=(1, 20, 255))),
        ("4:3", Ink(underline=True)),
        ("38;5;999", PLAIN),
        ("38;2;1;2", PLAIN),
        ("58;5;1;31", Ink(foreground=1)),
        ("99999999999", PLAIN),
        ("?25", PLAIN),
        ("8", PLAIN),
        ("5", PLAIN),
    ],
)
def test_what_a_colour_sequence_means(parameters: str, ink: Ink) -> None:
    assert apply_sgr(PLAIN, parameters) == ink


def test_looks_are_taken_back_one_by_one() -> None:
    ink = apply_sgr(PLAIN, "1;2;3;4;7;9;31;42")
    assert apply_sgr(ink, "22;23;24;27;29;39;49") == PLAIN
    assert apply_sgr(ink, "") == PLAIN


def test_colour_survives_a_redraw() -> None:
    assert runs("\rold\r\x1b[32mnew") == [Run("new", Ink(foreground=2))]


@given(HOSTILE)
def test_no_escape_survives_in_any_run(text: str) -> None:
    assert not any(re.search("[\x00-\x1f\x7f-\x9f]", run.text) for run in runs(text))
