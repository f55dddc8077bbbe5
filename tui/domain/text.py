"""The one place that makes remote text safe to show.

Names, messages and commands come from anyone: they may hold escape sequences that would set the
clipboard, the title or the cursor of the user's terminal, and direction marks that show other text
than there is. What leaves this module is printable and one line.
"""

from __future__ import annotations

import re

ESCAPE_SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI
    r"|\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c|$)"  # OSC, DCS, SOS, PM, APC
    r"|\x1b[ -/]*[0-~]"  # two-character sequences
    r"|\x9b[0-?]*[ -/]*[@-~]"  # CSI as one C1 character
    r"|[\x90\x98\x9d-\x9f][^\x07\x1b\x90\x98\x9c-\x9f]*+(?:\x07|\x1b\\|\x9c|$|(?=[\x90\x98\x9d-\x9f]))"
)
"""A string that begins within another ends it, as in a terminal: else each beginning is read to the end."""
_TOKEN_LIKE = re.compile(r"\bhf_[A-Za-z0-9]{8,}|(?<=Bearer )[^\s\"']+", re.IGNORECASE)
_ASSIGNED_SECRET = re.compile(
    r"((?:token|secret|passw|api[_-]?key|credential)[A-Za-z0-9_-]{0,99}+[=:]\s*+)[^\s\"']+",
    re.IGNORECASE,
)
"""Takes time in proportion to the text, which a stranger may have made long: nothing before the word, a limit
behind it, and no step back."""
_HIDDEN = "(hidden)"
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_SPACE_LIKE = re.compile(r"[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_PICTURES = 0x2400
"""Where Unicode has the pictures of the first controls."""
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
"""Characters that do something instead of being seen; each takes no room on the screen."""


def without_controls(text: str) -> str:
    """Text that is as wide as before and can do nothing: what is left of a sequence shows as it is."""
    return text if text.isprintable() else _CONTROL.sub("", text)


def signs(text: str) -> str:
    """The text, as long as before, with a sign for each character that does something instead of being seen.

    "⏎" is a line break, a control has its picture, "·" are all the others.
    """
    return text if text.isprintable() else "".join(map(_sign, text))


def _sign(char: str) -> str:
    if char.isprintable():
        return char
    if _SPACE_LIKE.match(char):
        return " "
    if _BREAK.match(char):
        return "⏎"
    return chr(_PICTURES + ord(char)) if ord(char) < 0x20 else "·"


def safe(value: str) -> str:
    """The text as one printable line: no control reaches the terminal, a line break shows as "⏎"."""
    if value.isprintable():
        return value
    text = _SPACE_LIKE.sub(" ", _BREAK.sub("⏎", ESCAPE_SEQUENCE.sub("", value)))
    return "".join(char for char in text if char.isprintable())


def safe_block(value: str) -> str:
    """The text with its line breaks kept and every line safe."""
    return "\n".join(safe(line) for line in _BREAK.split(value))


def without_secrets(text: str) -> str:
    """The text without what looks like a token, or like a value given to a password or key by name."""
    return _ASSIGNED_SECRET.sub(rf"\g<1>{_HIDDEN}", _TOKEN_LIKE.sub(_HIDDEN, text))


def short_id(job_id: str) -> str:
    """An id as people compare it: first six and last two characters."""
    text = safe(job_id)
    return text if len(text) <= 10 else f"{text[:6]}…{text[-2:]}"
