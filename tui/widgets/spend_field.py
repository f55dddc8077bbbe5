"""What a job may cost at most: the same as its timeout, said in dollars."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.message import Message
from textual.widgets import Input

from ..spec.price import seconds_for_usd, usd_at_limit
from .light_input import LightInput


class SpendField(LightInput):
    """No field of the draft. Typed in, it sets the timeout; else it follows it."""

    @dataclass
    class LimitChosen(Message):
        """The timeout that keeps the job within what was typed; None when no minute can be paid."""

        minutes: int | None

    def __init__(self) -> None:
        super().__init__(id="spend", placeholder="price unknown")
        self._per_hour: float | None = None
        self._attempts: int | None = None
        self._followed = ""
        """What the timeout allows, in dollars."""

    def follow(self, per_hour: float | None, timeout_seconds: int | None, attempts: int | None) -> None:
        """Show what the timeout allows, unless this is where it is being typed."""
        self._per_hour, self._attempts = per_hour, attempts
        self.disabled = per_hour is None
        most = usd_at_limit(per_hour, timeout_seconds, attempts)
        self._followed = "" if most is None else f"{most:.2f}" if most >= 1 else f"{most:.3f}"
        if not self.has_focus:
            self._show_followed()

    def on_blur(self) -> None:
        self._show_followed()

    def _show_followed(self) -> None:
        with self.prevent(Input.Changed):
            self.value = self._followed

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        try:
            usd = float(event.value.strip().lstrip("$"))
        except ValueError:
            return
        seconds = seconds_for_usd(usd, self._per_hour, self._attempts) if 0 < usd < 1e9 else None
        self.post_message(self.LimitChosen(None if seconds is None else seconds // 60))
