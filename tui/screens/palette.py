"""Textual's command palette, closing once and moving only in a list that is there."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.command import CommandInput, CommandList, CommandPalette
from textual.containers import Horizontal, Vertical
from textual.widgets import LoadingIndicator

from ..widgets.keys_in_order import OrderedInput
from ..widgets.pick_list import PickList
from ..widgets.whole import WholeScreen


class PaletteInput(CommandInput, OrderedInput):
    """The search of the palette: a line break in a pasted text chooses nothing."""


class PaletteList(CommandList, PickList, can_focus=False):
    """What the palette has found."""


class Palette(WholeScreen, CommandPalette):
    """Every action, job and schedule by name."""

    def compose(self) -> ComposeResult:
        with Vertical(id="--container"):
            with Horizontal(id="--input"):
                yield PaletteInput(placeholder=self._placeholder, select_on_focus=False)
            with Vertical(id="--results"):
                yield PaletteList()
                yield LoadingIndicator()
