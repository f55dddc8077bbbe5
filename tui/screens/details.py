"""Everything about one job, full screen: in groups, or as the JSON the Hub answered."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content

from ..domain.job import Job
from ..domain.job_page import page_url
from ..keys import Scope, bindings
from ..messages import DetailsWanted
from ..presentation.job_details import JobDetails
from ..presentation.job_text import headline
from .details_page import DetailsPage
from .job_actions import JobActions
from .opening import job_screen


class DetailsScreen(DetailsPage, JobActions):
    """Shows what the list holds at once, and the whole answer when the Hub has given it."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("details", "job")
    BINDINGS = bindings("details", "job")

    def __init__(self, job: Job, *, raw: bool = False) -> None:
        super().__init__(job.id, raw=raw)
        self.job_id = job.id
        self._first = job

    @property
    def target_job(self) -> Job:
        return self.host.snapshot.jobs.get(self.job_id, self._first)

    def headline_words(self) -> Content:
        host = self.host
        return headline(self.target_job, host.catalogue, self.now, ascii_only=host.settings.ascii)

    def facts(self, columns: int) -> Content:
        host, job = self.host, self.target_job
        page = page_url(host.settings.endpoint, job)
        details = JobDetails(job, self.answer, host.catalogue, page, self.revealed, host.settings.ascii)
        return details.content(self.now, columns)

    def has_values(self) -> bool:
        return bool(self.target_job.environment)

    def action_read_again(self) -> None:
        self.app.post_message(DetailsWanted(self.target_job))

    def action_details_job(self) -> None:
        self.show_view(raw=False)

    def action_raw_job(self) -> None:
        self.show_view(raw=True)

    def action_open_log(self) -> None:
        """Read the log of the job, instead of its details."""
        self.app.switch_screen(job_screen(self.target_job))

    def action_copy_id(self) -> None:
        """Copy what the mouse has selected, else the JSON when it is shown, else the id."""
        if not self.copied_selection():
            super().action_copy_id()
