"""The script on the web of a job being composed: read once, so that its own launch values are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

from ..domain.errors import ErrorKind, HubError
from ..messages import ScriptWanted
from ..spec.draft import Draft
from ..spec.finding import Finding
from ..spec.merge import web_script

if TYPE_CHECKING:
    from .compose import ComposeScreen

STILL_SECONDS = 0.7
"""An address is fetched once it has been left alone for this long: not every part of it while it is typed."""
_PAGE_STARTS = ("<!doctype", "<html")


class WebScript:
    """Fetched without a token, on the hub thread; what stood in the way is said, and tried anew at submit."""

    def __init__(self, screen: ComposeScreen) -> None:
        self._screen = screen
        self._field = self._url = ""
        self._soon: Timer | None = None
        self._on_its_way = ""
        self._failed: HubError | None = None

    @property
    def field(self) -> str:
        """The field of the form that names it."""
        return self._field or "script"

    def follow(self, draft: Draft) -> None:
        """Take notice of the address in the form, and fetch it when it stays as it is."""
        field, url = web_script(draft)
        self._field = field
        if url == self._url:
            return
        self._url, self._failed = url, None
        if self._soon is not None:
            self._soon.stop()
        if url and self._text() is None:
            self._soon = self._screen.set_timer(STILL_SECONDS, self.want)

    def want(self, url: str = "") -> None:
        """Have it fetched, unless it is on its way already."""
        self._url = url or self._url
        self._failed = None
        if self._url and self._on_its_way != self._url and self._text() is None:
            self._on_its_way = self._url
            self._screen.post_message(ScriptWanted(self._url))

    def fetched(self, url: str, error: HubError | None) -> None:
        """It is here, or cannot be had."""
        if url == self._on_its_way:
            self._on_its_way = ""
        if url == self._url:
            self._failed = error

    def findings(self) -> tuple[Finding, ...]:
        """What there is to know of it."""
        if not self._url:
            return ()
        text = self._text()
        if text is not None and text.lstrip()[:9].lower().startswith(_PAGE_STARTS):
            words = "That address is a web page, not a script: take the address of the raw file"
            return (Finding("warning", self._field, words),)
        if text is not None:
            return ()
        if self._failed is not None:
            wants_login = self._failed.kind in (ErrorKind.UNAUTHORIZED, ErrorKind.FORBIDDEN)
            what_next = self._failed.advice if wants_login else "It is tried again when you submit"
            words = f"{self._failed.title}: {self._failed.detail}. {what_next}"
            return (Finding("warning", self._field, words),)
        return (Finding("note", self._field, "Reading what the script says of its own launch…"),)

    def _text(self) -> str | None:
        return self._screen.host.environment.fetched_script(self._url)
