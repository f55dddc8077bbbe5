"""The part of the application that reaches for the user's desktop: browser and clipboard."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual import on
from textual.app import App

from .messages import BrowseRequested, BrowserFailed, ClipboardKept

if TYPE_CHECKING:
    from .backend import Backend


class DeskApp(App[int], inherit_bindings=False):
    """Says where a page or a copy went when it may not have arrived."""

    backend: Backend
    _tmux_asked = False

    def copy_to_clipboard(self, text: str) -> None:
        """Copy as any terminal understands it (OSC 52); inside tmux see once whether it lets that through."""
        super().copy_to_clipboard(text)
        if os.environ.get("TMUX") and not self._tmux_asked:
            self._tmux_asked = True
            self.backend.ask_tmux()

    @on(ClipboardKept)
    def _clipboard_kept(self) -> None:
        words = "tmux keeps copies to itself: run `tmux set -g set-clipboard on` to let them through"
        self.notify(words, severity="warning", timeout=10, markup=False)

    @on(BrowseRequested)
    def _browse_requested(self, message: BrowseRequested) -> None:
        self.backend.browse(message.url)

    @on(BrowserFailed)
    def _browser_failed(self, message: BrowserFailed) -> None:
        from .screens.message_dialog import NoteDialog

        self.copy_to_clipboard(message.url)
        self.push_screen(NoteDialog("The job's page", f"{message.url}\n\nIt was copied, too."))
