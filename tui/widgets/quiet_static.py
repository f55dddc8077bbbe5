"""Text that changes at every key press: it asks for a new layout only when it takes more or fewer lines."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class QuietStatic(Static):
    """Does nothing at all for a text it shows already."""

    _shown: Content = Content("")

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, markup=False)

    def show(self, content: Content) -> None:
        """Paint this text."""
        before = self._shown
        if content.is_same(before):
            return
        self._shown = content
        width = self.content_size.width
        same = bool(width) and content.get_height({}, width) == before.get_height({}, width)
        self.update(content, layout=not same)
