"""The program in a real terminal: a pseudo-terminal with an emulator behind it that keeps every byte."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import pexpect
import pyte
from pexpect.fdpexpect import fdspawn

from tests.waiting import until

PATIENCE_SECONDS = 20.0
MOMENT_SECONDS = 0.03
KEYS = {"F2": "\x1bOQ", "enter": "\r", "escape": "\x1b", "ctrl+j": "\n", "ctrl+c": "\x03", "down": "\x1b[B"}
BEGIN = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)"
"""The program makes the terminal its own by itself: a fork of this process, which has threads, may hang."""
LEAVES_ALTERNATE_SCREEN = b"\x1b[?1049l"


class Terminal:
    """`with Terminal("--demo") as t:` starts the program; leaving the block ends it.

    `prelude` is Python that runs in the program's process before it begins.
    """

    def __init__(
        self,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
        prelude: str = "",
    ) -> None:
        columns, rows = size
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        """Everything the program wrote to the terminal."""
        self._own_end, program_end = pty.openpty()
        termios.tcsetwinsize(program_end, (rows, columns))
        self.process = subprocess.Popen(
            self._command(arguments, prelude),
            stdin=program_end,
            stdout=program_end,
            stderr=program_end,
            env={**os.environ, "TERM": "xterm-256color", **(environment or {})},
            start_new_session=True,
        )
        os.close(program_end)
        self._wire: fdspawn[bytes] = fdspawn(self._own_end, timeout=PATIENCE_SECONDS)
        self._wire.delaybeforesend = None

    def _command(self, arguments: tuple[str, ...], prelude: str) -> list[str]:
        begin = f"{BEGIN}\n{prelude}\nfrom tui.__main__ import main\nmain()"
        return [sys.executable, "-c", begin, *arguments]

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        self._wire.close()

    @property
    def text(self) -> str:
        """What stands on the screen now."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def press(self, *keys: str) -> None:
        """Send keys by name, or characters as they are."""
        for key in keys:
            self._wire.send(KEYS.get(key, key))

    def send(self, written: bytes) -> None:
        """Send bytes as they are, in one write."""
        self._wire.send(written)

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        self.screen.resize(rows, columns)
        termios.tcsetwinsize(self._own_end, (rows, columns))

    def paste(self, text: str) -> None:
        """Paste as a terminal does that knows bracketed paste."""
        self.press(f"\x1b[200~{text}\x1b[201~")

    def sees(self, text: str, *, beside: str = "") -> None:
        """Wait until the text stands on the screen, on the line that holds `beside`."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not any(text in line and beside in line for line in self.screen.display):
            if time.monotonic() > deadline or not self._read():
                raise AssertionError(f"never on the screen: “{text}” of {len(self.raw)} bytes\n{self.text}")

    def no_longer_sees(self, text: str) -> None:
        """Wait until the text stands nowhere on the screen: after escape, which else begins what follows."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while any(text in line for line in self.screen.display):
            if time.monotonic() > deadline or not self._read():
                raise AssertionError(f"still on the screen: “{text}”\n{self.text}")

    def rests(self) -> None:
        """Wait until the program does nothing more, be it done or stuck: nothing is read meanwhile."""
        until(lambda: self._ticks() == self._ticks_after_a_moment(), what="the program rests")

    def _ticks(self) -> int:
        """Time its main thread has had of the processor."""
        numbers = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return int(numbers[11]) + int(numbers[12])

    def _ticks_after_a_moment(self) -> int:
        select.select([], [], [], MOMENT_SECONDS)
        return self._ticks()

    def close(self) -> None:
        """Close the window, as a terminal does that is killed."""
        self._wire.close()

    def read_for(self, seconds: float) -> None:
        """Take in what comes for so long."""
        until_at = time.monotonic() + seconds
        while (left := until_at - time.monotonic()) > 0:
            try:
                chunk: bytes = self._wire.read_nonblocking(65_536, timeout=left)
            except pexpect.TIMEOUT:
                return
            self.raw += chunk
            self._stream.feed(chunk)

    def reads(self, sent: bytes, *, after: bytes = b"") -> None:
        """Wait until these bytes have come, after the last of others."""
        while sent not in self.raw.rpartition(after)[2] if after else sent not in self.raw:
            if not self._read():
                raise AssertionError(f"never written: {sent!r}")

    def ends(self) -> tuple[int, str]:
        """Wait until the program has ended; its exit code and what it wrote after leaving the full screen."""
        while self._read():
            pass
        return self.process.wait(PATIENCE_SECONDS), self.raw.rpartition(LEAVES_ALTERNATE_SCREEN)[2].decode(
            errors="replace"
        )

    def seconds_until_restored(self) -> float:
        """Wait until the program has left the full screen."""
        start = time.monotonic()
        while LEAVES_ALTERNATE_SCREEN not in self.raw:
            if not self._read():
                raise AssertionError("the terminal was not given back")
        return time.monotonic() - start

    def _read(self) -> bool:
        """Take in what has come; False when nothing more will come, or nothing came for too long."""
        try:
            chunk: bytes = self._wire.read_nonblocking(65_536, timeout=PATIENCE_SECONDS)
        except (pexpect.EOF, pexpect.TIMEOUT):
            return False
        self.raw += chunk
        self._stream.feed(chunk)
        return True
