"""Warnings that the Hub sends beside any answer: `X-HF-Warning: topic; text` (jobs-api.md §11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..domain.text import safe
from .request import Ask

HEADER = "X-HF-Warning"
_MOST_CHARS = 500
_MOST_TOPICS = 100


class HubWarning(NamedTuple):
    """One warning, and the request whose answer brought it."""

    ask: Ask
    text: str
    """One line, safe to show."""
    status: int
    """HTTP status of that answer."""


class Warnings:
    """Picks from the answers of a session what was not told yet: once a topic, as `hf` does."""

    def __init__(self) -> None:
        self._topics: set[str] = set()

    def new(self, ask: Ask, headers: Iterable[str], status: int) -> Iterator[HubWarning]:
        """The warnings of one answer whose topic is new; a warning may have no topic, which is one too."""
        for header in headers:
            topic, semicolon, text = header.partition(";")
            if not semicolon:
                topic, text = "", header
            text = safe(ask.scrub(text)).strip()
            if text and topic.strip() not in self._topics and len(self._topics) < _MOST_TOPICS:
                self._topics.add(topic.strip())
                yield HubWarning(ask, text if len(text) <= _MOST_CHARS else f"{text[:_MOST_CHARS]}…", status)
