"""The part of the application behind the composer: what is sent, fetched for it and remembered."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from textual import on
from textual.app import App
from textual.events import Paste

from .domain.errors import HubError
from .domain.job_reference import JobReferenceError, job_reference
from .domain.text import safe
from .domain.units import local_time
from .keys import action_by_id
from .messages import (
    JobTakenUp,
    JobWanted,
    PayerWanted,
    ScheduleCreated,
    ScriptFetched,
    ScriptWanted,
    SubmitProgressed,
    SubmitRequested,
    SubmitWithdrawn,
    SubmitWithdrawRequested,
)
from .screens.base import DashboardScreen
from .screens.opening import message_dialog
from .settings import Settings, state_dir

if TYPE_CHECKING:
    from .backend import Backend
    from .domain.identity import Identity
    from .domain.schedule import ScheduledJob
    from .environment import MachineEnvironment
    from .screens.compose import ComposeScreen
    from .screens.submitting import Sending
    from .shelf import Shelf
    from .spec.aside import DraftsAside
    from .spec.draft import Draft

_NOT_TAKEN = "nothing here takes that text: paste a job's id or address, or an hf jobs run line"


class ComposingApp(App[int], inherit_bindings=False):
    """Imports the composer and all it stands on only when a job is composed."""

    settings: Settings
    backend: Backend
    environment: MachineEnvironment
    draft: Draft | None = None
    """What the form holds, also while it is not shown."""

    _cursor_then: str | None = None
    """Where the cursor of the table was when the last new job was asked for."""
    payer_asked = ""
    """The namespace the last submit was for; empty for the user's own."""
    sending: Sending | None = None
    """The submit under way, whatever is looked at meanwhile."""

    @cached_property
    def aside(self) -> DraftsAside:
        """Drafts that gave way to others in the form."""
        from .spec.aside import DraftsAside

        return DraftsAside()

    @cached_property
    def shelf(self) -> Shelf:
        """Presets, last submissions and the draft left behind, on disk."""
        from .shelf import Shelf

        folder = state_dir()
        return Shelf(folder / "demo" if self.settings.demo else folder)  # what is tried is not what is meant

    @property
    def composer(self) -> ComposeScreen | None:
        """The composer, when it is open, also below something else."""
        from .screens.compose import ComposeScreen

        return next((one for one in self.screen_stack if isinstance(one, ComposeScreen)), None)

    def _handle_exception(self, error: Exception) -> None:
        """Once the user leaves, screens that were being opened are no longer built up: they may fail."""
        if self._exit:
            logging.getLogger(__name__).warning("while leaving: %s", type(error).__name__)
        else:
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Show where it went wrong, but no values: Textual would print locals, secrets among them."""
        from rich.segment import Segments
        from rich.traceback import Traceback

        self.bell()
        traceback = Traceback(show_locals=False, width=None)
        self._exit_renderables.append(Segments(self.console.render(traceback, self.console.options)))
        self._close_messages_no_wait()

    # The way of a submit

    @on(SubmitRequested)
    def _submit_requested(self, message: SubmitRequested) -> None:
        self._cursor_then = self.cursor_in_table
        self.payer_asked = message.payer
        self.backend.submit(message.spec, message.payer, dict(self.environment.fetched))

    @on(SubmitWithdrawRequested)
    def _submit_withdraw_requested(self) -> None:
        self.backend.withdraw_submit()

    @on(SubmitProgressed)
    def _submit_progressed(self, message: SubmitProgressed) -> None:
        if self.sending is not None:
            self.sending.words, self.sending.can_withdraw = message.words, message.can_withdraw
        if composer := self.composer:
            composer.when_whole(composer.submitting.show_progress)

    @on(SubmitWithdrawn)
    def _submit_withdrawn(self) -> None:
        self._not_sent("")

    @on(ScheduleCreated)
    def _schedule_created(self, message: ScheduleCreated) -> None:
        schedule = message.schedule
        self.schedule_made(schedule, go_there=self.composed_job_sent(message.name))
        when = "suspended" if schedule.suspended else f"next run {local_time(schedule.next_run_at)}"
        self.notify(f"scheduled {safe(message.name)}: {when}", markup=False)
        if message.differences:
            words = "\n".join(message.differences)
            self.push_screen(message_dialog("The Hub took another scheduled job than was asked for", words))

    def schedule_made(self, schedule: ScheduledJob, *, go_there: bool) -> None:
        """Show a new schedule in the list, and go there."""

    def go_home(self) -> None:
        """Leave every screen above the jobs."""
        while len(self.screen_stack) > 1:
            self.pop_screen()

    @property
    def cursor_in_table(self) -> str | None:
        """Id of the job under the cursor of the table, which may be covered by something else."""
        return None

    def composed_job_sent(self, name: str) -> bool:
        """Remember what was sent, and leave the form if that is what it still holds and nothing covers it.

        Returns whether it was left by that.
        """
        sent, self.sending = self.sending, None
        if sent is None:
            return False
        self.shelf.keep_submission(sent.draft, name, self.environment.now())
        composer = self.composer
        if self._held == sent.draft and composer in (None, self.screen):
            self.shelf.keep_draft(None)
            self.draft = None
            if composer is not None:
                composer.leave()
                return True
        elif composer is not None:
            composer.when_whole(composer.tell, f"{name} was sent; what is in the form has not been")
        return False

    def composed_job_refused(self, error: HubError) -> bool:
        """Leave the form as it was, and mark the field that the server named.

        Returns whether the form still holds what was refused.
        """
        return self._not_sent(error.detail if error.status in (400, 422) else "")

    def _not_sent(self, refusal: str) -> bool:
        """The form can be sent again; if it holds another job by now, the refused one is set aside."""
        sent, self.sending = self.sending, None
        if sent is None:
            return False
        composer = self.composer
        if self._held != sent.draft:
            self.aside.put(sent.draft)
            if composer is not None:
                key = action_by_id("compose.turn").key
                composer.when_whole(
                    composer.tell, f"not submitted: {key} brings back that job; this one is as you left it"
                )
            return False
        if composer is not None:
            composer.when_whole(composer.submitting.failed, refusal)
        return True

    @property
    def _held(self) -> Draft | None:
        """What the form holds, to the last key."""
        composer = self.composer
        return composer.form.draft() if composer is not None and composer.is_whole else self.draft

    @on(PayerWanted)
    def _payer_wanted(self, message: PayerWanted) -> None:
        """Choose who is billed in the form, which is as it was; it is opened again if it was left."""
        from .screens.compose import ComposeScreen

        if (composer := self.composer) is None:
            self.push_screen(ComposeScreen(refused_payer=message.refused))
        else:
            composer.when_whole(composer.choose_payer, message.refused)

    # Scripts on the web

    @on(ScriptWanted)
    def _script_wanted(self, message: ScriptWanted) -> None:
        self.backend.fetch_script(message.url)

    @on(ScriptFetched)
    def _script_fetched(self, message: ScriptFetched) -> None:
        if message.content is not None:
            self.environment.fetched[message.url] = message.content
        if composer := self.composer:
            composer.when_whole(composer.script_fetched, message.url, message.error)

    def forget_scripts(self) -> None:
        """Let go of what was fetched: the next form reads it anew."""
        self.environment.fetched.clear()

    # Jobs that exist, and lines pasted where nobody types

    @on(JobTakenUp)
    def _job_taken_up(self, message: JobTakenUp) -> None:
        from .screens.compose import ComposeScreen
        from .spec.from_job import draft_of_job

        identity: Identity | None = getattr(self, "identity", None)
        before = self.draft or self.shelf.draft()
        draft = draft_of_job(message.job, identity.name if identity else "")
        self.draft = replace(draft, ssh=True) if message.ssh else draft
        self.push_screen(ComposeScreen(instead_of=before))

    def on_paste(self, event: Paste) -> None:
        """Take what no text field wanted: open the job it names, or fill the form from an `hf jobs` line."""
        if not isinstance(self.screen, DashboardScreen) or not event.text.strip():
            return
        try:
            named = job_reference(event.text, self.settings.endpoint)
        except JobReferenceError as error:
            self.screen.say(str(error))
            return
        if named is not None:
            self.post_message(JobWanted(named))
        elif "hf jobs" in event.text[:200]:
            self._take_line(event.text)
        else:
            self.screen.say(_NOT_TAKEN)

    def _take_line(self, text: str) -> None:
        from .screens.compose import ComposeScreen, parse

        parsed = parse(text)
        if parsed.draft is None or not isinstance(self.screen, DashboardScreen):
            self.notify(_NOT_TAKEN, severity="warning", markup=False)
        elif self.screen.refuse("jobs.new", None):
            return
        elif isinstance(self.screen, ComposeScreen):
            self.screen.when_whole(self.screen.take_line, parsed)
        else:
            self.push_screen(ComposeScreen(parsed))
