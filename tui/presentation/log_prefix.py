"""Short names that stand before the lines of several jobs on one page, and their colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from rich.cells import set_cell_size
from textual.color import Color

from ..domain.job import Job
from ..domain.text import safe
from .job_titles import title
from .log_line import cells

MOST_COLUMNS = 14
_SHOWN_ID = 6
_MORE = "…"


def short_names(jobs: Sequence[Job]) -> tuple[str, ...]:
    """A name for each job, all different and equally wide.

    Its own, cut where that still tells them apart; where nothing does, with the end of its id.
    """
    titles = [safe(title(job)).strip() or safe(job.id) for job in jobs]
    names = [_head(text) for text in titles]
    for number in _alike(names):
        names[number] = _tail(titles[number])
    for number in _alike(names):
        mark = safe(jobs[number].id)[-_SHOWN_ID:]
        names[number] = f"{_cut(titles[number], MOST_COLUMNS - len(mark) - 1).rstrip('-_. ')} {mark}"
    width = max(map(cells, names), default=0)
    return tuple(set_cell_size(name, width) for name in names)


def job_colours(variables: Mapping[str, str]) -> list[Color]:
    """The colours by which the theme tells jobs apart; none when it does not."""
    names = sorted(name for name in variables if name.startswith("log-job-"))
    return [Color.parse(variables[name]) for name in names]


def _alike(names: list[str]) -> list[int]:
    """Places of the names that are not the only ones of their kind."""
    counted = Counter(names)
    return [number for number, name in enumerate(names) if counted[name] > 1]


def _head(text: str) -> str:
    return text if cells(text) <= MOST_COLUMNS else _cut(text, MOST_COLUMNS - 1) + _MORE


def _tail(text: str) -> str:
    return text if cells(text) <= MOST_COLUMNS else _MORE + _cut(text, MOST_COLUMNS - 1, from_end=True)


def _cut(text: str, columns: int, *, from_end: bool = False) -> str:
    shorter: Callable[[str], str] = (lambda part: part[1:]) if from_end else (lambda part: part[:-1])
    while cells(text) > columns:
        text = shorter(text)
    return text
