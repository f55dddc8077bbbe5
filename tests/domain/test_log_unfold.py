"""What stands below a line when it is unfolded."""

from __future__ import annotations

from tui.domain.log_block import MOST_COLUMNS
from tui.domain.log_unfold import unfolded
from tui.domain.terminal import visible


def below(raw: str) -> list[str]:
    return unfolded(raw, visible(raw))


def test_a_figure_line_printed_over_a_bar_is_its_fields_and_then_the_bar() -> None:
    assert below("\r  5%|    | 1/20\r{'loss': 0.5, 'epoch': 1.0}") == [
        "{",
        '  "loss": 0.5,',
        '  "epoch": 1.0',
        "}",
        "  5%|    | 1/20",
        "{'loss': 0.5, 'epoch': 1.0}",
    ]


def test_a_bar_is_every_state_it_went_through() -> None:
    assert below("\r  5%\r 50%\r100%") == ["  5%", " 50%", "100%"]


def test_an_object_is_a_field_a_line_and_cannot_act() -> None:
    assert below('INFO {"a": [1], "b": "\\u001b[31mred\\u202e"}')[0] == "{"
    assert "\x1b" not in "".join(below('{"b": "\\u001b]52;c;eA==\\u0007"}'))


def test_what_is_none_is_left() -> None:
    assert below("plain {not: json}") == []
    assert below("{}") == []
    assert below("x" * (MOST_COLUMNS + 3)) == ["xxx"]


def test_brackets_without_end_take_no_time() -> None:
    """Looked for an object from each of them on, this took minutes."""
    assert below("{" * 200_000) == ["{" * (200_000 - MOST_COLUMNS)]
