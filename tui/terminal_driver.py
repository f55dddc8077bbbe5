"""Textual's terminal driver, for terminals that also send bytes that are not UTF-8."""

from __future__ import annotations

import codecs
import sys
from functools import partial

from textual.drivers import linux_driver
from textual.message import Message


class TerminalDriver(linux_driver.LinuxDriver):
    """Tells when it wrote last, and reads a byte that cannot be decoded as `\\ufffd`.

    Textual decodes strictly: one key of a Latin-1 terminal, or a pasted binary file, would end the program.
    """

    written_at = 0.0
    """When the terminal was last written to, just before, on the clock of key events."""

    def write(self, data: str) -> None:
        self.written_at = Message().time
        super().write(data)

    def run_input_thread(self) -> None:
        vars(linux_driver)["getincrementaldecoder"] = _forgiving_decoder
        super().run_input_thread()


def _forgiving_decoder(_encoding: str) -> partial[codecs.IncrementalDecoder]:
    """The decoder of the terminal's own encoding; what it does not know is U+FFFD. ASCII is read as UTF-8."""
    encoding = codecs.lookup(getattr(sys.__stdin__, "encoding", None) or "utf-8").name
    if encoding == "ascii" or "\x1b[A".encode(encoding) != b"\x1b[A":
        encoding = "utf-8"
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")
