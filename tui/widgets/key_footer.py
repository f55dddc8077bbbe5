"""The last line: the keys that matter here, each of which can also be clicked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from ..keys import Action

MOST_KEYS = 7


class KeyFooter(Widget, can_focus=False):
    """At most seven keys, and at the right edge a few words on the state of things.

    Textual's own footer mounts a widget a key on every change of focus and lets go of none
    (textual-notes.md §8); this one is one line of text.
    """

    DEFAULT_CSS = """
    KeyFooter {
        height: 1; dock: bottom; color: $text-muted; background: $panel;
        link-style: none; link-color: $text-muted;
    }
    KeyFooter > .key-footer--key { color: $text-accent; text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-footer--key"}
    ALLOW_SELECT = False

    shown: reactive[tuple[Action, ...]] = reactive(())
    edge: reactive[str] = reactive("")
    """Safe text at the right edge."""

    def show_actions(self, actions: Iterable[Action], *, read_only: bool = False) -> None:
        """Show the footer keys among these, without those that a read-only dashboard refuses."""
        self.shown = tuple(
            action for action in actions if action.footer and not (read_only and action.writes)
        )[:MOST_KEYS]

    def render(self) -> Text:
        key_style = self.get_component_rich_style("key-footer--key", partial=True)
        line = Text(no_wrap=True, overflow="ellipsis", end="")
        for action in self.shown:
            press = Style(meta={"@click": f"app.simulate_key({action.keys.split(',')[0]!r})"})
            line.append(f" {action.key}", key_style + press)
            line.append(f" {action.label} ", press)
        spare = self.size.width - line.cell_len - len(self.edge) - 1
        if self.edge and spare > 1:
            line.append(" " * spare + self.edge)
        return line
