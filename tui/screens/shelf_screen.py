"""Presets and the last submissions: choose one to fill the form from, rename a preset or delete it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from ..domain.text import safe
from ..presentation.job_text import toned
from ..presentation.spec_text import command_block
from ..shelf import Kept, Shelf, ShelfError
from ..spec.draft import Draft
from ..widgets.dialog import Dialog
from ..widgets.keys_in_order import OrderedInput
from ..widgets.pick_list import PickList
from .dialogs import QuestionDialog


class ForgetDialog(QuestionDialog):
    """Deletes exactly the preset it names."""

    yes_label = "yes, delete it"

    def __init__(self, name: str) -> None:
        super().__init__("Delete this preset?")
        self._preset_name = name

    def body(self) -> Content:
        return Content.styled(safe(self._preset_name), "bold")


class NamePrompt(Dialog[str | None]):
    """Asks for a name and closes once `keep` has taken it; what it answers else is the fault shown."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "leave", show=False)]
    AUTO_FOCUS = "Input"

    def __init__(self, question: str, name: str, keep: Callable[[str], str]) -> None:
        super().__init__()
        self._question, self._suggested, self._keep = question, name, keep

    def compose(self) -> ComposeResult:
        with Vertical(id="name-prompt") as box:
            box.border_title = Content(self._question)
            box.border_subtitle = Content("enter keeps it, esc leaves")
            yield OrderedInput(self._suggested, placeholder="a name", compact=True)
            yield Static(id="name-fault", markup=False)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        name = event.value.strip()
        if fault := self._keep(name):
            self.query_one("#name-fault", Static).update(Content(safe(fault)))
        else:
            self.dismiss(name)


def save_preset(screen: Screen[None], shelf: Shelf, draft: Draft, suggested: str) -> None:
    """Ask for a name and keep the draft under it."""

    def keep(name: str) -> str:
        try:
            shelf.keep_preset(name, draft)
        except ShelfError as error:
            return str(error)
        return ""

    def named(name: str | None) -> None:
        if name:
            screen.notify(f"saved the preset {name}, secrets by name only", markup=False)

    screen.app.push_screen(NamePrompt("Save as a preset", suggested, keep), named)


class ShelfScreen(Dialog[Draft | None]):
    """Closes with the draft that was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "leave", show=False),
        Binding("d,delete", "forget", "delete", show=False),
        Binding("r,f2", "rename", "rename", show=False),
    ]
    AUTO_FOCUS = "OptionList"

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        self._kept: dict[str, Kept] = {}
        self._presets: set[str] = set()

    def compose(self) -> ComposeResult:
        with Vertical(id="shelf") as box:
            box.border_title = Content("Presets and last submissions")
            box.border_subtitle = Content("enter fills the form, r renames, d deletes, esc leaves")
            yield PickList(markup=False)
            yield Static(id="shelf-shown", markup=False)

    def on_mount(self) -> None:
        self._fill()
        options = self.query_one(OptionList)
        options.highlighted = next((n for n, option in enumerate(options.options) if option.id), None)

    def _fill(self, name: str = "") -> None:
        """List what is there, the cursor on the preset of this name; else on none, till it is moved."""
        presets, submissions = self._shelf.presets(), self._shelf.submissions()
        self._kept = {str(kept.path): kept for kept in (*presets, *submissions)}
        self._presets = {str(kept.path) for kept in presets}
        options = self.query_one(OptionList)
        options.clear_options()
        for title, group in (("Presets", presets), ("Last submissions", submissions)):
            options.add_option(Option(Content.styled(title, "bold $text-accent"), disabled=True))
            if not group:
                options.add_option(Option(toned("  none yet", "dim"), disabled=True))
            options.add_options(Option(_row(kept), id=str(kept.path)) for kept in group)
        path = next((str(kept.path) for kept in presets if kept.name == name), "")
        options.highlighted = options.get_option_index(path) if path else None
        self.query_one("#shelf-shown", Static).update("")

    def _highlighted(self) -> Kept | None:
        options = self.query_one(OptionList)
        if options.highlighted is None:
            return None
        return self._kept.get(options.get_option_at_index(options.highlighted).id or "")

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        kept = self._highlighted()
        shown = self.query_one("#shelf-shown", Static)
        if kept is not None:
            shown.update(command_block(kept.draft) if kept.draft else Content(safe(kept.fault)))

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        kept = self._highlighted()
        if kept is not None and kept.draft is not None:
            self.dismiss(kept.draft)

    def _preset(self) -> Kept | None:
        kept = self._highlighted()
        if kept is None:
            self.notify("no preset under the cursor", severity="warning", markup=False)
            return None
        if str(kept.path) not in self._presets:
            self.notify("only presets are renamed or deleted", severity="warning", markup=False)
            return None
        return kept

    def action_forget(self) -> None:
        kept = self._preset()

        def answered(yes: bool | None) -> None:
            if yes and kept is not None and not self._try(lambda: self._shelf.forget_preset(kept.name)):
                self._fill()
                self.notify(f"deleted the preset {safe(kept.name)}", markup=False)

        if kept is not None:
            self.app.push_screen(ForgetDialog(kept.name), answered)

    def action_rename(self) -> None:
        kept = self._preset()
        if kept is not None:
            name = kept.name
            prompt = NamePrompt(
                "Rename the preset", name, lambda new: self._try(lambda: self._shelf.rename_preset(name, new))
            )
            self.app.push_screen(prompt, lambda new: self._fill(new or name))

    def _try(self, change: Callable[[], None]) -> str:
        """Do it; why it could not be done, empty when it was."""
        try:
            change()
        except ShelfError as error:
            return str(error)
        return ""


def _row(kept: Kept) -> Content:
    if kept.draft is None:
        return Content.assemble(Content(f"  {safe(kept.name):<34}"), toned("cannot be read", "bad"))
    draft = kept.draft
    stamp, _, job = kept.name.partition(" ")
    is_submission = len(stamp) > 14 and stamp[8:9] == "T"
    name = job if is_submission else kept.name
    when = f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]} {stamp[9:11]}:{stamp[11:13]} UTC" if is_submission else ""
    what = draft.script or draft.image or draft.space or draft.command
    return Content.assemble(
        Content(f"  {safe(name)[:30]:<31}"), toned(f"{safe(draft.flavor):<15}", "dim"),
        toned(when or safe(what)[:24], "dim"),
    )  # fmt: skip
