"""Children that stand where their parent says: no box inside a box, and no widget only to hold two others."""

from __future__ import annotations

from collections.abc import Iterator

from textual import events
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget


class Placed(Widget):
    """A form has many fields: what is around each of them is painted, and its place counted, here."""

    DEFAULT_CSS = "Placed { width: 1fr; height: auto; }"

    def places(self, width: int) -> Iterator[tuple[Widget, Region]]:
        """Every child that is shown, and where."""
        raise NotImplementedError

    @property
    def layout(self) -> Layout:
        return _PLACES

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max((region.bottom for _, region in self.places(width)), default=0)


class _Places(Layout):
    name = "places"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        assert isinstance(parent, Placed)
        there = set(children)
        return [
            WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, child)
            for child, region in parent.places(size.width)
            if child in there
        ]


_PLACES = _Places()


def is_under(widget: Widget, event: events.MouseEvent) -> bool:
    """Whether the mouse is on the widget itself: events of its children reach it too."""
    return widget.screen.get_widget_at(*event.screen_offset)[0] is widget


def height_of(control: Widget, width: int) -> int:
    """Lines a child takes at this width."""
    size = Size(width, 0)
    return control.get_content_height(size, size, width)
