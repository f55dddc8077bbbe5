"""Signs for states: a glyph always stands beside its word, colour only helps (ux.md §5)."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.job import Ending, Job
from .cells import Tone


@dataclass(frozen=True, slots=True)
class State:
    """How a job's state is shown."""

    glyph: str
    word: str
    tone: Tone


_LIVE = {
    "RUNNING": ("●", "R", "running", "good"),
    "SCHEDULING": ("○", ".", "waiting", "warn"),
}
_ENDED: dict[Ending, tuple[str, str, Tone]] = {
    Ending.COMPLETED: ("✓", "+", "dim"),
    Ending.FAILED: ("✗", "X", "bad"),
    Ending.TIMED_OUT: ("✗", "X", "bad"),
    Ending.OUT_OF_MEMORY: ("✗", "X", "bad"),
    Ending.NO_CREDITS: ("✗", "X", "bad"),
    Ending.CANCELED: ("■", "-", "dim"),
    Ending.DELETED: ("·", "_", "strike"),
}
_SHORT_WORDS = {Ending.OUT_OF_MEMORY: "no memory", Ending.NO_CREDITS: "no credit"}


def state_of(job: Job, *, ascii_only: bool = False) -> State:
    """Glyph, word and tone of a job's stage or of how it ended; an unknown stage is shown as it is."""
    ending = job.ending
    if ending is not None:
        glyph, plain, tone = _ENDED[ending]
        return State(plain if ascii_only else glyph, _SHORT_WORDS.get(ending, ending.value), tone)
    if job.cancelling:
        return State("~" if ascii_only else "⊘", "canceling", "warn")
    if job.stage in _LIVE:
        glyph, plain, word, live_tone = _LIVE[job.stage]
        return State(plain if ascii_only else glyph, word, "good" if live_tone == "good" else "warn")
    return State("?", job.stage.lower(), "warn")
