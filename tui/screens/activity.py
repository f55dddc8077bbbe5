"""Activity: every request of this session that writes, its answer, and the `hf` command like it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from ..domain.activity import MOST_REMEMBERED, Outcome, SentRequest
from ..domain.units import plural
from ..keys import Action, Scope, bindings
from ..presentation.activity_columns import activity_columns, activity_fields, request_facts
from ..presentation.list_status import list_status
from ..widgets.dialog import Dialog
from ..widgets.list_table import ListTable
from ..widgets.live_table import LiveTable
from .table_screen import TableScreen

if TYPE_CHECKING:
    from textual.app import App

    from .host import Host

NOTHING_SENT = (
    "Nothing was sent yet.\n\n"
    "What you submit, cancel, rerun, label or schedule is listed here: the request, the answer of the Hub, "
    "and the hf command that does the same."
)


class ActivityScreen(TableScreen[SentRequest]):
    """The newest first; kept for this session only."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("activity", "list", "move")
    BINDINGS = bindings("activity", "list")
    TITLE_WORDS = "Activity"
    FILTER_HINT = "words like cancel or 503  answer:refused  time:<10m  -word leaves out"
    WATCHED = ("activity",)

    def make_table(self) -> ListTable[SentRequest]:
        return ListTable(
            activity_columns(),
            self.host.clock,
            activity_fields(),
            sort=("time", False),
            settling=True,
            ascii_only=self.host.settings.ascii,
        )

    def show_rows(self) -> None:
        self.table.show_all({str(request.number): request for request in self.host.activity})

    def facts_of(self, row: SentRequest, columns: int) -> Content:
        return request_facts(row, columns=columns)

    def status(self, mistake: str) -> Content:
        table, sent = self.table, self.host.activity
        counts = Counter(request.outcome.value for request in sent)
        warnings = counts[Outcome.WARNED.value]
        parts = [
            plural(len(sent) - warnings, "request"),
            *(f"{count} {word}" for word, count in counts.items()),
        ]
        if len(sent) == MOST_REMEMBERED:
            parts.append("older ones are gone")
        return list_status(
            " · ".join(parts) if sent else "",
            filter_text=table.filter_text,
            sorted_by=table.sort_out_of_sight,
            shown=table.shown_count or not sent,
            mistake=mistake,
        )

    def blank_words(self) -> Content | None:
        read_only = "\n\nread-only: nothing will be sent." if self.host.settings.read_only else ""
        return Content(NOTHING_SENT + read_only)

    def offered(self, listed: Iterable[Action]) -> Iterator[Action]:
        row = self.table.cursor_row
        for action in listed:
            if action.scope != "activity" or (row and (row.hf_line or action.id != "activity.copy")):
                yield action

    @on(LiveTable.RowOpened)
    def action_open_entry(self) -> None:
        if (row := self.table.cursor_row) is None:
            self.say("nothing was sent yet")
        else:
            self.app.push_screen(EntryDialog(row))

    def action_copy_line(self) -> None:
        if (row := self.table.cursor_row) is None:
            self.say("nothing was sent yet")
        else:
            copy_line(self.app, row)


class EntryDialog(Dialog[None]):
    """One request in full."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "close", "close", show=False),
        Binding("y", "copy_line", "copy", show=False),
    ]
    AUTO_FOCUS = "#close"

    def __init__(self, request: SentRequest) -> None:
        super().__init__()
        self._request = request

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as box:
            box.border_title = Content("What was sent")
            width = min(90, self.app.size.width - 14)
            yield Static(request_facts(self._request, columns=width), id="message", markup=False)
            with Horizontal(id="buttons"):
                yield Button(Content("Close (esc)"), id="close", compact=True)
                yield Button(Content("y = copy the hf line"), id="copy", compact=True)

    @on(Button.Pressed, "#close")
    def action_close(self) -> None:
        self.dismiss()

    @on(Button.Pressed, "#copy")
    def action_copy_line(self) -> None:
        copy_line(self.app, self._request)


def copy_line(app: App[object], request: SentRequest) -> None:
    """Put the `hf` command on the clipboard, also over SSH (OSC 52), and say so."""
    if not request.hf_line:
        app.notify("there is no hf command for this request", severity="warning", markup=False)
        return
    said = "copied the hf command, values of variables and secrets left out"
    cast("Host", app).copy(request.hf_line, said)
