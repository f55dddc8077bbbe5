"""The form as it stands, kept on disk: a draft left behind comes back, also after a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

if TYPE_CHECKING:
    from .compose import ComposeScreen

KEEP_SECONDS = 2.0
"""How long after a change the draft is written to disk at the latest."""


class DraftKeeper:
    """Writes a while after the first change, and when the form is left."""

    def __init__(self, screen: ComposeScreen) -> None:
        self._screen = screen
        self._soon: Timer | None = None
        self._sent = False

    def keep_soon(self) -> None:
        """Something has changed."""
        if self._soon is None:
            self._soon = self._screen.set_timer(KEEP_SECONDS, self._keep_now)

    def keep(self) -> None:
        """Write it, unless its job was sent."""
        if not self._sent:
            self._screen.host.shelf.keep_draft(self._screen.host.draft)

    def let_go(self) -> None:
        """Its job was sent: it is not kept any more."""
        self._sent = True

    def _keep_now(self) -> None:
        self._soon = None
        self.keep()
