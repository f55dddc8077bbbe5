"""Choosing the hardware: every flavor in its group, with what it has and what it costs."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from ..domain.hardware import CATALOGUE_DATE, Catalogue, Family, Flavor
from ..domain.text import safe
from ..presentation.flavor_text import flavor_heading, flavor_row
from ..presentation.job_text import toned
from .keys_in_order import OrderedInput

FAMILIES: tuple[tuple[Family, str], ...] = (("cpu", "CPU"), ("gpu", "GPU"), ("tpu", "TPU"))


class FlavorPicker(ModalScreen[str | None]):
    """Closes with the name of the flavor, or None. Typing searches; up and down choose."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "leave", show=False),
        Binding("down", "move(1)", "down", show=False),
        Binding("up", "move(-1)", "up", show=False),
    ]
    AUTO_FOCUS = "Input"

    def __init__(
        self,
        catalogue: Catalogue,
        chosen: str,
        timeout_seconds: int | None = None,
        attempts: int | None = None,
    ) -> None:
        super().__init__()
        self._limit = timeout_seconds, attempts
        self._catalogue = catalogue
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        with Vertical(id="picker") as box:
            box.border_title = Content("Hardware")
            note = (
                f"list of {CATALOGUE_DATE}: the Hub's own did not come"
                if self._catalogue.bundled
                else "the Hub's own list"
            )
            box.border_subtitle = Content(f"{note} · enter chooses, esc leaves")
            yield OrderedInput(placeholder="search: a10g, 80 GB, cpu…", compact=True)
            yield Static(flavor_heading(self._limit[0]), id="picker-heading", markup=False)
            yield OptionList(markup=False)

    def on_mount(self) -> None:
        self._fill("")

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        self._fill(event.value)

    def _fill(self, wanted: str) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        words = wanted.casefold().split()
        for family, label in FAMILIES:
            flavors = self._catalogue.of_family(family)
            found = [flavor for flavor in flavors if all(word in _haystack(flavor) for word in words)]
            if not flavors and all(word in label.casefold() for word in words):
                options.add_option(Option(toned(f"{label}: the Hub offers none now", "dim"), disabled=True))
            elif found:
                options.add_option(Option(Content.styled(label, "bold $text-accent"), disabled=True))
                options.add_options(
                    Option(flavor_row(flavor, *self._limit), id=flavor.name) for flavor in found
                )
        if not options.option_count:
            said = f"No flavor matches “{safe(wanted.strip())}”: search for other words, or esc leaves"
            options.add_option(Option(toned(said, "warn"), disabled=True))
        self._highlight_first(options)

    def _highlight_first(self, options: OptionList) -> None:
        ids = [option.id for option in options.options]
        if self._chosen in ids:
            options.highlighted = ids.index(self._chosen)
        else:
            options.highlighted = next((number for number, name in enumerate(ids) if name), None)
        options.scroll_to_highlight()

    def action_move(self, step: int) -> None:
        options = self.query_one(OptionList)
        options.action_cursor_down() if step > 0 else options.action_cursor_up()

    @on(Input.Submitted)
    def _choose(self) -> None:
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            self.dismiss(options.get_option_at_index(options.highlighted).id)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)


def _haystack(flavor: Flavor) -> str:
    parts = (flavor.name, flavor.pretty_name, flavor.cpu, flavor.ram, flavor.vram or "", flavor.family)
    return " ".join(parts).casefold()
