"""Choosing who owns the job and pays for it, among the accounts the token knows."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ..domain.identity import Identity, Payer
from ..domain.text import safe
from ..presentation.job_text import toned
from .dialog import Dialog
from .pick_list import PickList


class PayerPicker(Dialog[str | None]):
    """Closes with the namespace, or None. Any other name can still be typed in the field."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "leave", show=False)]
    AUTO_FOCUS = "OptionList"

    def __init__(self, identity: Identity, chosen: str, refused: str = "") -> None:
        """The cursor begins on what is chosen, or on the first that may do instead of a `refused` one."""
        super().__init__()
        self._payers = (identity.user, *identity.organisations)
        others = [one.name for one in self._payers if one.name != refused and one.can_pay is not False]
        self._chosen = others[0] if refused and others else chosen or identity.name

    def compose(self) -> ComposeResult:
        with Vertical(id="payers") as box:
            box.border_title = Content("Who pays")
            box.border_subtitle = Content("enter chooses, esc leaves")
            yield PickList(*(Option(payer_row(payer), id=payer.name) for payer in self._payers), markup=False)

    def on_mount(self) -> None:
        names = [payer.name for payer in self._payers]
        if self._chosen in names:
            self.query_one(OptionList).highlighted = names.index(self._chosen)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)


def payer_row(payer: Payer) -> Content:
    """A name, what it is, and whether it can pay as far as the Hub says."""
    kind = "organisation" if payer.kind == "org" else "you"
    plan = f", {safe(payer.plan)}" if payer.plan else ""
    can = {True: toned("can pay", "good"), False: toned("cannot pay", "bad"), None: toned("", "plain")}
    return Content.assemble(
        Content(f" {safe(payer.name):<26}"), toned(f"{kind + plan:<24}", "dim"), can[payer.can_pay]
    )
