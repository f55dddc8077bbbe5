"""What every screen of the dashboard shares: header, status line, footer, and answers instead of silence."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType
from textual.screen import ModalScreen, Screen

from ..domain.job import Job
from ..domain.rules import why_not
from ..domain.text import safe
from ..keys import Scope, action_by_id, actions
from ..messages import CancelRequested, RerunRequested
from ..widgets.key_footer import KeyFooter
from .dialogs import CancelDialog, RerunDialog

if TYPE_CHECKING:
    from .host import Host


class DashboardScreen(Screen[None]):
    """A full screen: knows its scopes of keys and the application behind it."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ()
    """Key scopes of this screen, nearest first: help and footer show them in this order."""
    BINDINGS: ClassVar[list[BindingType]] = []

    @property
    def host(self) -> Host:
        """The application, as far as a screen may know it."""
        return cast("Host", self.app)

    @property
    def now(self) -> datetime:
        """The time, from the application's clock."""
        return self.host.clock()

    @property
    def looked_at(self) -> bool:
        """Whether it is what the user looks at, itself or behind a dialog.

        Textual's `is_current` is also true of the screen right below a full one.
        """
        for screen in reversed(self.app.screen_stack):
            if screen is self:
                return True
            if not isinstance(screen, ModalScreen):
                return False
        return False

    def refuse(self, action_id: str, job: Job | None) -> bool:
        """Whether `action_id` cannot be done to this job; says why in the status line."""
        action = action_by_id(action_id)
        reason = why_not(action_id, job, writes=action.writes, read_only=self.host.settings.read_only)
        if reason is not None:
            self.say(reason)
        return reason is not None

    def say(self, text: str) -> None:
        """Answer the user in a line of safe text."""
        self.notify(text, severity="warning", markup=False)

    def ask_cancel(self, job: Job) -> None:
        """Name the job in a dialog and cancel that very one if the answer is yes."""

        def answered(yes: bool | None) -> None:
            if yes:
                self.app.post_message(CancelRequested(job))

        self.app.push_screen(CancelDialog(job), answered)

    def ask_rerun(self, job: Job) -> None:
        """Name the job and its price in a dialog, and run it once more if the answer is yes."""

        def answered(yes: bool | None) -> None:
            if yes:
                self.app.post_message(RerunRequested(job))

        self.app.push_screen(RerunDialog(job), answered)

    def copy_id(self, job: Job) -> None:
        """Put the job's id on the clipboard, also over SSH (OSC 52)."""
        self.app.copy_to_clipboard(safe(job.id))
        self.notify(f"copied {safe(job.id)}", markup=False)

    def escape(self) -> bool:
        """Take one step back inside the screen; False when there is none and the screen may go."""
        return False

    def update_footer(self) -> None:
        """Show the keys of this screen's scopes, then those that work everywhere."""
        scopes: tuple[Scope, ...] = (*self.SCOPES, "app")
        listed = [action for scope in scopes for action in actions(scope)]
        footer = self.query_one(KeyFooter)
        by_label = {action.label: action for action in reversed(listed)}
        once = [action for action in listed if by_label[action.label] is action]
        footer.show_actions(once, read_only=self.host.settings.read_only)
        footer.edge = self.host.footer_edge
