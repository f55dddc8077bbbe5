"""The one-line text field that takes the place of a status line while a filter or a search is typed."""

from __future__ import annotations

from typing import ClassVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.message import Message

from .keys_in_order import OrderedInput


class FilterBar(OrderedInput):
    """Hidden until opened; enter keeps what was typed, escape clears it and leaves."""

    DEFAULT_CSS = """
    FilterBar { display: none; }
    FilterBar > .filter-bar--mistake { color: $text-error; text-style: underline; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "drop", "clear", show=False),
        Binding("down", "keep", "keep", show=False),
    ]

    COMPONENT_CLASSES: ClassVar[set[str]] = {"filter-bar--mistake"}

    class Closed(Message):
        """The field has gone; its text is what is kept."""

        def __init__(self, value: str) -> None:
            super().__init__()
            self.value = value

    def __init__(
        self,
        placeholder: str = "words  status:running  cost:>1  run:<2h  -label:team=ml  a OR b  @saved  @name=…",
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(placeholder=placeholder, compact=True, select_on_focus=False, id=id)
        self._mistake: tuple[int, int] | None = None
        self.highlighter = _Underline(self)

    def open(self, value: str) -> None:
        """Show the field with this text and take the focus."""
        self.display = True
        self.value = value
        self.select_all()  # typing takes the place of the old text, an arrow goes on with it
        self.screen.set_focus(self)  # at once: the very next key is already meant for it

    @property
    def is_open(self) -> bool:
        """Whether it has the place of the status line now."""
        return bool(self.display)

    def underline(self, mistake: tuple[int, int] | None) -> None:
        """Underline what cannot be understood, from one character to before another; None nothing."""
        if mistake != self._mistake:
            self._mistake = mistake
            self.refresh()

    def action_keep(self) -> None:
        """Leave with the text as it is."""
        self.display = False
        self.post_message(self.Closed(self.value))

    def action_drop(self) -> None:
        """Leave without a text."""
        self.value = ""
        self.action_keep()

    async def action_submit(self) -> None:
        self.action_keep()


class _Underline(Highlighter):
    """Underlines the mistake of a filter bar."""

    def __init__(self, bar: FilterBar) -> None:
        self._bar = bar

    def highlight(self, text: Text) -> None:
        mistake = self._bar._mistake
        if mistake is not None:
            style = self._bar.get_component_rich_style("filter-bar--mistake", partial=True)
            text.stylize(style, *mistake)
