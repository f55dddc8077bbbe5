"""Field errors, and the collector that lets one pass over a form find all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from .checks import RefusedError

Value = TypeVar("Value")
Default = TypeVar("Default")


@dataclass(frozen=True, slots=True)
class FieldError:
    """Why a field cannot be sent, and what to do about it."""

    field: str
    """The name of the `Draft` attribute."""

    message: str
    index: int | None = None
    """Which row, for fields of several rows."""


Errors = tuple[FieldError, ...]


class Collector:
    """Runs checks and keeps what they refuse, in the order of the form."""

    def __init__(self) -> None:
        self.errors: list[FieldError] = []

    def refuse(self, field: str, message: str, index: int | None = None) -> None:
        """Note a fault of one field."""
        self.errors.append(FieldError(field, message[:1].upper() + message[1:], index))

    def check(
        self, field: str, read: Callable[[], Value], default: Default, index: int | None = None
    ) -> Value | Default:
        """The value that `read` gives; `default` when it refuses, which is then noted."""
        try:
            return read()
        except RefusedError as refusal:
            self.refuse(field, str(refusal), index)
            return default
