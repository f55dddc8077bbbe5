"""The part of the application that reaches for the user's desktop: browser and clipboard."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual import on
from textual.app import App

from .domain.clipboard import clipboard_obstacle
from .domain.text import safe
from .messages import BrowseRequested, BrowserFailed, CopyMade
from .settings import state_dir

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from .backend import Backend


class DeskApp(App[int], inherit_bindings=False):
    """Says where a page or a copy went when it may not have arrived."""

    backend: Backend
    _remedy_told = False
    """Whether it was said what lets copies through: once is enough."""

    def copy_to_clipboard(self, text: str) -> None:
        """Copy what Textual itself takes: what is selected in a field, or on the screen."""
        self.copy(text, "copied the selection")

    def copy(self, text: str, said: str, *, cut: bool = False) -> None:
        """Copy as any terminal understands it (OSC 52), and say so; every copy comes through here.

        What is in the way is found out on the hub thread before anything is claimed. `cut` when only a part
        could be taken, as `said` explains.
        """
        super().copy_to_clipboard(text)
        if obstacle := clipboard_obstacle(os.environ):
            self.backend.copy_past(obstacle, text, said, state_dir() / "copied.txt")
        else:
            self.notify(said, severity="warning" if cut else "information", markup=False)

    @on(CopyMade)
    def _copied(self, message: CopyMade) -> None:
        remedy = "" if self._remedy_told else message.remedy
        self._remedy_told |= bool(remedy)
        where = "; ".join(part for part in (safe(message.where), remedy) if part)
        words = "\n".join(part for part in (message.said, where) if part)
        severity: SeverityLevel = "warning" if message.where else "information"
        self.notify(words, severity=severity, timeout=10 if remedy else None, markup=False)

    @on(BrowseRequested)
    def _browse_requested(self, message: BrowseRequested) -> None:
        self.backend.browse(message.url)

    @on(BrowserFailed)
    def _browser_failed(self, message: BrowserFailed) -> None:
        from .screens.message_dialog import NoteDialog

        if clipboard_obstacle(os.environ):
            self.copy(message.url, "copied the address")
            copied = ""
        else:
            super().copy_to_clipboard(message.url)
            copied = "\n\nIt was copied, too."
        self.push_screen(NoteDialog("Open this page", message.url + copied))
