"""Every dialog and picker, built as it stands before its last key, for what must hold of them all."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from textual.command import DiscoveryHit, Hits, Provider
from textual.screen import ModalScreen, Screen

import tui
from tests.domain.jobs import job
from tests.driver import Dashboard
from tui.domain.activity import Outcome, SentRequest
from tui.domain.hardware import bundled_catalogue
from tui.domain.identity import Identity, Payer
from tui.domain.schedule import ScheduledJob
from tui.screens.activity import EntryDialog
from tui.screens.columns import ColumnsDialog
from tui.screens.count_dialogs import CancelManyDialog, CountDialog, RerunManyDialog
from tui.screens.dialogs import CancelDialog, QuestionDialog, RerunDialog
from tui.screens.help import HelpScreen
from tui.screens.labels_dialog import LabelsDialog
from tui.screens.line_editor import LineEditor
from tui.screens.logs import LogsScreen
from tui.screens.logs_dialog import JoinedDialog
from tui.screens.message_dialog import MessageDialog, NoteDialog
from tui.screens.palette import Palette
from tui.screens.ports_dialog import PortsDialog, PublicPortsDialog
from tui.screens.save_dialog import SaveDialog
from tui.screens.schedule_dialogs import (
    DeleteManyDialog,
    DeleteScheduleDialog,
    RescheduleDialog,
    SuspendDialog,
    TriggerDialog,
)
from tui.screens.shelf_screen import ForgetDialog, NamePrompt, ShelfScreen
from tui.screens.submit_dialog import SubmitDialog
from tui.screens.too_small import TooSmallScreen
from tui.shelf import Shelf
from tui.spec.build import build
from tui.spec.draft import Draft
from tui.spec.job_spec import JobSpec
from tui.spec.parse import parse
from tui.widgets.dialog import Dialog
from tui.widgets.flavor_picker import FlavorPicker
from tui.widgets.log_marking import Part
from tui.widgets.payer_picker import PayerPicker

LINE = "hf jobs run python:3.12 python -V"
IN_GENERAL = {Dialog, QuestionDialog}
"""What others are made from: never shown as they are."""
NO_KEY_CLOSES = {TooSmallScreen}
"""Gone as soon as there is room again."""

Made = Callable[[Dashboard, Path], Screen[Any] | Awaitable[Screen[Any]]]


@dataclass(frozen=True)
class Ready:
    """How to make a dialog, and what is typed into it before a key may close it."""

    made: Made
    typed: str = ""


class OneCommand(Provider):
    """A palette with one command, which does nothing; how often it was run is counted by the palette."""

    runs = 0

    async def discover(self) -> Hits:
        yield DiscoveryHit("nothing", self.run, text="nothing")

    async def search(self, query: str) -> Hits:
        async for hit in self.discover():
            yield hit

    @classmethod
    def run(cls) -> None:
        cls.runs += 1


def _schedule() -> ScheduledJob:
    return ScheduledJob("a" * 24, "@daily", namespace="ada", what=job(1))


def _request() -> SentRequest:
    return SentRequest(
        1, datetime.now(UTC), "cancel", "POST", "/api", Outcome.DONE, 200, "", 0.1, "hf jobs ls"
    )


def _identity() -> Identity:
    return Identity(Payer("ada", "user", True), (Payer("acme", "org", True),))


def _spec(t: Dashboard) -> JobSpec:
    draft = parse(LINE).draft
    assert draft is not None
    built = build(draft, t.app.environment)
    assert isinstance(built, JobSpec)
    return built


def _shelf(t: Dashboard, folder: Path) -> Screen[Any]:
    shelf = Shelf(folder)
    if not shelf.presets():
        shelf.keep_preset("one", Draft(image="python:3.12"))
        shelf.keep_preset("two", Draft(image="python:3.13"))
    return ShelfScreen(shelf)


async def _joined(t: Dashboard, _folder: Path) -> Screen[Any]:
    page = LogsScreen([job(1), job(2)], coloured=True)
    await t.app.push_screen(page)
    return JoinedDialog(page)


READY: dict[type[ModalScreen[Any]], Ready] = {
    CancelDialog: Ready(lambda t, _: CancelDialog(job())),
    CancelManyDialog: Ready(lambda t, _: CancelManyDialog([job(1), job(2)], 1.0), "2"),
    ColumnsDialog: Ready(lambda t, _: ColumnsDialog(t.table)),
    CountDialog: Ready(lambda t, _: CountDialog("Do it?", [job(1), job(2)], "It is done."), "2"),
    DeleteManyDialog: Ready(lambda t, _: DeleteManyDialog([_schedule(), _schedule()]), "2"),
    DeleteScheduleDialog: Ready(lambda t, _: DeleteScheduleDialog(_schedule())),
    EntryDialog: Ready(lambda t, _: EntryDialog(_request())),
    FlavorPicker: Ready(lambda t, _: FlavorPicker(bundled_catalogue(), "cpu-basic")),
    ForgetDialog: Ready(lambda t, _: ForgetDialog("one")),
    HelpScreen: Ready(lambda t, _: HelpScreen(("jobs",))),
    JoinedDialog: Ready(_joined),
    LabelsDialog: Ready(lambda t, _: LabelsDialog([job()])),
    LineEditor: Ready(lambda t, _: LineEditor(LINE)),
    MessageDialog: Ready(lambda t, _: MessageDialog("It failed", "because")),
    NamePrompt: Ready(lambda t, _: NamePrompt("A name?", "one", lambda name: "")),
    NoteDialog: Ready(lambda t, _: NoteDialog("A note", "to read")),
    Palette: Ready(lambda t, _: Palette(providers=[OneCommand])),
    PayerPicker: Ready(lambda t, _: PayerPicker(_identity(), "ada")),
    PortsDialog: Ready(lambda t, _: PortsDialog(job(ports=(8000,)))),
    PublicPortsDialog: Ready(lambda t, _: PublicPortsDialog(job(), (8000,))),
    RerunDialog: Ready(lambda t, _: RerunDialog(job())),
    RerunManyDialog: Ready(lambda t, _: RerunManyDialog([job(1), job(2)], 1.0), "2"),
    RescheduleDialog: Ready(lambda t, _: RescheduleDialog(_schedule(), "@daily")),
    SaveDialog: Ready(lambda t, folder: SaveDialog(str(folder / "a.log"), (Part.ALL,))),
    ShelfScreen: Ready(_shelf),
    SuspendDialog: Ready(lambda t, _: SuspendDialog([_schedule()], suspend=True)),
    SubmitDialog: Ready(lambda t, _: SubmitDialog(_spec(t), "ada")),
    TooSmallScreen: Ready(lambda t, _: TooSmallScreen()),
    TriggerDialog: Ready(lambda t, _: TriggerDialog(_schedule())),
}


def every_modal() -> set[type[ModalScreen[Any]]]:
    """Every modal screen of the program, however deep it is hidden."""
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return {one for one in _below(ModalScreen) if one.__module__.startswith("tui.")}


def _below(base: type[Any]) -> Iterator[type[Any]]:
    for one in base.__subclasses__():
        yield one
        yield from _below(one)
