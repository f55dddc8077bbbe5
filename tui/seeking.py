"""Opening a job that is named: by `--job`, in the palette, in a paste, by a filter that has no row for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .domain.job_reference import JobReference, JobReferenceError, job_reference
from .domain.text import safe, short_id
from .messages import JobSought
from .screens.opening import job_screen

if TYPE_CHECKING:
    from .app import JobsApp
    from .domain.job import Job


class JobSeeker:
    """Opens what is in the table at once, and has the Hub asked for the rest."""

    def __init__(self, app: JobsApp) -> None:
        self._app = app
        self._at_start: JobReference | None = None
        """What `--job` names, until it was opened or looked for."""

    def begin(self, text: str) -> None:
        """Take what `--job` was given."""
        if not text:
            return
        try:
            self._at_start = job_reference(text, self._app.settings.endpoint, sure=True)
        except JobReferenceError as error:
            self._say(str(error))
            return
        if self._at_start is None:
            self._say(f"--job: “{safe(text)}” is not a job id, NAMESPACE/ID, or the address of a job's page")
        self.rows_changed()

    def rows_changed(self) -> None:
        """Open the job of the start once it is there; look for it where the list does not have it."""
        wanted = self._at_start
        if wanted is None:
            return
        if job := self._known(wanted):
            self._app.push_screen(job_screen(job))
        elif wanted.namespace or self._app.snapshot.complete:
            self._app.backend.jobs.look_for(wanted)
        else:
            return
        self._at_start = None

    def open(self, wanted: JobReference) -> None:
        """Go to a job, or say that the Hub is asked for it."""
        if job := self._known(wanted):
            self._show(job)
            return
        where = f" in {safe(wanted.namespace)}" if wanted.namespace else ""
        self._app.notify(f"looking for job {short_id(wanted.job_id)}{where}…", markup=False)
        self._app.backend.jobs.look_for(wanted)

    def sought(self, message: JobSought) -> None:
        """Show what was found; tell apart that there is none from that nobody could say."""
        wanted, error = message.reference, message.hindrance
        name = f"job {short_id(wanted.job_id)}"
        if message.job is not None:
            self._app.learn([message.job])
            self._show(message.job)
        elif error is not None:
            self._app.tell(f"{name}: {error.short}", error.sentences())
        elif wanted.namespace:
            place = safe(wanted.namespace)
            self._say(
                f"{name} not found in {place}: check the id, and that your token may see jobs of {place}"
            )
        else:
            self._say(f"{name} not found in your namespaces: for another one, name it: NAMESPACE/{name[4:]}")

    def _known(self, wanted: JobReference) -> Job | None:
        job = self._app.snapshot.jobs.get(wanted.job_id)
        elsewhere = job and wanted.namespace.casefold() not in ("", job.namespace.casefold())
        return None if elsewhere else job

    def _show(self, job: Job) -> None:
        """Open it over the table, where the cursor is on it."""
        self._app.show_in_table(job)
        self._app.push_screen(job_screen(job))

    def _say(self, words: str) -> None:
        self._app.notify(words, severity="warning", markup=False, timeout=10)
