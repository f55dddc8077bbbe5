"""The looks of all that stands in the form, once for the whole of it (`light_input.py`)."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual.containers import VerticalScroll


class FormLooks(VerticalScroll, can_focus=False):
    """Has the component classes of labels and fields, so that none of them needs its own."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "form-row--label",
        "form-row--wrong",
        "form-row--here",
        "input--cursor",
        "input--placeholder",
        "input--suggestion",
        "input--selection",
    }
    DEFAULT_CSS = """
    FormLooks {
        & > .form-row--label { color: $text-muted; }
        & > .form-row--wrong { color: $text-error; text-style: bold; }
        & > .form-row--here { color: $text-accent; text-style: bold; }
        & > .input--cursor { background: $input-cursor-background; color: $input-cursor-foreground; }
        & > .input--placeholder, & > .input--suggestion { color: $text-disabled; }
        &:ansi > .input--placeholder, &:ansi > .input--suggestion { text-style: dim; }
        &:ansi > .form-row--label { text-style: dim; }
        & > .input--selection { background: $input-selection-background; }
    }
    """

    def style_of(self, name: str) -> Style:
        """The style of one of the component classes; text keeps the background it stands on."""
        style = self.get_component_rich_style(name)
        if name in ("input--cursor", "input--selection"):
            return style
        return Style(color=style.color, bold=style.bold, dim=style.dim)
