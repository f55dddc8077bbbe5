"""What may keep a copy from the clipboard."""

from __future__ import annotations

import pytest

from tui.domain.clipboard import clipboard_obstacle


@pytest.mark.parametrize(
    ("environment", "obstacle"),
    [
        ({"TERM": "xterm-256color"}, ""),
        ({}, ""),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"}, "tmux"),
        ({"TERM": "screen-256color", "STY": "1.tty"}, "screen"),
        ({"TERM": "xterm", "TMUX": "", "STY": ""}, ""),
        ({"TERM": "linux"}, "this terminal"),
    ],
)
def test_it_is_told_from_the_environment(environment: dict[str, str], obstacle: str) -> None:
    assert clipboard_obstacle(environment) == obstacle
