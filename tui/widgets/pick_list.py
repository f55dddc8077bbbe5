"""A list to choose from: its cursor is seen in every theme, and its keys work before it was painted."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Self

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.style import Style
from textual.widgets import OptionList

KEYS_FROM_ABOVE: tuple[Binding, ...] = tuple(
    Binding(key, f"list('{action}')", show=False)
    for key, action in (
        ("down", "cursor_down"),
        ("up", "cursor_up"),
        ("pagedown", "page_down"),
        ("pageup", "page_up"),
        ("ctrl+home", "first"),
        ("ctrl+end", "last"),
    )
)
"""For a screen whose list stands below a text field that has the focus: home and end move in the text."""


class PickList(OptionList):
    """An OptionList in one line a row, which may stand below a text field that has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("g", "first", show=False),
        Binding("G", "last", show=False),
    ]
    DEFAULT_CSS = """
    PickList:ansi, PickList:nocolor {
        & > .option-list--option-highlighted { text-style: reverse; }
        &:focus > .option-list--option-highlighted { text-style: reverse; }
    }
    """

    _emptied_at = 0.0
    """When the rows that are there now began to come, on the clock of events."""

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> Style:
        """The style of a row, with the `reverse` that Textual drops: no colour marks it in some themes."""
        style = super().get_visual_style(*component_classes, partial=partial)
        if any(self.get_component_styles(name).text_style.reverse for name in component_classes):
            style += Style(reverse=True)
        return style

    async def _on_click(self, event: events.Click) -> None:
        """Choose nothing by a click on a row that is gone since: the list was filled with other rows."""
        if event.time < self._emptied_at or event.style.meta.get("option", 0) >= self.option_count:
            event.prevent_default()

    def clear_options(self) -> Self:
        """Remove every row."""
        self._emptied_at = Message().time
        return super().clear_options()

    def action_page_up(self) -> None:
        self._turn_page(super().action_page_up, self.action_first)

    def action_page_down(self) -> None:
        self._turn_page(super().action_page_down, self.action_last)

    def _turn_page(self, turn: Callable[[], None], to_the_end: Callable[[], None]) -> None:
        """Move by a page; to the last row there is when only headings are left.

        Between being filled and being painted its lines are not known: Textual would raise a KeyError.
        """
        if self._lines:
            turn()
        if self.highlighted is None:
            to_the_end()
