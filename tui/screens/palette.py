"""Textual's command palette, closing once and moving only in a list that is there."""

from __future__ import annotations

from textual.command import CommandPalette

from ..widgets.whole import WholeScreen


class Palette(WholeScreen, CommandPalette):
    """Every action, job and schedule by name."""
