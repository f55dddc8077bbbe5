"""What is done to jobs, wherever they are shown: the table, one job, and the palette over both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from ..domain.job import Job
from ..domain.job_page import page_url
from ..domain.money import burn_usd_per_hour
from ..domain.rules import NO_JOB, lacks_ssh, why_not
from ..domain.text import safe
from ..keys import Action, action_by_id
from ..messages import (
    BrowseRequested,
    CancelRequested,
    JobTakenUp,
    RelabelRequested,
    RerunRequested,
    WatchRequested,
)
from ..presentation.job_titles import title
from ..presentation.owner_text import owners_words
from .base import DashboardScreen
from .opening import details_screen, message_dialog

if TYPE_CHECKING:
    from ..domain.labels import LabelEdit


class JobActions(DashboardScreen):
    """Each action asks which jobs it is about, says why it cannot be done, or does it to those very jobs."""

    JOB_SCOPE: Literal["jobs", "job"] = "job"
    """Whose keys they are: ids of actions begin with it."""

    @property
    def target_job(self) -> Job | None:
        """The one job that is looked at."""
        raise NotImplementedError

    @property
    def target_jobs(self) -> tuple[Job, ...]:
        """The jobs that an action on several is about: the marked ones, else the one looked at."""
        job = self.target_job
        return (job,) if job else ()

    @property
    def no_target(self) -> str:
        """Why there is no job to act on, when there is more to say than that."""
        return ""

    def taken_on(self) -> None:
        """An action on several jobs was agreed to."""

    def _reason(self, verb: str, job: Job) -> str | None:
        action = action_by_id(f"{self.JOB_SCOPE}.{verb}")
        return why_not(action.id, job, writes=action.writes, read_only=self.host.settings.read_only)

    def offered(self, listed: Iterable[Action]) -> Iterator[Action]:
        """All but what could only be refused where one job is shown; its key answers with the reason."""
        job = self.target_job
        for action in listed:
            if action.scope != "job" or job is None or self._reason(action.id.partition(".")[2], job) is None:
                yield action

    def the_one(self, verb: str) -> Job | None:
        """The job looked at, if this can be done to it; else says why not."""
        job = self.target_job
        reason = (self.no_target or NO_JOB) if job is None else self._reason(verb, job)
        if reason is not None:
            self.say(reason)
            return None
        return job

    def all_of_them(self, verb: str) -> tuple[Job, ...]:
        """Those of the jobs meant that this can be done to; says why of the others."""
        jobs = self.target_jobs
        if len(jobs) < 2 and jobs in ((), (self.target_job,)):
            job = self.the_one(verb)
            return (job,) if job else ()
        reasons = {job.id: self._reason(verb, job) for job in jobs}
        able = tuple(job for job in jobs if reasons[job.id] is None)
        if 0 < len(able) < len(jobs):
            why = next(filter(None, reasons.values()))
            self.say(f"{len(jobs) - len(able)} of {len(jobs)} marked jobs left out: {why}")
        if not able:
            reason = reasons[jobs[0].id]
            self.say(f"{reason}" if len(jobs) == 1 else f"none of the {len(jobs)} marked jobs: {reason}")
        return able

    # Reading

    def action_details_job(self) -> None:
        """Everything the Hub tells of the job."""
        if job := self.the_one("details"):
            self.app.push_screen(details_screen(job))

    def action_raw_job(self) -> None:
        """The same as the JSON it answered."""
        if job := self.the_one("raw"):
            self.app.push_screen(details_screen(job, raw=True))

    # Ending and starting

    def action_cancel_job(self) -> None:
        """Name the jobs in a dialog, and cancel those very ones if the answer is yes."""
        if not (jobs := self.all_of_them("cancel")):
            return
        from .count_dialogs import CancelManyDialog
        from .dialogs import CancelDialog

        burning = burn_usd_per_hour(jobs, self.host.catalogue)
        owners = owners_words([job.namespace for job in jobs], self.host.identity)
        dialog = CancelDialog(jobs[0]) if len(jobs) == 1 else CancelManyDialog(jobs, burning, owners)

        def answered(yes: bool | None) -> None:
            if yes:
                self.app.post_message(CancelRequested(jobs))
                self.taken_on()

        self.app.push_screen(dialog, answered)

    def action_rerun_job(self) -> None:
        """Name the jobs and their price in a dialog, and run them once more if the answer is yes."""
        if not (jobs := self.all_of_them("rerun")):
            return
        from .count_dialogs import RerunManyDialog
        from .dialogs import RerunDialog

        dialog = RerunDialog(jobs[0]) if len(jobs) == 1 else RerunManyDialog(jobs, self._price(jobs))

        def answered(yes: bool | None) -> None:
            if yes:
                self.app.post_message(RerunRequested(jobs))
                self.taken_on()

        self.app.push_screen(dialog, answered)

    def _price(self, jobs: Sequence[Job]) -> float | None:
        """Dollars an hour while all of them run; None when a price is not known."""
        total = 0.0
        for job in jobs:
            flavor = self.host.catalogue.get(job.flavor)
            if flavor is None or flavor.usd_per_hour is None:
                return None
            total += flavor.usd_per_hour
        return total

    def action_edit_job(self) -> None:
        """Compose a new job that begins as this one."""
        if job := self.the_one("edit"):
            self.app.post_message(JobTakenUp(job))

    # Changing

    def action_labels_job(self) -> None:
        """Edit name and labels, of several jobs those that all of them share."""
        if not (jobs := self.all_of_them("labels")):
            return
        from .labels_dialog import LabelsDialog

        def answered(edit: LabelEdit | None) -> None:
            if edit:
                self.app.post_message(RelabelRequested(jobs, edit))
                self.taken_on()

        self.app.push_screen(LabelsDialog(jobs), answered)

    def action_ports_job(self) -> None:
        """Ask which ports are to be open; opening one to anyone is asked once more."""
        if job := self.the_one("ports"):
            from .ports_dialog import ask_ports

            ask_ports(self.app, job)

    # Looking after

    def action_watch_job(self) -> None:
        """Call the user when the jobs end, or no longer."""
        if jobs := self.all_of_them("watch"):
            self.app.post_message(WatchRequested(jobs))

    # Going there

    def action_ssh_job(self) -> None:
        """Give the terminal to ssh until it ends."""
        job = self.target_job
        if job is not None and lacks_ssh(job) and not self.host.settings.read_only:
            from .ways_on import without_ssh

            why = "was started without SSH" if job.live else "has ended"
            text = f"This job {why}.\nEdit & rerun starts another like it that can be entered."
            self.app.push_screen(message_dialog(f"SSH into {safe(title(job))}", text, without_ssh(job)))
        elif job := self.the_one("ssh"):
            from .ssh import NO_KEY, open_ssh
            from .ways_on import without_key

            said = open_ssh(self.app, job)
            if said == NO_KEY:
                way = without_key(self.host.settings.endpoint)
                self.app.push_screen(message_dialog(f"SSH into {safe(title(job))}", said, way))
            elif said:
                self.say(said)

    def action_browse_job(self) -> None:
        """Open the job's page; where no browser can be seen, show its address and copy it."""
        if job := self.the_one("browse"):
            self.app.post_message(BrowseRequested(page_url(self.host.settings.endpoint, job)))

    # Copying

    def action_copy_id(self) -> None:
        """Put the ids on the clipboard, one a line."""
        if jobs := self.all_of_them("copy_id"):
            self.copy((safe(job.id) for job in jobs), safe(jobs[0].id), "ids")

    def action_copy_url(self) -> None:
        """Put the addresses of the pages on the clipboard, one a line."""
        if jobs := self.all_of_them("copy_url"):
            urls = [page_url(self.host.settings.endpoint, job) for job in jobs]
            self.copy(urls, urls[0], "addresses")

    def action_copy_command(self) -> None:
        """Put the commands that start the same jobs on the clipboard, one a line."""
        if jobs := self.all_of_them("copy_command"):
            from ..presentation.command_text import command_of

            user = self.host.identity.name if self.host.identity else ""
            self.copy((command_of(job, user) for job in jobs), "the hf command, secrets as names", "commands")
