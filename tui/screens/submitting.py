"""From the form to the confirmed request: what is checked, fetched, asked and shown on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..domain.errors import HubError
from ..domain.text import safe
from ..messages import SubmitRequested, SubmitWithdrawRequested
from ..spec.collect import Errors, FieldError
from ..spec.draft import Draft
from ..spec.job_spec import JobSpec
from ..spec.preflight import preflight
from ..spec.refusals import refused_field
from .submit_dialog import SubmitDialog

if TYPE_CHECKING:
    from .compose import ComposeScreen


@dataclass
class Sending:
    """A submit that was agreed to and has not been answered. The application holds it: forms come and go."""

    draft: Draft
    words: str = "submitting…"
    can_withdraw: bool = False


class Submitting:
    """The submits of one composer. One at a time, and never repeated by itself."""

    def __init__(self, screen: ComposeScreen) -> None:
        self._screen = screen
        self._awaited_url = ""
        """A script that is being fetched; the submit goes on once it is there."""

    def begin(self, built: JobSpec | Errors) -> None:
        """Stop at the first fault, fetch what is missing, then ask."""
        screen = self._screen
        if self._awaited_url or self._this_is_sent:
            screen.say("this job is being submitted")
        elif screen.host.sending is not None:
            screen.say("another job is being sent: submit this one once the Hub has answered")
        elif not isinstance(built, JobSpec):
            self._show_first(built)
        elif blocking := [
            found
            for found in preflight(built, screen.host.catalogue, screen.host.environment)
            if found.grade == "error"
        ]:
            self._show_first(tuple(FieldError(found.field, found.message) for found in blocking))
        elif url := self._missing_script(built):
            self._awaited_url = url
            screen.tell(f"fetching {url}…")
            screen.web_script.want(url)
        else:
            self._ask(built)

    def script_fetched(self, url: str, error: HubError | None) -> None:
        """Go on with what waited for this script."""
        screen = self._screen
        if url != self._awaited_url:
            return
        self._awaited_url = ""
        if error is not None:
            screen.form.show_refusal(FieldError(screen.web_script.field, error.sentences()))
            screen.say(safe(f"{error.title}: {error.detail}. {error.advice}"))
        elif screen.looked_at:
            screen.tell("")
            screen.action_submit()

    @property
    def _this_is_sent(self) -> bool:
        sending = self._screen.host.sending
        return sending is not None and sending.draft == self._screen.form.draft()

    def show_progress(self) -> None:
        """Say what is being done, and how to stop it as long as that is possible."""
        sending = self._screen.host.sending
        if sending is not None:
            stops = sending.can_withdraw and self._this_is_sent
            self._screen.tell(f"{sending.words}  esc stops it" if stops else sending.words)

    def withdraw(self) -> bool:
        """Stop a submit that is not sent yet; False when there is nothing to stop."""
        if self._awaited_url:
            self._awaited_url = ""
            self._screen.tell("not submitted: the form is as you left it")
            return True
        sending = self._screen.host.sending
        if sending is not None and sending.can_withdraw and self._this_is_sent:
            self._screen.post_message(SubmitWithdrawRequested())
            return True
        return False

    def failed(self, refusal: str) -> None:
        """The form is as it was and can be sent again; a field the server named is marked."""
        screen = self._screen
        screen.tell("not submitted: the form is as you left it")
        if field := refused_field(refusal, screen.form.draft()) if refusal else None:
            screen.form.show_refusal(FieldError(field, f"Refused by the Hub: {refusal}"))

    def _show_first(self, errors: Errors) -> None:
        self._screen.form.focus_error(errors[0])
        self._screen.say(safe(errors[0].message))

    def _missing_script(self, spec: JobSpec) -> str:
        environment = self._screen.host.environment
        urls = (file.source for file in spec.upload_files if file.is_url)
        return next((url for url in urls if environment.fetched_script(url) is None), "")

    def _ask(self, spec: JobSpec) -> None:
        screen, identity = self._screen, self._screen.host.identity
        namespace = spec.namespace or screen.host.settings.namespace or (identity.name if identity else "")

        def answered(yes: bool | None) -> None:
            if yes:
                screen.host.sending = Sending(spec.draft)
                self.show_progress()
                screen.post_message(SubmitRequested(spec, namespace))

        screen.app.push_screen(SubmitDialog(spec, namespace), answered)
