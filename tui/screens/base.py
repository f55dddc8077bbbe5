"""What every screen of the dashboard shares: header, status line, footer, and answers instead of silence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType
from textual.content import Content
from textual.screen import ModalScreen, Screen

from ..domain.job import Job
from ..domain.rules import why_not
from ..keys import Action, Scope, action_by_id, actions
from ..presentation.job_text import HeaderFacts, header
from ..presentation.live_counts import Known, how_known
from ..widgets.key_footer import KeyFooter
from ..widgets.whole import WholeScreen

if TYPE_CHECKING:
    from .host import Host


class DashboardScreen(WholeScreen, Screen[None]):
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

    @property
    def jobs_known(self) -> Known:
        """How much of the jobs is known at this moment."""
        host = self.host
        return how_known(host.snapshot, read=host.fetched_at is not None, in_trouble=host.trouble is not None)

    def _compositor_refresh(self) -> None:
        """Paint what has changed, while nothing stands above.

        Below another screen or a dialog Textual would paint all of that one again, each second, for times
        that move behind it. Whatever changed meanwhile is painted when this screen is on top again.
        """
        if self.app.screen is self:
            super()._compositor_refresh()
        else:
            self._dirty_widgets.clear()
            self._compositor._dirty_regions.clear()

    def header_words(self) -> Content:
        """Who and where, the live jobs and what they burn: what the first line of every screen says."""
        host = self.host
        facts = HeaderFacts(
            host.identity,
            host.settings.namespace,
            host.endpoint_label,
            host.settings.read_only,
            host.snapshot.refused,
            host.skew,
            len(host.new_endings),
            self.jobs_known,
        )
        return header(host.snapshot.live, host.catalogue, facts, ascii_only=host.settings.ascii)

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

    def copy(self, lines: Iterable[str], one: str, many: str) -> None:
        """Put lines on the clipboard, also over SSH (OSC 52), as many as a terminal takes."""
        from ..widgets.log_marking import lines_for_terminal

        copied, left_out = lines_for_terminal(lines)
        limit = f"; {left_out} more did not fit: a terminal takes no more than 56 KB" if left_out else ""
        if copied:
            said = f"copied {one if len(copied) == 1 else f'{len(copied)} {many}'}"
            self.host.copy("\n".join(copied), said + limit, cut=bool(left_out))
        else:
            self.notify("nothing copied" + limit, severity="warning", markup=False)

    def escape(self) -> bool:
        """Take one step back inside the screen; False when there is none and the screen may go."""
        return False

    @property
    def can_step_back(self) -> bool:
        """Whether something was opened in place, which the key for back closes before anything else."""
        return False

    def step_back(self) -> bool:
        """Close what was opened in place last; False when there is nothing of it."""
        return False

    def update_footer(self) -> None:
        """Show the keys of this screen's scopes, then those that work everywhere."""
        scopes: tuple[Scope, ...] = (*self.SCOPES, "app")
        listed = list(self.offered(action for scope in scopes for action in actions(scope)))
        footer = self.query_one(KeyFooter)
        by_label = {action.label: action for action in reversed(listed)}
        once = [action for action in listed if by_label[action.label] is action]
        if self.app.screen_stack[0] is self and not self.can_step_back:
            once = [replace(action, label="quit") if action.id == "app.back" else action for action in once]
        footer.show_actions(once, read_only=self.host.settings.read_only)
        footer.edge = self.host.footer_edge

    def offered(self, listed: Iterable[Action]) -> Iterable[Action]:
        """The actions worth a place in the footer now, under the label that fits."""
        return listed
