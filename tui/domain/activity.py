"""What this dashboard asked the Hub to change, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from .text import without_secrets

MOST_REMEMBERED = 500
_FEWEST_CHARS = 4
"""A shorter secret is struck out only where it stands alone: it would tear holes into other words."""
_HIDDEN = "(hidden)"


class Outcome(Enum):
    """What became of a request; the value is the word for it."""

    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "outcome unknown"
    NOT_SENT = "not sent"
    WARNED = "warning"
    """Whatever was asked: the Hub had something to say beside the answer."""


@dataclass(frozen=True, slots=True)
class SentRequest:
    """One request that writes, or that brought a warning of the Hub.

    Never holds any other header, a token, a secret or the value of a variable.
    """

    number: int
    """Counts the requests of this session, from one."""
    sent_at: datetime
    what: str
    """What was asked, in words: "cancel job 68a1…c9 of ada"."""
    method: str
    path: str
    """What of the address follows the host."""
    outcome: Outcome
    status: int | None
    """HTTP status of the answer; None when none came."""
    words: str
    """The server's own words, or what went wrong on the way; empty when there is nothing to tell."""
    seconds: float
    """From sending to the answer, or to giving up."""
    hf_line: str
    """The `hf` command that does the same; empty when there is none."""
    request_id: str = ""
    subject_id: str = ""
    """Id of the job or scheduled job it was about; empty when that was yet to be made."""
    name: str = ""
    """What that is called."""


def struck_out(text: str, secret_values: Iterable[str]) -> str:
    """The text without these values, and without anything else that looks like a secret."""
    for value in sorted(set(secret_values), key=len, reverse=True):
        if len(value) >= _FEWEST_CHARS:
            text = text.replace(value, _HIDDEN)
        elif value:
            text = " ".join(
                _HIDDEN if word.strip("\"'.,:;=()") == value else word for word in text.split(" ")
            )
    return without_secrets(text)
