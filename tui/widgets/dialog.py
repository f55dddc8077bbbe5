"""What every dialog and every list over a screen is made from."""

from __future__ import annotations

from textual.screen import ModalScreen, ScreenResultType

from .whole import WholeScreen


class Dialog(WholeScreen, ModalScreen[ScreenResultType]):
    """A modal screen that closes once, whatever comes in after the key that closed it."""
