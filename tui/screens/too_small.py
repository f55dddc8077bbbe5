"""What stands there while the terminal is too small for anything else; everything goes on behind it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from ..widgets.dialog import Dialog

LEAST_COLUMNS, LEAST_ROWS = 60, 15


def too_small(columns: int, rows: int) -> bool:
    """Whether a terminal of that size has no room for the dashboard."""
    return columns < LEAST_COLUMNS or rows < LEAST_ROWS


class TooSmallScreen(Dialog[None]):
    """One line. Goes by itself when there is room again."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "nothing", show=False)]

    def compose(self) -> ComposeResult:
        yield Static(
            Content(f"needs {LEAST_COLUMNS}×{LEAST_ROWS} · ctrl+c quits"), id="too-small", markup=False
        )

    def on_resize(self) -> None:
        self._leave_if_there_is_room()

    def on_screen_resume(self) -> None:
        self._leave_if_there_is_room()

    def _leave_if_there_is_room(self) -> None:
        if self.is_current and not too_small(*self.app.size):
            self.dismiss()

    def action_nothing(self) -> None:
        """A key meant for the screen behind must not close this one."""
