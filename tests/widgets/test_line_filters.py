"""The last thing a painted line passes through: nothing that acts on the terminal, nothing out of place."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from tui.widgets.line_filters import AsciiFilter, ControlFilter

ACTS = {"Cc", "Zl", "Zp"}
DIRECTIONS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
BLACK = Color(0, 0, 0)


@given(st.text(max_size=60))
def test_what_acts_on_the_terminal_goes_and_the_rest_keeps_its_place(text: str) -> None:
    (painted,) = ControlFilter().apply([Segment(text)], BLACK)
    assert not any(unicodedata.category(char) in ACTS or char in DIRECTIONS for char in painted.text)
    assert cell_len(painted.text) == cell_len(text)


def test_codes_of_textual_s_own_pass() -> None:
    own = Segment("\x1b[1;1H", None, [(5, 1, 1)])  # type: ignore[list-item]
    assert ControlFilter().apply([own, Segment("\x1b[2J")], BLACK) == [own, Segment("[2J")]


@given(st.text(st.characters(min_codepoint=0x2190, max_codepoint=0x25FF)))
def test_letters_take_as_much_room_as_the_signs_they_stand_for(text: str) -> None:
    (painted,) = AsciiFilter().apply([Segment(text)], BLACK)
    assert cell_len(painted.text) == cell_len(text)
