"""What every dialog and every list over a screen is made from."""

from __future__ import annotations

from textual import events, on
from textual.screen import ModalScreen, ScreenResultType

from .whole import WholeScreen

AFTER_LAYOUT_SECONDS = 0.05
"""Until the screen below is laid out without its toasts: one that is not on top paints nothing itself."""


class Dialog(WholeScreen, ModalScreen[ScreenResultType]):
    """A modal screen that closes once, whatever comes in after the key that closed it."""

    @on(events.Mount)
    async def _take_toasts_away(self) -> None:
        """Take the toasts away that would stand over what it asks; they were there to be read before."""
        self.app.clear_notifications()
        covering = [toasts for screen in self.app.screen_stack if (toasts := screen.query("Toast"))]
        for toasts in covering:
            await toasts.remove()
        if covering:
            self.set_timer(AFTER_LAYOUT_SECONDS, self.refresh)
