"""What is said about a log in one line, and what stands in its place while it is empty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ..domain.stream import StreamPhase, StreamState
from ..domain.text import safe
from ..domain.units import duration, plural
from .log_times import TimeStyle

_NOTHING_YET = {
    StreamPhase.CONNECTING: "connecting to the log",
    StreamPhase.WAITING: "waiting for the container",
    StreamPhase.LIVE: "no output yet",
    StreamPhase.SILENT: "no output yet, the stream is silent",
    StreamPhase.RECONNECTING: "reconnecting to the log",
    StreamPhase.ENDED: "ended without output",
    StreamPhase.REFUSED: "refused",
}
_NEAREST_TO_LIFE = (
    StreamPhase.LIVE,
    StreamPhase.SILENT,
    StreamPhase.RECONNECTING,
    StreamPhase.WAITING,
    StreamPhase.CONNECTING,
    StreamPhase.ENDED,
    StreamPhase.REFUSED,
)


@dataclass(frozen=True, slots=True)
class LogStatus:
    """All there is to say about a log pane."""

    state: StreamState
    following: bool
    new_lines: int
    """Lines that came since the page was held."""
    wrap: bool
    times: TimeStyle
    lines: int
    dropped: int
    """Lines that fell out at the head."""
    hits: str
    """`3 of 17 “error”`, empty without a search."""
    window: str = ""
    """`last 5 m`, empty while the whole log is shown."""
    filtered: str = ""
    """`only “loss”`, empty without a filter."""
    marked: int = 0
    """Lines that are marked."""
    note: str = ""
    """What the last key brought: `error 3 of 17`."""
    streams: str = ""
    """How several streams are doing, in place of one."""


def status_line(status: LogStatus) -> str:
    """`live · follow on · wrap off · ts off · 12,408 lines (34 kept out) · 3 of 17 “error”`."""
    kept_out = f" ({status.dropped:,} kept out)" if status.dropped else ""
    parts = (
        status.streams or stream_words(status.state),
        badge(status.new_lines) if not status.following else "",
        f"follow {_on_off(status.following)}",
        f"wrap {_on_off(status.wrap)}",
        f"ts {status.times.value}",
        f"{plural(status.lines, 'line')}{kept_out}",
        status.window,
        status.filtered,
        status.hits,
        f"{plural(status.marked, 'line')} marked" if status.marked else "",
        status.note,
    )
    return " · ".join(part for part in parts if part)


def badge(new_lines: int) -> str:
    """`↓ 84 new`, empty when there are none."""
    return f"↓ {new_lines:,} new" if new_lines else ""


def stream_words(state: StreamState) -> str:
    """`reconnecting 2`, `ended, exit code 0`: the phase with its detail."""
    detail = safe(state.detail)
    if not detail:
        return state.phase.value
    return f"{state.phase.value}{' ' if state.phase is StreamPhase.RECONNECTING else ', '}{detail}"


def streams_words(states: Iterable[StreamState]) -> str:
    """`2 live, 1 reconnecting`: how many streams are in which phase."""
    counted = Counter(state.phase for state in states)
    return ", ".join(f"{counted[phase]} {phase.value}" for phase in _NEAREST_TO_LIFE if counted[phase])


def state_of_all(states: Iterable[StreamState]) -> StreamState:
    """The state of several streams taken together: that of the one nearest to life."""
    return min(
        states,
        key=lambda state: _NEAREST_TO_LIFE.index(state.phase),
        default=StreamState(StreamPhase.ENDED),
    )


def empty_sentence(state: StreamState) -> str:
    """What the pane says while there is no line: `waiting for the container · Waiting for hardware`."""
    words, detail = _NOTHING_YET[state.phase], safe(state.detail)
    if state.phase is StreamPhase.ENDED and not state.confirmed:
        words = "no output received"
    if not detail:
        return words
    return f"{words}{': ' if state.phase is StreamPhase.REFUSED else ' · '}{detail}"


def dropped_sentence(dropped: int) -> str:
    """Stands where the lines were that fell out at the head."""
    return f"… {plural(dropped, 'earlier line')} not kept"


def earlier_sentence(hidden: int, dropped: int) -> str:
    """Stands where the lines are that a window leaves out, or were that fell out at the head."""
    if not hidden:
        return dropped_sentence(dropped)
    return f"… {plural(hidden, 'earlier line')} outside this window, 0 shows all"


def gap_sentence(seconds: float) -> str:
    """Stands between two lines that came long after one another."""
    return f"┄┄ {duration(seconds)} without a line ┄┄"


def nothing_chosen(*, filtered: bool, complete: bool) -> str:
    """Stands on a page that a window or a filter leaves no line."""
    if not complete:
        return "looking for lines…"
    return "no line matches; esc shows all" if filtered else "no line in this window; 0 shows all"


def end_sentence(state: StreamState) -> str:
    """Stands after the last line when nothing more will come."""
    return f"── {stream_words(state)} ──"


def _on_off(value: bool) -> str:
    return "on" if value else "off"
