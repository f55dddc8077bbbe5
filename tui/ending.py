"""The end that comes from outside: a signal, or a terminal that is gone. It waits for nothing.

Textual writes to the terminal through a short queue: with a terminal that takes nothing more its loop stands
still, and a handler on that loop never runs. A plain signal handler does, and so does a timer.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import signal
import termios
import threading
from collections.abc import Callable
from types import FrameType

LEAVING_SECONDS = 2.0
"""The most that leaving may take once the terminal is closed or the process is asked to end."""
_STDIN, _STDERR = 0, 2
"""Where Textual reads keys and writes the screen."""
_SIGNALS = (signal.SIGTERM, signal.SIGHUP)
_RESTORE = b"\x1b[<u\x1b[?2004l\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?1049l\x1b[?25h\x1b[0m"
"""What gives a terminal back: keys, pastes, mouse, focus, screen and cursor as they are outside."""


class EndFromOutside:
    """Asks the application to leave, and ends the process when it does not. Belongs to the main thread."""

    def __init__(self, leave: Callable[[int], object]) -> None:
        self._leave = leave
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending = False
        self._modes = _terminal_modes()

    def listen(self) -> None:
        """From now on a signal or a closed terminal ends the process."""
        self._loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            signal.signal(number, self._signalled)
        if self._modes is not None:
            threading.Thread(target=self._watch_terminal, name="terminal watch", daemon=True).start()

    def _signalled(self, number: int, frame: FrameType | None) -> None:
        self._end(128 + number)

    def _watch_terminal(self) -> None:
        """Wait until the other end of the terminal is gone: not everyone is sent a SIGHUP then."""
        watch = select.poll()
        watch.register(_STDIN, 0)  # a hang-up is told without being asked for
        events = watch.poll()
        if any(event & select.POLLHUP for _, event in events):
            self._end(128 + signal.SIGHUP)

    def _end(self, code: int) -> None:
        if self._ending:
            return
        self._ending = True
        at_last = threading.Timer(LEAVING_SECONDS, self._end_now, [code])
        at_last.daemon = True
        at_last.start()
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # it is closed: the application is leaving
                self._loop.call_soon_threadsafe(self._leave, code)

    def _end_now(self, code: int) -> None:
        with contextlib.suppress(OSError, termios.error):
            if self._modes is not None:
                termios.tcsetattr(_STDIN, termios.TCSANOW, self._modes)
            os.set_blocking(_STDERR, False)
            os.write(_STDERR, _RESTORE)
        os._exit(code)


def _terminal_modes() -> list[int | list[bytes | int]] | None:
    """The modes of the terminal before the interface changes them; None where there is none."""
    try:
        return termios.tcgetattr(_STDIN)
    except (termios.error, OSError):
        return None
