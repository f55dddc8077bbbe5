"""The limit of a job: a number and its unit, side by side."""

from __future__ import annotations

from collections.abc import Mapping

from ..spec.draft import Draft, TimeoutUnit
from .choice import Choice
from .fields import TextField

UNITS = (("s", "seconds"), ("m", "minutes"), ("h", "hours"), ("d", "days"))


class TimeoutField(TextField):
    """The number; empty is a choice that its placeholder names."""

    def __init__(self) -> None:
        super().__init__("timeout_amount", "default 30 m")

    @classmethod
    def parts(cls) -> tuple[TimeoutField, UnitChoice]:
        """Number and unit."""
        return cls(), UnitChoice()


class UnitChoice(Choice):
    """The unit; a draft without one means seconds."""

    def __init__(self) -> None:
        super().__init__(UNITS, value=Draft().timeout_unit, id="timeout_unit")

    def read(self) -> Mapping[str, object]:
        return {"timeout_unit": self.value}

    def fill(self, draft: Draft) -> None:
        unit: TimeoutUnit = draft.timeout_unit or "s"
        self.value = unit
