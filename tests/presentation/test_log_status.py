"""What is said about a log."""

from __future__ import annotations

import pytest

from tui.domain.stream import StreamPhase, StreamState
from tui.presentation.log_status import (
    LogStatus,
    badge,
    dropped_sentence,
    empty_sentence,
    end_sentence,
    status_line,
)
from tui.presentation.log_times import TIME_COLUMNS, TimeStyle, log_time


def status(**changes: object) -> LogStatus:
    values: dict[str, object] = {
        "state": StreamState(StreamPhase.LIVE),
        "following": True,
        "new_lines": 0,
        "wrap": False,
        "times": TimeStyle.OFF,
        "lines": 12_408,
        "dropped": 0,
        "hits": "",
    }
    return LogStatus(**{**values, **changes})  # type: ignore[arg-type]


def test_one_line_says_all() -> None:
    full = status(dropped=34, hits="3 of 17 “error”")
    assert status_line(full) == (
        "live · follow on · wrap off · ts off · 12,408 lines (34 kept out) · 3 of 17 “error”"
    )
    held = status(following=False, new_lines=84, wrap=True, times=TimeStyle.UTC, lines=1)
    assert status_line(held) == "live · ↓ 84 new · follow off · wrap on · ts UTC · 1 line"


def test_an_empty_log_whose_end_is_unknown_is_not_called_empty() -> None:
    unsure = StreamState(StreamPhase.ENDED, "503", confirmed=False)
    assert empty_sentence(unsure) == "no output received · 503"
    assert "no output" not in empty_sentence(StreamState(StreamPhase.RECONNECTING, "cannot connect"))


def test_the_badge_is_there_only_for_new_lines() -> None:
    assert badge(0) == ""
    assert badge(1_084) == "↓ 1,084 new"


@pytest.mark.parametrize(
    ("phase", "detail", "sentence"),
    [
        (StreamPhase.CONNECTING, "", "connecting to the log"),
        (StreamPhase.WAITING, "Waiting for hardware", "waiting for the container · Waiting for hardware"),
        (StreamPhase.LIVE, "", "no output yet"),
        (StreamPhase.REFUSED, "your token may not read this", "refused: your token may not read this"),
        (StreamPhase.ENDED, "exit code 0", "ended without output · exit code 0"),
        (StreamPhase.WAITING, "\x1b]0;x\x07[/b]", "waiting for the container · [/b]"),
    ],
)
def test_an_empty_pane_says_why(phase: StreamPhase, detail: str, sentence: str) -> None:
    assert empty_sentence(StreamState(phase, detail)) == sentence


def test_every_phase_has_words() -> None:
    for phase in StreamPhase:
        assert empty_sentence(StreamState(phase))
    assert end_sentence(StreamState(StreamPhase.ENDED, "exit code 0")) == "── ended, exit code 0 ──"
    assert status_line(status(state=StreamState(StreamPhase.RECONNECTING, "2"))).startswith(
        "reconnecting 2 ·"
    )
    assert dropped_sentence(1) == "… 1 earlier line not kept"


AT = 1_780_000_000.25


@pytest.mark.parametrize(
    ("style", "shown"),
    [(TimeStyle.OFF, ""), (TimeStyle.UTC, "20:26:40.250Z"), (TimeStyle.RELATIVE, "    22m")],
)
def test_times_beside_lines(style: TimeStyle, shown: str) -> None:
    assert log_time(AT, style, AT + 1_325) == shown


@pytest.mark.parametrize("style", list(TimeStyle))
@pytest.mark.parametrize("at", [0.0, AT, 1e18, -1.0, float("nan"), float("inf")])
def test_a_time_always_takes_the_same_room(style: TimeStyle, at: float) -> None:
    assert len(log_time(at, style, AT)) == TIME_COLUMNS[style]


def test_times_go_round() -> None:
    style = TimeStyle.OFF
    seen = [style := style.next for _ in TimeStyle]
    assert seen == [TimeStyle.LOCAL, TimeStyle.UTC, TimeStyle.RELATIVE, TimeStyle.START, TimeStyle.OFF]
