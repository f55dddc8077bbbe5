"""A text field that is cheap to have many of: its cursor and placeholder take their looks from the form.

Textual makes a node for every component class of every field and styles each of them; a form of forty
fields would spend most of the time it takes to open on them.
"""

from __future__ import annotations

from typing import Protocol, cast

from rich.style import Style
from textual.widget import Widget
from textual.widgets import Input


class Looks(Protocol):
    """The ancestor that has the component classes of all that stand in it."""

    def style_of(self, name: str) -> Style:
        """The style of a component class."""
        ...


def looks_of(widget: Widget) -> Looks | None:
    """The nearest ancestor that gives looks; None outside a form."""
    return cast("Looks | None", next((node for node in widget.ancestors if hasattr(node, "style_of")), None))


class LightInput(Input):
    """An Input inside a form."""

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
