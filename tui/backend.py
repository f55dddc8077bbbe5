"""The hub thread with its client and feeds: everything of the application that talks to the Hub."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .domain.job import Job
from .feeds.activity import ActivityFeed
from .feeds.answers import answered_job
from .feeds.introduction import introduce
from .feeds.jobs_feed import JobsFeed
from .feeds.setup_file import keep_setup
from .hub.client import HubClient
from .hub.thread import HubThread

if TYPE_CHECKING:
    from textual.message import Message

    from .domain.labels import LabelEdit
    from .domain.log_excerpt import Excerpt
    from .domain.ports import PortsEdit
    from .domain.schedule import ScheduledJob
    from .feeds.log_feed import LogFeed
    from .feeds.log_memory import LogMemory
    from .feeds.row_memory import RowMemory
    from .feeds.schedule_actions import ScheduleActions
    from .feeds.schedule_feed import ScheduleFeed
    from .feeds.submission import Submission
    from .presentation.table_setup import TableSetup
    from .spec.job_spec import JobSpec


class Backend:
    """Started once the application can take messages; every call here returns at once.

    What the jobs table does not need is imported when it is first used: every start would pay for it.
    """

    def __init__(
        self,
        thread: HubThread,
        client: HubClient,
        *,
        namespace: str,
        refresh_seconds: float | None,
        memory: RowMemory | None = None,
        setup_file: Path | None = None,
        log_memory: LogMemory | None = None,
    ) -> None:
        self._thread = thread
        self._setup_file = setup_file
        self._client = client
        self._post: Callable[[Message], object] = lambda message: None
        self._namespaces = (namespace,) if namespace else None
        self.jobs = JobsFeed(
            client,
            self._deliver,
            namespaces=self._namespaces,
            refresh_seconds=refresh_seconds,
            memory=memory,
        )
        self._log_memory = log_memory
        self._submissions: list[Submission] = []
        self._started = False
        self.last_words: list[str] | None = None
        """Once it has been left: a line for each submit whose outcome nobody knows."""
        activity = ActivityFeed(client, self._deliver)
        client.tell_writes(activity.tell)
        client.tell_warnings(activity.warn)

    @cached_property
    def logs(self) -> LogFeed:
        """The logs that are open."""
        from .feeds.log_feed import LogFeed

        return LogFeed(self._client, self._deliver, self._thread, memory=self._log_memory)

    @cached_property
    def schedules(self) -> ScheduleActions:
        """What can be done to scheduled jobs."""
        from .feeds.schedule_actions import ScheduleActions

        return ScheduleActions(self._client, self._schedule_feed, self._deliver)

    @cached_property
    def _schedule_feed(self) -> ScheduleFeed:
        from .feeds.schedule_feed import ScheduleFeed

        return ScheduleFeed(self._client, self._deliver, namespaces=self._namespaces)

    def _deliver(self, message: Message) -> None:
        """Post it; the list of jobs learns what it says of one before anything else is told.

        A list asked for before the Hub answered an action would bring the old state back after the answer.
        """
        self._post(message)
        if (job := answered_job(message)) is not None:
            self.jobs.merge(job)

    def start(self, post: Callable[[Message], object]) -> None:
        """Begin to poll, if that has not begun; `post` takes messages from the hub thread."""
        if self._started:
            return
        self._started = True
        self._post = post
        self._thread.submit(introduce(self._client, post))
        self._thread.submit(self.jobs.run())

    def keep_table_setup(self, setup: TableSetup) -> None:
        """Write down how the table is arranged, in the order the arrangements were made."""
        if self._setup_file is not None:
            self._thread.submit(keep_setup(self._setup_file, setup))

    def read_last_line(self, job: Job) -> None:
        """Look at the end of this job's log, once."""
        from .feeds.last_line import read_last_line

        self._thread.submit(read_last_line(self._client, job, self._deliver))

    def save_log(self, path: str, excerpt: Excerpt, *, times: bool) -> None:
        """Write lines of a log to a new file."""
        from .feeds.log_file import save_log

        self._thread.submit(save_log(Path(path), excerpt, times=times, post=self._deliver))

    def submit(self, spec: JobSpec, namespace: str, scripts: Mapping[str, bytes]) -> None:
        """Send a job, once, with the `scripts` fetched from the web.

        Not bound to any screen: leaving the composer does not undo a request sent.
        """
        from .feeds.submission import Submission  # brings the spec builder with it: not at start

        submission = Submission(self._client, spec, namespace, self._deliver, scripts=scripts)
        self._submissions = [*(one for one in self._submissions if one.unfinished_words), submission]
        self._thread.submit(submission.run())

    def withdraw_submit(self) -> None:
        """Stop the last submit, if its request has not begun."""
        if self._submissions:
            self._thread.submit(self._submissions[-1].withdraw())

    def fetch_script(self, url: str) -> None:
        """Fetch a script from the web, without a token."""
        from .feeds.scripts import fetch

        self._thread.submit(fetch(url, self._deliver))

    def rerun(self, jobs: Sequence[Job]) -> None:
        """Start these jobs once more as they are."""
        from .feeds import actions

        self._thread.submit(actions.rerun(self._client, jobs, self._deliver))

    def cancel(self, jobs: Sequence[Job]) -> None:
        """Cancel exactly these jobs."""
        from .feeds import actions

        self._thread.submit(actions.cancel(self._client, jobs, self._deliver))

    def relabel(self, jobs: Sequence[Job], edit: LabelEdit) -> None:
        """Make this edit to the labels of these jobs."""
        from .feeds import changes

        self._thread.submit(changes.relabel(self._client, jobs, edit, self._deliver))

    def read_schedules(self) -> None:
        """Read the scheduled jobs now."""
        self._thread.submit(self._schedule_feed.read())

    def do(self, action: Coroutine[Any, Any, None]) -> None:
        """Carry out an action on a scheduled job (`schedules`)."""
        self._thread.submit(action)

    def read_hardware(self) -> None:
        """Read the hardware on offer once more, and say so when that fails."""
        self._thread.submit(introduce(self._client, self._deliver, tell_failure=True))

    def expose(self, job: Job, edit: PortsEdit) -> None:
        """Make this change to the ports of a job."""
        from .feeds import changes

        self._thread.submit(changes.expose(self._client, job, edit, self._deliver))

    def tell_job(self, job: Job) -> None:
        """Ask for everything the Hub knows of a job."""
        from .feeds import details

        self._thread.submit(details.tell_job(self._client, job, self._deliver))

    def tell_schedule(self, schedule: ScheduledJob) -> None:
        """Ask for everything the Hub knows of a scheduled job."""
        from .feeds import details

        self._thread.submit(details.tell_schedule(self._client, schedule, self._deliver))

    def browse(self, url: str) -> None:
        """Open a page in the user's browser."""
        from .feeds import desktop

        self._thread.submit(desktop.browse(url, self._deliver))

    def copy_past(self, obstacle: str, text: str, said: str, path: Path) -> None:
        """Copy a text where something is in the way of the clipboard; else into a file."""
        from .feeds import clipboard

        self._thread.submit(clipboard.copy_past(obstacle, text, said, path, self._deliver))

    def run_end_command(self, command: str, job: Job, state: str) -> None:
        """Run the user's command for a job that has ended."""
        from .feeds.end_command import run_end_command

        self._thread.submit(run_end_command(command, job, state))

    def leave(self) -> None:
        """Let go of everything in flight, without waiting for any of it."""
        if self.last_words is None:
            self.last_words = [words for one in self._submissions if (words := one.unfinished_words)]
        self._thread.stop()
