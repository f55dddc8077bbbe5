"""The part of the application behind what is done to jobs: asked, shown at once, told how it went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.reactive import reactive

from .composing import ComposingApp
from .domain.job import Ending
from .domain.pending import Pending
from .domain.snapshot import Snapshot, newly_ended
from .domain.text import safe, short_id
from .domain.units import plural
from .keys import action_by_id
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
    from .domain.errors import HubError
    from .domain.identity import Identity
    from .domain.job import Job
    from .domain.schedule import ScheduledJob
    from .screens.details_page import DetailsPage
    from .screens.ways_on import Way

CANCEL, LABELS = "cancel", "labels"


class ActingApp(ComposingApp, inherit_bindings=False):
    """Holds the jobs as the Hub told them, and as the screens show them."""

    snapshot: reactive[Snapshot] = reactive(Snapshot(), repaint=False, init=False)
    """The jobs as they will be once what is pending is done."""
    watched: reactive[frozenset[str]]
    identity: reactive[Identity | None]

    _told = Snapshot()
    _pending = Pending()
    _cancels: Mapping[str, bool] = {}
    """Jobs the user has cancelled whose end has not been said: id to whether it was cancelled alone."""

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
        before = self.snapshot
        self.hold(self._told.merged(jobs))
        if before.remembered_at is None:
            self.tell_news(newly_ended(before, self.snapshot))

    def tell_news(self, ended: Sequence[Job]) -> None:
        """Say which jobs have ended: what the user has done is no news to them."""
        own = [job for job in ended if job.id in self._cancels and job.ending is Ending.CANCELED]
        self.tell_ends([job for job in ended if job not in own])
        for job in own:
            self._say_cancelled(job)

    def tell_ends(self, ended: Sequence[Job]) -> None:
        """Say which jobs have ended."""

    def _say_cancelled(self, job: Job) -> None:
        """Say once that a job was cancelled; of several it is said how many, when all are done."""
        alone = self._cancels.get(job.id, False)
        self._forget_cancel(job.id)
        self.watched -= {job.id}
        if alone:
            self.notify(f"Canceled {safe(title(job))} ({short_id(job.id)})", markup=False)

    def _forget_cancel(self, job_id: str) -> None:
        self._cancels = {key: alone for key, alone in self._cancels.items() if key != job_id}

    def _expect(self, pending: Pending) -> None:
        self._pending = pending
        self.hold(self._told)

    # Wishes

    @on(CancelRequested)
    def _cancel_requested(self, message: CancelRequested) -> None:
        alone = len(message.jobs) == 1
        self._cancels = {**self._cancels, **{job.id: alone for job in message.jobs}}
        self._expect(self._pending.cancel(job.id for job in message.jobs))
        self.backend.cancel(message.jobs)

    @on(RerunRequested)
    def _rerun_requested(self, message: RerunRequested) -> None:
        self._cursor_then = self.cursor_in_table
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
        self.watched |= {job.id}
        left_form = not message.again and self.composed_job_sent(job.name)
        if left_form:
            self.go_home()
        if not message.one_of_many:
            if left_form or self.cursor_in_table == self._cursor_then:
                self.show_in_table(job)
            self.notify(f"submitted {safe(title(job))}{self._way_to_log(job)}", markup=False)
        if message.differences:
            text = "\n".join(message.differences)
            self.push_screen(message_dialog("The Hub took another job than was asked for", text))

    def _way_to_log(self, job: Job) -> str:
        """How to get to its log from here."""
        if self.cursor_in_table != job.id:
            return ""
        key = action_by_id("jobs.logs").key
        if len(self.screen_stack) == 1:
            return f": {key} opens its log"
        return f": {action_by_id('app.jobs').key} {key} opens its log"

    def show_in_table(self, job: Job) -> None:
        """Put the cursor of the table on a job."""

    @on(JobChanged)
    def _job_changed(self, message: JobChanged) -> None:
        job = message.job
        if message.action == LABELS:
            self._pending = self._pending.not_labelling(job.id)
        if message.action != CANCEL or job.live:
            self.learn([job])
            return
        self._expect(self._pending.end(job))
        if message.done and job.ending is Ending.CANCELED:
            self._say_cancelled(job)
        else:  # it had ended by itself: a dialog says so
            self._forget_cancel(job.id)
            self.watched -= {job.id}

    @on(ActionFailed)
    def _action_failed(self, message: ActionFailed) -> None:
        error, job = message.error, message.job
        form_holds_it = False
        if job is None:
            form_holds_it = self.composed_job_refused(error)
        elif message.action == CANCEL:
            self._forget_cancel(job.id)
            self._expect(self._pending.not_cancelling(job.id))
        elif message.action == LABELS:
            self._expect(self._pending.not_labelling(job.id))
        about = f"{message.action} {safe(title(job))}" if job else message.action
        reason = "\n".join(part for part in (error.detail, error.advice) if part)
        ways = self.ways_on(error, self.payer_asked if job is None else job.namespace, job=job)
        if not form_holds_it:
            ways = [way for way in ways if way.verb != "payer"]
        self.tell(f"{about}: {error.short}", error.sentences(), reason, ways)
        if error.outcome_unclear:
            self.backend.jobs.refresh()

    def ways_on(
        self,
        error: HubError,
        payer: str,
        *,
        job: Job | None = None,
        schedule: ScheduledJob | None = None,
    ) -> Sequence[Way]:
        """What can be done about a refusal."""
        from .screens.ways_on import after_refusal

        identity, endpoint = self.identity, self.settings.endpoint
        return after_refusal(
            error, payer=payer, identity=identity, endpoint=endpoint, job=job, schedule=schedule
        )

    def tell(self, about: str, text: str, reason: str = "", ways: Sequence[Way] = ()) -> None:
        """Say what did not go as asked in a dialog; in the one that is open when there is one."""
        from .screens.message_dialog import MessageDialog

        if type(self.screen) is MessageDialog:
            self.screen.add(about, text, reason)
        else:
            self.push_screen(MessageDialog(about, text, reason, ways))

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
        for screen in self.details_of(message.job.id):
            screen.when_whole(screen.show_answer, message.answer)

    @on(JobNotTold)
    def _job_not_told(self, message: JobNotTold) -> None:
        for screen in self.details_of(message.job_id):
            screen.when_whole(screen.show_failure, message.error)

    def details_of(self, subject_id: str) -> Iterator[DetailsPage]:
        """The pages that show all of this job or scheduled job."""
        from .screens.details_page import DetailsPage

        for screen in self.screen_stack:
            if isinstance(screen, DetailsPage) and screen.subject_id == subject_id:
                yield screen

    @on(ActionsEnded)
    def _actions_ended(self, message: ActionsEnded) -> None:
        done, total = message.done, message.total
        if not done:
            return  # it is all in the dialog
        if message.action == CANCEL:
            words = f"Canceled {done} of {plural(total, 'job')}" if done < total else f"Canceled {done} jobs"
        else:
            words = f"{message.action}: {done} of {total} done"
        self.notify(words, markup=False)
