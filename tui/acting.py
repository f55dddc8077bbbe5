"""The part of the application behind what is done to jobs: asked, shown at once, told how it went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.reactive import reactive

from .composing import ComposingApp
from .domain.pending import Pending
from .domain.snapshot import Snapshot, newly_ended
from .domain.text import safe
from .messages import (
    ActionFailed,
    ActionsEnded,
    CancelRequested,
    DetailsWanted,
    ExposeRequested,
    JobChanged,
    JobCreated,
    JobNotTold,
    JobTold,
    LabelsWritten,
    PortsChanged,
    RelabelRequested,
    RerunRequested,
)
from .presentation.job_text import ports_words
from .presentation.job_titles import title
from .presentation.label_text import change_words, conflict_words
from .screens.opening import message_dialog

if TYPE_CHECKING:
    from .domain.job import Job
    from .screens.details import DetailsScreen

CANCEL, LABELS = "cancel", "labels"


class ActingApp(ComposingApp, inherit_bindings=False):
    """Holds the jobs as the Hub told them, and as the screens show them."""

    snapshot: reactive[Snapshot] = reactive(Snapshot(), repaint=False, init=False)
    """The jobs as they will be once what is pending is done."""
    watched: reactive[frozenset[str]]

    _told = Snapshot()
    _pending = Pending()

    def begin_with(self, remembered: Snapshot) -> None:
        """Show these jobs in the first paint."""
        self._told = remembered
        self.set_reactive(ActingApp.snapshot, remembered)

    def hold(self, snapshot: Snapshot) -> None:
        """Take these jobs for the truth, and show them with what is pending over them."""
        self._told = snapshot
        self._pending = self._pending.open_in(snapshot)
        self.snapshot = self._pending.over(snapshot)

    def learn(self, jobs: Iterable[Job]) -> None:
        """Put in jobs as the Hub has just answered them, and tell of those that have ended by it."""
        before = self._told
        self.hold(before.merged(jobs))
        if before.remembered_at is None:
            self.tell_ends(newly_ended(before, self._told))

    def tell_ends(self, ended: Sequence[Job]) -> None:
        """Say which jobs have ended."""

    def _expect(self, pending: Pending) -> None:
        self._pending = pending
        self.hold(self._told)

    # Wishes

    @on(CancelRequested)
    def _cancel_requested(self, message: CancelRequested) -> None:
        self._expect(self._pending.cancel(job.id for job in message.jobs))
        self.backend.cancel(message.jobs)

    @on(RerunRequested)
    def _rerun_requested(self, message: RerunRequested) -> None:
        self.backend.rerun(message.jobs)

    @on(RelabelRequested)
    def _relabel_requested(self, message: RelabelRequested) -> None:
        edit = message.edit
        self._expect(self._pending.relabel({job.id: edit.over(job.labels) for job in message.jobs}))
        self.backend.relabel(message.jobs, edit)

    @on(ExposeRequested)
    def _expose_requested(self, message: ExposeRequested) -> None:
        self.backend.expose(message.job, message.edit)

    # How it went

    @on(JobCreated)
    def _job_created(self, message: JobCreated) -> None:
        job = message.job
        self.learn([job])
        self.backend.jobs.merge(job)
        self.watched |= {job.id}
        if not message.again:
            self.composed_job_sent(job.name)
        if not message.one_of_many:
            self.call_after_refresh(self.show_in_table, job)
            self.notify(f"submitted {safe(title(job))}", markup=False)
        if message.differences:
            text = "\n".join(message.differences)
            self.push_screen(message_dialog("The Hub took another job than was asked for", text))

    def show_in_table(self, job: Job) -> None:
        """Put the cursor on a job, if the table is what is looked at."""

    @on(JobChanged)
    def _job_changed(self, message: JobChanged) -> None:
        if message.action == LABELS:
            self._pending = self._pending.not_labelling(message.job.id)
        if message.action == CANCEL and not message.job.live:  # the user's own doing calls nobody
            self.watched -= {message.job.id}
            self.hold(self._told.merged([message.job]))
        else:
            self.learn([message.job])
        self.backend.jobs.merge(message.job)

    @on(ActionFailed)
    def _action_failed(self, message: ActionFailed) -> None:
        error, job = message.error, message.job
        if job is None:
            self.composed_job_refused(error)
        elif message.action == CANCEL:
            self._expect(self._pending.not_cancelling(job.id))
        elif message.action == LABELS:
            self._expect(self._pending.not_labelling(job.id))
        about = f"{message.action} {safe(title(job))}" if job else message.action
        reason = "\n".join(part for part in (error.detail, error.advice) if part)
        self.tell(f"{about}: {error.short}", error.sentences(), reason)
        if error.outcome_unclear:
            self.backend.jobs.refresh()

    def tell(self, about: str, text: str, reason: str = "") -> None:
        """Say what did not go as asked in a dialog; in the one that is open when there is one."""
        from .screens.message_dialog import MessageDialog

        if type(self.screen) is MessageDialog:
            self.screen.add(about, text, reason)
        else:
            self.push_screen(MessageDialog(about, text, reason))

    @on(LabelsWritten)
    def _labels_written(self, message: LabelsWritten) -> None:
        about = f"labels of {safe(title(message.job))}"
        if not message.one_of_many:
            self.notify(f"{about}: {change_words(message.merge)}", markup=False)
        if others := conflict_words(message.merge):
            self.tell(about, others)

    @on(PortsChanged)
    def _ports_changed(self, message: PortsChanged) -> None:
        job = message.job
        self.notify(f"ports of {safe(title(job))}: {ports_words(job)}", timeout=10, markup=False)
        if message.beside:
            self.tell(f"ports of {safe(title(job))}", f"Somebody else changed them too: {ports_words(job)}")

    # Details

    @on(DetailsWanted)
    def _details_wanted(self, message: DetailsWanted) -> None:
        self.backend.tell_job(message.job)

    @on(JobTold)
    def _job_told(self, message: JobTold) -> None:
        self.learn([message.job])
        for screen in self._details_of(message.job.id):
            screen.show_answer(message.answer)

    @on(JobNotTold)
    def _job_not_told(self, message: JobNotTold) -> None:
        for screen in self._details_of(message.job_id):
            screen.show_failure(message.error)

    def _details_of(self, job_id: str) -> Iterator[DetailsScreen]:
        from .screens.details import DetailsScreen

        for screen in self.screen_stack:
            if isinstance(screen, DetailsScreen) and screen.job_id == job_id:
                yield screen

    @on(ActionsEnded)
    def _actions_ended(self, message: ActionsEnded) -> None:
        if message.done:  # else it is all in the dialog
            self.notify(f"{message.action}: {message.done} of {message.total} done", markup=False)
