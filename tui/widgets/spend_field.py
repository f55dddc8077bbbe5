"""What a job may cost at most: the same as its timeout, said in dollars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual import on
from textual.message import Message
from textual.widgets import Input

from ..spec.checks import RefusedError
from ..spec.draft import Draft
from ..spec.price import seconds_for_usd, typed_usd, usd_at_limit
from .light_input import LightInput


class SpendField(LightInput):
    """Typed in, it sets the timeout, else it follows it. A sum that gives no timeout stays as it is."""

    @dataclass
    class LimitChosen(Message):
        """The timeout that keeps the job within what was typed; None when none does."""

        minutes: int | None

    def __init__(self) -> None:
        super().__init__(id="spend", placeholder="price unknown")
        self._per_hour: float | None = None
        self._attempts: int | None = None
        self._followed = ""
        """What the timeout allows, in dollars."""
        self._unpayable = False
        """Whether no timeout follows from what is typed."""

    def read(self) -> Mapping[str, object]:
        return {"spend": self.value.strip() if self._unpayable else ""}

    def fill(self, draft: Draft) -> None:
        """Follow the timeout of the draft, which comes with its price."""
        if self._unpayable:
            self._unpayable = False
            self._show("")

    def follow(self, per_hour: float | None, timeout_seconds: int | None, attempts: int | None) -> None:
        """Show what the timeout allows, unless this is where it is being typed.

        A sum that gives no timeout leaves no job to take the price from, only fields, which know nothing of
        what the script says: it is judged by the price that held before it.
        """
        if self._unpayable:
            return
        self._per_hour, self._attempts = per_hour, attempts
        self.disabled = per_hour is None
        most = usd_at_limit(per_hour, timeout_seconds, attempts)
        self._followed = "" if most is None else f"{most:.2f}" if most >= 1 else f"{most:.3f}"
        self.placeholder = self._followed or "price unknown"
        if not self.has_focus:
            self._show(self._followed)

    def let_go(self) -> None:
        """Drop a sum that gives no timeout: its fields were typed instead."""
        if self._unpayable and not self.has_focus:
            self._unpayable = False
            self._show("")

    def on_blur(self) -> None:
        if not self._unpayable:
            self._show(self._followed)

    def _show(self, text: str) -> None:
        with self.prevent(Input.Changed):
            self.value = text

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        minutes = self._minutes(event.value)
        self._unpayable = bool(event.value.strip()) and not minutes
        self.post_message(self.LimitChosen(minutes))

    def _minutes(self, text: str) -> int | None:
        """Whole minutes that a sum pays for; None when it pays for none, or is no sum."""
        try:
            seconds = seconds_for_usd(typed_usd(text), self._per_hour, self._attempts)
        except RefusedError:
            return None
        return None if seconds is None else seconds // 60
