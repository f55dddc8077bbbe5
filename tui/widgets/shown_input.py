"""A text field in which every character can be seen: a line break in a command, a control."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, get_character_cell_size
from rich.text import Text
from textual.widgets import Input

from ..domain.text import signs


class ShownInput(Input):
    """What is typed, pasted or taken up from a job stays as it is; a sign stands for what has no look."""

    @property
    def _value(self) -> Text:
        if self.password or self.value.isprintable():
            return super()._value
        text = Text(signs(self.value), no_wrap=True, overflow="ignore", end="")
        return text if self.highlighter is None else self.highlighter(text)

    def _position_to_cell(self, position: int) -> int:
        return cell_len(signs(self.value[:position]))

    def _cell_offset_to_index(self, offset: int) -> int:
        wanted = offset + self.scroll_offset.x
        return next((index for index, end in enumerate(self._cell_ends()) if wanted < end), len(self.value))

    def _cell_ends(self) -> Iterator[int]:
        end = 0
        for character in signs(self.value):
            end += get_character_cell_size(character)
            yield end
