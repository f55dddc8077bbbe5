"""A piece of text on the screen that is painted only when it says something else than before."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class Line(Static):
    """Text that is shown again and again, mostly the same."""

    _shown: Content | None = None

    def show(self, content: Content, *, layout: bool = True) -> None:
        """Show this text; nothing happens when it is what stands there. No `layout` when it fits anyway."""
        if self._shown is None or not content.is_same(self._shown):
            self._shown = content
            self.update(content, layout=layout)
