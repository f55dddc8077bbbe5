"""A terminal that is read frame by frame, as one with synchronised output shows them."""

from __future__ import annotations

import os
import re
import select
import termios
import time
from collections.abc import Callable, Mapping

from tests.terminal.terminal import Terminal

FRAME_ENDS = b"\x1b[?2026l"
ASKS_FOR_FRAMES = b"\x1b[?2026$p"
HAS_FRAMES = b"\x1b[?2026;2$y"
MOST_BEHIND_SECONDS = 2.0
LEAVES_FULL_SCREEN = b"\x1b[?1049l"
ENTERS_FULL_SCREEN = b"\x1b[?1049h"
MODE = re.compile(rb"\x1b\[\?([0-9]+)([hl])")
MODES_AT_FIRST = {b"25": b"h", b"7": b"h"}
"""The cursor is shown and long lines are wrapped; everything else is off."""


class FramedTerminal(Terminal):
    """Calls `on_frame` with the rows of every frame, also of those that were gone at once."""

    def __init__(
        self,
        *arguments: str,
        size: tuple[int, int],
        environment: Mapping[str, str],
        prelude: str,
        on_frame: Callable[[list[str]], None],
    ) -> None:
        super().__init__(*arguments, size=size, environment=environment, prelude=prelude)
        self._on_frame = on_frame
        self._rest = b""
        self.frames = 0
        self.ended = False
        """Nothing more will come: the program has closed the terminal."""
        self._modes = termios.tcgetattr(self._own_end)

    @property
    def restored(self) -> bool:
        """Whether the terminal was left as it was found."""
        return not self.left_on and termios.tcgetattr(self._own_end) == self._modes

    @property
    def left_on(self) -> dict[bytes, bytes]:
        """The modes of the terminal that are not as at first: number, and `h` for on."""
        last = dict(MODE.findall(self.raw))
        return {mode: state for mode, state in last.items() if state != MODES_AT_FIRST.get(mode, b"l")}

    @property
    def outside(self) -> str:
        """What was written while no full screen was there."""
        parts = self.raw.split(LEAVES_FULL_SCREEN)
        outside = [parts[0].partition(ENTERS_FULL_SCREEN)[0]]
        outside += [part.partition(ENTERS_FULL_SCREEN)[0] for part in parts[1:]]
        return b"\n".join(outside).decode(errors="replace")

    def rows(self) -> list[str]:
        """What stands on the screen, one character a cell."""
        columns, buffer = self.screen.columns, self.screen.buffer
        return [
            "".join(buffer[row][column].data[:1] or " " for column in range(columns))
            for row in range(self.screen.lines)
        ]

    def type(self, written: bytes) -> None:
        """Send bytes in one write; a program that has ended takes none."""
        try:
            os.write(self._own_end, written)
        except OSError:
            self.ended = True

    def read_for(self, seconds: float) -> None:
        """Take in all that comes within this time."""
        deadline = time.monotonic() + seconds
        while not self.ended and self._take_in(max(0.0, deadline - time.monotonic())):
            if time.monotonic() > deadline:
                break

    def catch_up(self) -> None:
        """Take in what has been written by now: a real terminal is never behind, the emulator is slow."""
        deadline = time.monotonic() + MOST_BEHIND_SECONDS
        while not self.ended and time.monotonic() < deadline and self._take_in(0):
            pass

    def read_until(self, done: Callable[[], bool], seconds: float) -> bool:
        """Take in what comes until it is so, or the time is over."""
        deadline = time.monotonic() + seconds
        while not done():
            if self.ended or time.monotonic() > deadline:
                return False
            self._take_in(0.1)
        return True

    def _take_in(self, seconds: float) -> bool:
        if not select.select([self._own_end], [], [], seconds)[0]:
            return False
        try:
            chunk = os.read(self._own_end, 65_536)
        except OSError:
            chunk = b""
        if not chunk:
            self.ended = True
            return False
        if ASKS_FOR_FRAMES in chunk:
            self.type(HAS_FRAMES)
        self.raw += chunk
        *frames, self._rest = (self._rest + chunk).split(FRAME_ENDS)
        for frame in frames:
            self._stream.feed(frame + FRAME_ENDS)
            self.frames += 1
            self._on_frame(self.rows())
        return True
