"""The part of the application behind the logs: each goes to the view that opened it last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import App

from .domain.text import safe
from .domain.units import plural
from .messages import (
    LastLineWanted,
    LogClosed,
    LogCompleted,
    LogLinesArrived,
    LogNotSaved,
    LogOpened,
    LogRestarted,
    LogSaved,
    LogStateChanged,
    LogView,
    SaveRequested,
)

if TYPE_CHECKING:
    from .backend import Backend
    from .domain.stream import StreamState


class LogRoutingApp(App[int], inherit_bindings=False):
    """Knows which view shows which log."""

    backend: Backend

    def __init__(self) -> None:
        super().__init__()
        self._log_views: dict[str, LogView] = {}

    @on(LogOpened)
    def _log_opened(self, message: LogOpened) -> None:
        self._log_views[message.job.id] = message.view
        self.backend.logs.open(message.job, tail=message.tail, fresh=message.fresh)

    @on(LogClosed)
    def _log_closed(self, message: LogClosed) -> None:
        if self._log_views.get(message.job_id) is message.view:
            del self._log_views[message.job_id]
            self.backend.logs.close(message.job_id)

    @on(LogLinesArrived)
    def _log_lines_arrived(self, message: LogLinesArrived) -> None:
        if view := self._log_views.get(message.job_id):
            view.append(message.lines)

    @on(LogRestarted)
    def _log_restarted(self, message: LogRestarted) -> None:
        if view := self._log_views.get(message.job_id):
            view.clear()

    @on(LogStateChanged)
    def _log_state_changed(self, message: LogStateChanged) -> None:
        if view := self._log_views.get(message.job_id):
            state: StreamState = message.state
            view.show_state(state)

    @on(LastLineWanted)
    def _last_line_wanted(self, message: LastLineWanted) -> None:
        self.backend.read_last_line(message.job)

    @on(LogSaved)
    def _log_saved(self, message: LogSaved) -> None:
        self.notify(f"saved {plural(message.line_count, 'line')} to {safe(message.path)}", markup=False)

    @on(LogNotSaved)
    def _log_not_saved(self, message: LogNotSaved) -> None:
        ask_again = getattr(self.screen, "ask_where", None)
        if ask_again is not None:
            ask_again(message.path, f"not saved: {message.reason}")
            return
        words = f"not saved to {safe(message.path)}: {safe(message.reason)}"
        self.notify(words, severity="error", markup=False)

    @on(LogCompleted)
    def _log_completed(self, message: LogCompleted) -> None:
        self.backend.logs.keep(message.job, message.lines)

    @on(SaveRequested)
    def _save_requested(self, message: SaveRequested) -> None:
        self.backend.save_log(message.path, message.excerpt, times=message.times)
