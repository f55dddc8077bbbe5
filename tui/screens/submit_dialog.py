"""The last question before money is spent: who pays, for what hardware, for how long, how much at most."""

from __future__ import annotations

from textual.content import Content

from ..domain.text import safe
from ..presentation.job_text import labelled
from ..presentation.spec_text import confirmation_rows
from ..spec.job_spec import JobSpec
from .dialogs import QuestionDialog

MOST_COLUMNS = 72


class SubmitDialog(QuestionDialog):
    """Takes `y`; it destroys nothing, so it listens at once."""

    yes_label = "yes, submit it"

    def __init__(self, spec: JobSpec, namespace: str) -> None:
        super().__init__("Submit this job?")
        self._spec, self._namespace = spec, namespace

    def body(self) -> Content:
        rows = confirmation_rows(self._spec, self._namespace, self.host.catalogue, self.host.identity)
        columns = min(MOST_COLUMNS, self.app.size.width * 8 // 10)  # as in app.tcss
        return labelled([(label, safe(text), "plain") for label, text in rows], columns=columns)
