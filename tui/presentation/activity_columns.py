"""The columns of what was sent, and one request in full."""

from __future__ import annotations

import re
from datetime import datetime

from textual.content import Content

from ..domain.activity import Outcome, SentRequest
from ..domain.query_fields import Field, Fields
from ..domain.query_values import MOMENT, SECONDS
from ..domain.text import safe, safe_block
from ..domain.units import UNKNOWN, clock_time, local_time
from .cells import Cell, Column, Tone
from .column_fields import column_fields
from .job_text import labelled

_TONES: dict[Outcome, Tone] = {
    Outcome.DONE: "good",
    Outcome.REFUSED: "bad",
    Outcome.UNKNOWN: "warn",
    Outcome.NOT_SENT: "bad",
    Outcome.WARNED: "warn",
}

_THING = re.compile(r"(?:scheduled )?job \S+ of \S+$")
"""How a request names what it is about (`hub/request.py`)."""


def answer_words(request: SentRequest) -> str:
    """`200 done`, `409 refused`, `no answer: outcome unknown`."""
    if request.status is None and request.outcome is Outcome.UNKNOWN:
        return "no answer: outcome unknown"
    return f"{request.status or ''} {request.outcome.value}".strip()


def took(seconds: float) -> str:
    """`41 ms`, `15.0 s`."""
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def what_words(request: SentRequest) -> str:
    """`trigger nightly-sync` where the name is known, else `trigger scheduled job 6a43e7…fa of ada`."""
    if not request.name:
        return request.what
    named = _THING.sub(lambda _: request.name, request.what)
    return named if named != request.what else f"{request.what}: {request.name}"


def activity_fields() -> Fields[SentRequest]:
    """The fields of the filter."""
    known: dict[str, Field[SentRequest]] = {
        "time": Field("time", "when it was sent, or how long ago", _no_texts, ("sent", "age")),
        "what": Field("what", "what was asked of the Hub", lambda row, now: (row.what, row.name)),
        "answer": Field(
            "answer", "status and words of the answer", _answer_texts, ("status",), offered=_answer_texts
        ),
        "took": Field("took", "time until the answer", _no_texts),
        "request": Field(
            "request",
            "method and path",
            lambda row, now: (row.method, row.path),
            offered=lambda row, now: (row.method,),
        ),
        "hf": Field("hf", "the hf command", _no_texts, ("command",), offered=_no_texts),
    }
    return Fields(column_fields(activity_columns(), known), _request_text)


def _no_texts(row: SentRequest, now: datetime) -> tuple[str, ...]:
    return ()


def _answer_texts(row: SentRequest, now: datetime) -> tuple[str, ...]:
    return row.outcome.value, *((str(row.status),) if row.status else ())


def _request_text(request: SentRequest, now: datetime) -> str:
    parts = (what_words(request), request.method, request.path, answer_words(request), request.words)
    return " ".join(parts).casefold()


def activity_columns() -> tuple[Column[SentRequest], ...]:
    """The columns, widest table first."""
    return (
        Column(
            "time",
            "TIME",
            lambda row, now: Cell(clock_time(row.sent_at), "dim"),
            _number,
            8,
            descending=True,
            unit=MOMENT,
            number=lambda row, now: row.sent_at,
        ),
        Column(
            "what",
            "WHAT",
            lambda row, now: Cell(safe(what_words(row))),
            lambda row, now: what_words(row),
            width=24,
            grow=30,
        ),
        Column("answer", "ANSWER", _answer, lambda row, now: (row.status or 0, row.words), width=24, grow=30),
        Column(
            "took",
            "TOOK",
            lambda row, now: Cell(_took(row), "dim"),
            lambda row, now: row.seconds,
            width=7,
            drop=2,
            right=True,
            descending=True,
            unit=SECONDS,
            number=lambda row, now: row.seconds,
        ),
        Column(
            "request",
            "REQUEST",
            lambda row, now: Cell(safe(f"{row.method} {row.path}"), "dim"),
            lambda row, now: (row.method, row.path),
            width=24,
            grow=30,
            drop=4,
        ),
        Column(
            "hf",
            "HF COMMAND",
            lambda row, now: Cell(safe(row.hf_line), "dim"),
            lambda row, now: row.hf_line,
            width=24,
            grow=50,
            drop=3,
        ),
    )


def _took(row: SentRequest) -> str:
    return UNKNOWN if row.outcome is Outcome.WARNED else took(row.seconds)


def _number(row: SentRequest, now: datetime) -> int:
    return row.number


def _answer(row: SentRequest, now: datetime) -> Cell:
    words = f": {safe(row.words)}" if row.words else ""
    return Cell(f"{answer_words(row)}{words}", _TONES[row.outcome])


def request_facts(request: SentRequest, *, columns: int) -> Content:
    """One request in full."""
    rows: list[tuple[str, str, Tone]] = [
        ("asked", safe(what_words(request)), "plain"),
        ("answer", answer_words(request), _TONES[request.outcome]),
        ("words", "; ".join(safe_block(request.words).splitlines()), "plain"),
        ("time", f"{local_time(request.sent_at)}, took {_took(request)}", "dim"),
        ("request", safe(f"{request.method} {request.path}"), "plain"),
        ("hf", safe(request.hf_line) or "there is no hf command for it", "plain"),
        ("id", safe(request.request_id), "dim"),
    ]
    return labelled([row for row in rows if row[1]], columns=columns)
