"""Text that is shown again and again, mostly the same: what did not change is not painted."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget


class QuietStatic(Widget):
    """Paints the lines that differ. It asks for a new layout only when it takes more or fewer lines."""

    DEFAULT_CSS = "QuietStatic { height: auto; }"

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._shown = Content("")

    def show(self, content: Content, *, layout: bool = True) -> None:
        """Show this text. No `layout` when its place is as large as it is, whatever it says."""
        before, width = self._shown, self.content_size.width
        if content.is_same(before):
            return
        self._shown = content
        changed = _changed_rows(before, content, width) if width else None
        if changed is None:
            self.refresh(layout=layout)
        else:
            self.refresh(*(Region(0, y, width, height) for y, height in changed))

    def render(self) -> Content:
        return self._shown

    @property
    def content(self) -> Content:
        """What it shows."""
        return self._shown


def _changed_rows(before: Content, after: Content, width: int) -> list[tuple[int, int]] | None:
    """Where lines differ, as (row, rows); None when one takes more or fewer rows than before."""
    old_lines, new_lines = before.split("\n", allow_blank=True), after.split("\n", allow_blank=True)
    if len(old_lines) != len(new_lines):
        return None
    changed, y = [], 0
    for old, new in zip(old_lines, new_lines, strict=True):
        height = new.get_height({}, width)
        if not new.is_same(old):
            if old.get_height({}, width) != height:
                return None
            changed.append((y, height))
        y += height
    return changed
