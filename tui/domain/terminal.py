"""One line of output as a terminal would show it, and nothing that a terminal would obey.

A progress bar is one line drawn over and over: carriage return, backspace, erase and the horizontal
cursor moves are carried out, so what is left is its last state. Colours are kept as `Ink`. Every other
control sequence is removed; what is returned holds printable characters only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .ink import PLAIN, Ink, apply_sgr
from .live_row import TAB_COLUMNS, LiveRow
from .printable import printable
from .text import ESCAPE_SEQUENCE

REPLAY_CHARACTERS = 16_384
"""How far back a redrawn line is carried out: a bar redrawn for hours is a megabyte."""

_REDRAW = re.compile("[\r\b]|(?:\x1b\\[|\x9b)[0-9;]*[CDGK]")
_TOKEN = re.compile(ESCAPE_SEQUENCE.pattern + "|[\r\b\t]")
_CSI = re.compile("(?:\x1b\\[|\x9b)([0-?]*)([@-~])")


class Run(NamedTuple):
    """Neighbouring characters of one look."""

    text: str
    ink: Ink


def is_plain(text: str) -> bool:
    """Whether the text can be shown as it is, one cell a character; most lines of most logs can."""
    return text.isascii() and text.isprintable()


def visible(text: str) -> str:
    """What of the text can be seen, without its colours."""
    if is_plain(text):
        return text
    body = on_screen(text)
    if is_redrawn(body):
        return _replay(body).text
    return _expanded(ESCAPE_SEQUENCE.sub("", body), 0)


def runs(text: str, limit: int | None = None) -> list[Run]:
    """The visible text with its colours; with a limit, not much more than that many characters of it.

    Without a limit the joined texts are exactly `visible(text)`.
    """
    if is_plain(text):
        return [Run(text, PLAIN)] if text else []
    body = on_screen(text)
    if is_redrawn(body):
        return [Run(piece, ink) for piece, ink in _replay(body).pieces()]
    return _coloured(body, limit)


def states(text: str) -> list[str]:
    """Every state a redrawn line went through, oldest first."""
    return [visible(state) for state in text.split("\r") if state]


def on_screen(text: str) -> str:
    """Without the end of the line; of a very long redrawn one the last states, which cover the rest."""
    body = text.rstrip("\r\n")
    if len(body) <= REPLAY_CHARACTERS:
        return body
    return body[body.rfind("\r", 0, len(body) - REPLAY_CHARACTERS) + 1 :]


def is_redrawn(body: str) -> bool:
    """Whether it moves the cursor, so that only carrying it out tells what is left."""
    return len(body) <= 2 * REPLAY_CHARACTERS and _REDRAW.search(body) is not None


def _coloured(text: str, limit: int | None) -> list[Run]:
    found: list[Run] = []
    ink = PLAIN
    position = column = 0
    for match in ESCAPE_SEQUENCE.finditer(text):
        if piece := _expanded(text[position : match.start()], column):
            found.append(Run(piece, ink))
            column += len(piece)
        position = match.end()
        if limit is not None and column >= limit:
            return found
        sequence = _CSI.fullmatch(match.group())
        if sequence and sequence[2] == "m":
            ink = apply_sgr(ink, sequence[1])
    if piece := _expanded(text[position:], column):
        found.append(Run(piece, ink))
    return found


def _expanded(piece: str, column: int) -> str:
    """The piece with its tabs as spaces, when it starts at that column."""
    shown = printable(piece)
    if "\t" not in shown:
        return shown
    before = column % TAB_COLUMNS
    return (" " * before + shown).expandtabs(TAB_COLUMNS)[before:]


def _replay(text: str) -> LiveRow:
    """Carry out a redrawn line."""
    row = LiveRow()
    for plain, control in tokens(text):
        row.write(plain)
        obey(row, control)
    return row


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """The text as printable pieces, each with the control that follows it; the last one has none."""
    position = 0
    for match in _TOKEN.finditer(text):
        yield printable(text[position : match.start()]), match.group()
        position = match.end()
    yield printable(text[position:]), ""


def obey(row: LiveRow, control: str) -> None:
    """Carry out a control that stays on the row."""
    if control == "\r":
        row.move_to(0)
    elif control == "\b":
        row.move_by(-1)
    elif control == "\t":
        row.tab()
    elif sequence := _CSI.fullmatch(control):
        _cursor_sequence(row, sequence[1], sequence[2])


def _cursor_sequence(row: LiveRow, parameters: str, final: str) -> None:
    if final == "m":
        row.ink = apply_sgr(row.ink, parameters)
        return
    first = parameters.split(";")[0]
    count = min(int(first), REPLAY_CHARACTERS) if first.isdecimal() and len(first) < 9 else 0
    if final == "C":
        row.move_by(max(1, count))
    elif final == "D":
        row.move_by(-max(1, count))
    elif final == "G":
        row.move_to(max(1, count) - 1)
    elif final == "K" and (first.isdecimal() or not first):
        row.erase(count)
