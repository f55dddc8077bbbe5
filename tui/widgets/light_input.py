"""A text field that is cheap to have many of: its cursor and placeholder take their looks from the form.

Textual makes a node for every component class of every field and styles each of them; a form of forty
fields would spend most of the time it takes to open on them.
"""

from __future__ import annotations

from typing import Protocol, cast

from rich.style import Style
from textual.validation import ValidationResult
from textual.widget import Widget

from .keys_in_order import OrderedInput


class Looks(Protocol):
    """The ancestor that has the component classes of all that stand in it."""

    def style_of(self, name: str) -> Style:
        """The style of a component class."""
        ...


def looks_of(widget: Widget) -> Looks | None:
    """The nearest ancestor that gives looks; None outside a form."""
    return cast("Looks | None", next((node for node in widget.ancestors if hasattr(node, "style_of")), None))


class LightInput(OrderedInput, inherit_css=False):
    """An Input inside a form, one line high, with few rules of style to look at for each."""

    DEFAULT_CSS = """
    LightInput {
        background: $surface; color: $foreground; padding: 0 1; height: 1; width: 1fr;
        overflow-x: auto; scrollbar-size-horizontal: 0; pointer: text;
        &:ansi { background: ansi_default; color: ansi_default; }
        &:focus { background: $boost; }
    }
    """

    _looks: Looks | None = None

    @classmethod
    def _get_component_classes(cls) -> frozenset[str]:  # type: ignore[override]
        """None of its own; Widget offers no other way not to inherit them."""
        return frozenset()

    def get_component_rich_style(
        self, *names: str, partial: bool = False, default: Style | None = None
    ) -> Style:
        """The form's style of that name."""
        self._looks = self._looks or looks_of(self)
        return self._looks.style_of(names[0]) if self._looks else Style.null()

    def validate(self, value: str) -> ValidationResult | None:
        """Nothing: the form judges the whole draft. Textual would style the field anew at every change."""
        return None
