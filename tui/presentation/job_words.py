"""The words by which the state of a job is found: what its row shows, the Hub calls it, and people say."""

from __future__ import annotations

from functools import lru_cache

from ..domain.job import LIVE_STAGES, TERMINAL_STAGES, Ending, Job
from ..domain.text import safe
from .glyphs import state_of

FAILED = "failed"
"""Everything that is painted as a failure."""
_SAID: dict[str, tuple[str, ...]] = {
    "out of memory": ("oom", "no memory"),
    "no memory": ("oom", "out of memory"),
    "timed out": ("timeout",),
    "no credits": ("out of credits", "no credit"),
    "out of credits": ("no credits", "no credit"),
    "canceled": ("cancelled",),
    "scheduling": ("waiting", "queued", "pending"),
    "completed": ("done", "succeeded"),
}


def state_words(job: Job) -> tuple[str, ...]:
    """Every word for the state of a job, the one its row shows first."""
    return _words(job.stage, job.ending, job.cancelling)


def state_texts(job: Job) -> tuple[str, ...]:
    """The same, and what the cell of its row shows, with its sign."""
    return _texts(job.stage, job.ending, job.cancelling)


def known_state_words() -> tuple[str, ...]:
    """Every word there is for a state, those that rows show first."""
    lives = [_words(stage, None, False) for stage in LIVE_STAGES]
    endings = [_words("ERROR", ending, False) for ending in _ERRORS]
    others = [_words(stage, Ending[stage], False) for stage in sorted(TERMINAL_STAGES - {"ERROR"})]
    every = [*lives, *endings, *others, _words("RUNNING", None, True)]
    return tuple(
        dict.fromkeys([FAILED, *(found[0] for found in every), *(w for found in every for w in found)])
    )


@lru_cache(512)
def _words(stage: str, ending: Ending | None, cancelling: bool) -> tuple[str, ...]:
    shown = state_of(_example(stage, ending, cancelling))
    words = [shown.word, stage.casefold(), *([ending.value] if ending else [])]
    words += [said for word in tuple(words) for said in _SAID.get(word, ())]
    words += [FAILED] if shown.tone == "bad" else []
    return tuple(dict.fromkeys(words))


@lru_cache(512)
def _texts(stage: str, ending: Ending | None, cancelling: bool) -> tuple[str, ...]:
    states = [state_of(_example(stage, ending, cancelling), ascii_only=plain) for plain in (False, True)]
    return (*_words(stage, ending, cancelling), *(f"{state.glyph} {safe(state.word)}" for state in states))


_ERRORS = (Ending.FAILED, Ending.TIMED_OUT, Ending.OUT_OF_MEMORY, Ending.NO_CREDITS)


def _example(stage: str, ending: Ending | None, cancelling: bool) -> Job:
    """A job in such a state."""
    messages = {Ending.TIMED_OUT: "Job timeout", Ending.OUT_OF_MEMORY: "OOMKilled"}
    return Job(
        "",
        stage,
        "",
        message=messages.get(ending, "") if ending else "",
        cancel_reason="NO_CREDITS" if ending is Ending.NO_CREDITS else "",
        cancelling=cancelling,
    )
