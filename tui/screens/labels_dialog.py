"""Name and labels as lines of text, of one job or of several at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from ..domain.job import Job
from ..domain.labels import LabelEdit, shared_labels, unlike_keys
from ..domain.text import safe
from ..keys import bindings
from ..presentation.job_text import toned
from ..presentation.job_titles import title
from ..spec.checks import RefusedError
from ..spec.label_lines import label_lines, read_edit
from ..widgets.dialog import Dialog
from ..widgets.keys_in_order import OrderedText

MOST_KEYS = 8


class LabelsDialog(Dialog[LabelEdit | None]):
    """Closes with what is different from the labels it was opened with; stays open while that cannot be."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("form")
    AUTO_FOCUS = "TextArea"

    def __init__(self, jobs: Sequence[Job]) -> None:
        super().__init__()
        self._jobs = tuple(jobs)
        labels = [job.labels for job in jobs]
        self._labels = shared_labels(labels)
        self._unlike = unlike_keys(labels, self._labels)

    def compose(self) -> ComposeResult:
        count = len(self._jobs)
        whose = safe(title(self._jobs[0])) if count == 1 else f"{count} jobs"
        with Vertical(id="labels-prompt") as box:
            box.border_title = Content(f"Name and labels of {whose}")
            box.border_subtitle = Content("ctrl+s saves · esc leaves")
            yield OrderedText(
                label_lines(self._labels),
                compact=True,
                highlight_cursor_line=False,
            )
            yield Static(self._hint(), id="labels-hint", markup=False)
            yield Static(id="labels-fault", markup=False)

    def _hint(self) -> Content:
        """What the lines mean; of several jobs also what is not shown."""
        words = "One label a line, like team=ml; name= names the job. A line taken out is a label removed."
        if len(self._jobs) > 1:
            words = (
                "What all of them are labelled with, a line each, like team=ml. Changes go to each of them."
            )
        if self._unlike:
            more = f" and {len(self._unlike) - MOST_KEYS} more" if len(self._unlike) > MOST_KEYS else ""
            words += (
                f"\nNot shared, and left as they are: {', '.join(map(safe, self._unlike[:MOST_KEYS]))}{more}"
            )
        return toned(words, "dim")

    def on_mount(self) -> None:
        text = self.query_one(TextArea)
        text.move_cursor(text.document.end)

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self._read()

    def _read(self) -> LabelEdit | None:
        """The edit as it stands; None, and why, while it cannot be sent."""
        fault, edit = "", None
        try:
            edit = read_edit(self.query_one(TextArea).text, self._labels)
        except RefusedError as refusal:
            fault = str(refusal)
        self.query_one("#labels-fault", Static).update(Content(safe(fault)))
        return edit

    def action_save(self) -> None:
        """Close with the edit, if it can be sent."""
        edit = self._read()
        if edit is not None:
            self.dismiss(edit)

    def action_leave(self) -> None:
        """Close; nothing is changed."""
        self.dismiss(None)
