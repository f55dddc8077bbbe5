"""A screen that is taken away before it was built up.

Keys that come fast open a screen and leave it at once. Textual then builds none of its children, and tells it
all the same that it is mounted: whatever looks for a child would end the program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

if TYPE_CHECKING:
    from textual.widget import Widget as Mixed
else:
    Mixed = object  # styles are inherited along the first base that is a widget, which must be the screen

_NEEDS_CHILDREN = (events.Mount, events.ScreenResume, events.ScreenSuspend, events.Resize)


class WholeScreen(Mixed):
    """Mixed into screens: one that is leaving hears no more of being mounted, shown or resized."""

    async def on_event(self, event: events.Event) -> None:
        leaving = self._closing or self._pruning
        if not (leaving and isinstance(event, _NEEDS_CHILDREN)):
            await super().on_event(event)
