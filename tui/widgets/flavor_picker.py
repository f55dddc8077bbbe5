"""Choosing the hardware: every flavor in its group, with what it has and what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from ..domain.hardware import CATALOGUE_DATE, Catalogue, Family, Flavor
from ..domain.nearest import nearest
from ..domain.text import safe
from ..presentation.flavor_text import flavor_heading, flavor_row
from ..presentation.job_text import toned
from .dialog import Dialog
from .keys_in_order import OrderedInput
from .pick_list import KEYS_FROM_ABOVE, PickList

FAMILIES: tuple[tuple[Family, str], ...] = (("cpu", "CPU"), ("gpu", "GPU"), ("tpu", "TPU"))


class FlavorPicker(Dialog[str | None]):
    """Closes with the name of the flavor, or None. Typing searches; up and down choose.

    A documented flavor that the Hub does not list is chosen by a second enter, after its row has said so.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "leave", show=False),
        *KEYS_FROM_ABOVE,
    ]
    AUTO_FOCUS = "Input"

    def __init__(
        self,
        catalogue: Catalogue,
        chosen: str,
        timeout_seconds: int | None = None,
        attempts: int | None = None,
        typed: str = "",
    ) -> None:
        """`typed` is what the search begins with."""
        super().__init__()
        self._typed = typed
        self._asked = ""
        """The flavor not on offer whose row asks for a second enter."""
        self._limit = timeout_seconds, attempts
        self._catalogue = catalogue
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        with Vertical(id="picker") as box:
            box.border_title = Content("Hardware")
            note = (
                f"bundled list of {CATALOGUE_DATE}: the Hub's has not been read"
                if self._catalogue.bundled
                else "the Hub's own list"
            )
            box.border_subtitle = Content(f"{note} · ↑ ↓ enter choose, esc leaves")
            yield OrderedInput(
                self._typed,
                placeholder="search: a10g, 80 GB, cpu…",
                compact=True,
                select_on_focus=False,
            )
            yield Static(flavor_heading(self._limit[0]), id="picker-heading", markup=False)
            yield PickList(markup=False)

    def on_mount(self) -> None:
        self._fill(self._typed)

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        self._fill(event.value)

    def _fill(self, wanted: str) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        self._asked = ""
        words = wanted.casefold().split()
        for family, label in FAMILIES:
            flavors = self._catalogue.of_family(family)
            found = [self._option(flavor.name) for flavor in flavors if _matches(words, _haystack(flavor))]
            if family == "tpu":
                unlisted = self._catalogue.not_offered
                found += [self._option(name) for name in unlisted if _matches(words, f"{name} tpu")]
            if found:
                options.add_option(Option(Content.styled(label, "bold $text-accent"), disabled=True))
                options.add_options(found)
        if not options.option_count:
            options.add_options(self._nothing_found(wanted.strip()))
        self._highlight_first(options)

    def _option(self, name: str) -> Option:
        flavor = self._catalogue.get(name)
        row = flavor_row(flavor, *self._limit) if flavor else self._unlisted_row(name)
        return Option(row, id=name)

    def _unlisted_row(self, name: str, more: str = "") -> Content:
        where = "not in the bundled list" if self._catalogue.bundled else "not offered by the Hub now"
        return Content.assemble(Content(f"{safe(name):<16}"), toned(f"  {where}{more}", "warn"))

    def _nothing_found(self, wanted: str) -> Iterator[Option]:
        """Say so, and offer the flavor with the nearest name where there is one."""
        names = [flavor.name for flavor in self._catalogue.flavors]
        close = nearest(wanted, [*names, *self._catalogue.not_offered])
        rest = "the nearest is:" if close else "search for other words, or esc leaves"
        yield Option(toned(f"No flavor matches “{safe(wanted)}”: {rest}", "warn"), disabled=True)
        if close:
            yield self._option(close)

    def _highlight_first(self, options: OptionList) -> None:
        ids = [option.id for option in options.options]
        if self._chosen in ids:
            options.highlighted = ids.index(self._chosen)
        else:
            options.highlighted = next((number for number, name in enumerate(ids) if name), None)
        options.scroll_to_highlight()

    async def action_list(self, action: str) -> None:
        """Move in the list below the search."""
        await self.query_one(PickList).run_action(action)

    @on(Input.Submitted)
    def _choose(self) -> None:
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            self._take(options.get_option_at_index(options.highlighted).id)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._take(event.option.id)

    def _take(self, name: str | None) -> None:
        if name is None or name == self._asked or self._catalogue.get(name):
            self.dismiss(name)
            return
        options = self.query_one(OptionList)
        if self._asked:
            options.replace_option_prompt(self._asked, self._unlisted_row(self._asked))
        self._asked = name
        options.replace_option_prompt(name, self._unlisted_row(name, ": enter again to choose it"))


def _matches(words: list[str], haystack: str) -> bool:
    return all(word in haystack for word in words)


def _haystack(flavor: Flavor) -> str:
    parts = (flavor.name, flavor.pretty_name, flavor.cpu, flavor.ram, flavor.vram or "", flavor.family)
    return " ".join(parts).casefold()
