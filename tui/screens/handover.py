"""The terminal handed over to another program, and taken back whatever becomes of it."""

from __future__ import annotations

import contextlib
import signal
import subprocess
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from ..child_environment import child_environment

if TYPE_CHECKING:
    from textual.app import App

SSH_FAILED = 255
"""The code with which ssh itself fails; any other one is that of what ran over there."""


def hand_over(app: App[int], command: Sequence[str], *, greeting: str = "") -> tuple[int | None, str]:
    """Run a program in this terminal: its exit code, or None and why it did not run.

    Whatever goes wrong is caught inside the suspension: an exception that leaves it freezes the interface
    for good, and so does a repaint while the terminal is another's. Ctrl+c is the other program's.
    """
    code, fault = None, ""
    try:
        with app.batch_update(), app.suspend(), _deaf_to_interrupts():
            try:
                if greeting:
                    print(greeting, flush=True)  # noqa: T201 - the terminal is nobody else's now
                code = subprocess.run(command, env=child_environment(), check=False).returncode
                if greeting and code == SSH_FAILED:
                    _wait_for_enter()
            except (OSError, ValueError, KeyboardInterrupt) as error:
                fault = f"{command[0]} did not start: {error}"
    except SuspendNotSupported:
        fault = f"this terminal cannot be handed over to {command[0]}"
    return code, fault


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Let ctrl+c end what runs in the terminal and not us; a handler, unlike SIG_IGN, is not inherited."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _wait_for_enter() -> None:
    """Leave the last words of a failed program on the screen until they have been read."""
    with contextlib.suppress(EOFError):
        input("\nIt failed. Press enter to go back to the dashboard. ")
