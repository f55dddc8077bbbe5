"""The list over a filter bar: the fields, then the values with how many rows each keeps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widgets import Static

from ..domain.query_hints import Hint
from ..domain.text import safe
from ..presentation.job_text import toned

MOST_LINES, LOW_LINES = 6, 3
INSERT_COLUMNS = 16


class FilterHints(Static):
    """Never has the focus: the bar below it moves the choice. The line chosen has a sign before it."""

    DEFAULT_CSS = """
    FilterHints {
        layer: hints; dock: bottom; display: none; width: 76; max-width: 100%; height: auto;
        margin: 0 0 3 0; padding: 0 1; border: round $accent; background: $surface;
        border-title-color: $text-accent; border-subtitle-color: $text-muted;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    """
    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self, *, ascii_only: bool = False) -> None:
        super().__init__(markup=False)
        self._sign = ">" if ascii_only else "▸"
        self._hints: Sequence[Hint] = ()
        self._chosen: int | None = None
        self._top = 0
        self.on_taken: Callable[[Hint], None] = lambda hint: None
        """Told of a hint that was clicked."""
        self.border_subtitle = Content("tab takes · ↓ ↑ choose · F1 all" if not ascii_only else "tab takes")

    @property
    def shown(self) -> bool:
        """Whether there is anything to take."""
        return bool(self.display)

    @property
    def chosen(self) -> Hint | None:
        """The hint the user went to; None while they only type."""
        return None if self._chosen is None or not self.shown else self._hints[self._chosen]

    @property
    def offered(self) -> Hint | None:
        """The hint that is taken now: the one chosen, else the first."""
        return self.chosen or (self._hints[0] if self.shown else None)

    def offer(self, title: str, hints: Sequence[Hint]) -> None:
        """Show these hints; none hides the list. The choice stays on its hint."""
        before = self.chosen
        self._hints = hints
        inserts = [hint.insert for hint in hints]
        self._chosen = inserts.index(before.insert) if before and before.insert in inserts else None
        self.display = bool(hints)
        self.border_title = Content(title)
        self._paint()

    def step(self, step: int) -> None:
        """Go up or down; up from the first goes back to typing."""
        if not self.shown:
            return
        place = -1 if self._chosen is None else self._chosen
        place = min(place + step, len(self._hints) - 1)
        self._chosen = None if place < 0 else place
        self._paint()

    def _paint(self) -> None:
        lines = LOW_LINES if self.screen.has_class("-low") else MOST_LINES
        place = self._chosen or 0
        self._top = max(0, min(place - lines + 1 if place >= self._top + lines else self._top, place))
        self._top = min(self._top, max(0, len(self._hints) - lines))
        shown = self._hints[self._top : self._top + lines]
        width = max([INSERT_COLUMNS, *(cell_len(safe(hint.insert)) for hint in shown)])
        self.update(
            Content("\n").join(
                self._line(hint, min(width, 40), chosen=self._top + number == self._chosen)
                for number, hint in enumerate(shown)
            )
        )

    def _line(self, hint: Hint, width: int, *, chosen: bool) -> Content:
        text = safe(hint.insert)
        text += " " * (width - cell_len(text))
        count = "" if hint.count is None else f"{hint.count:>7,}"
        return Content.assemble(
            toned(f"{self._sign} {text}", "accent") if chosen else toned(f"  {text}"),
            toned(f"{count}  {safe(hint.about)}".rstrip(), "accent" if chosen else "dim"),
        )

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is not None and self._top + offset.y < len(self._hints):
            event.stop()
            self.on_taken(self._hints[self._top + offset.y])
