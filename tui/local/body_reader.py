"""Fields of a request body, read with a list of what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeGuard

from .replies import Refusal

PROBLEMS_SHOWN = 20
KEY_SHOWN_CHARS = 100


class BodyReader:
    """Takes fields out of a body and remembers what is wrong with them; unknown fields are ignored."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self.body = body
        self._problems: list[str] = []

    def complain(self, field: str, words: str) -> None:
        """Remember what is wrong with a field; never with its value, which may be a secret."""
        self._problems.append(f"{field}: {words}")

    def refuse_if_wrong(self) -> None:
        """Refuse the request for everything remembered."""
        if self._problems:
            more = len(self._problems) - PROBLEMS_SHOWN
            shown = self._problems[:PROBLEMS_SHOWN] + ([f"and {more:,} more"] if more > 0 else [])
            raise Refusal(400, "Invalid body: " + "; ".join(shown))

    def text(self, field: str, pattern: re.Pattern[str] | None = None) -> str | None:
        """Text that is not empty, by a pattern if there is one; None when not given."""
        value = self.body.get(field)
        if value is None:
            return None
        if not is_clean_text(value) or not value:
            self.complain(field, "must be a text that is not empty")
        elif pattern is not None and not pattern.fullmatch(value):
            self.complain(field, f"must match ^{pattern.pattern}$")
        else:
            return str(value)
        return None

    def choice(self, field: str, choices: tuple[str, ...]) -> str | None:
        """One of some words; None when not given."""
        value = self.body.get(field)
        if value is not None and value not in choices:
            self.complain(field, "must be one of " + ", ".join(choices))
            return None
        return None if value is None else str(value)

    def flag(self, field: str) -> bool:
        """True or false; false when not given."""
        value = self.body.get(field)
        if not isinstance(value, bool | None):
            self.complain(field, "must be true or false")
        return value is True

    def whole_number(self, field: str, *, least: int, most: int = 2**31 - 1) -> int | None:
        """A number without fraction; None when not given."""
        value = self.body.get(field)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.complain(field, f"must be a whole number from {least} to {most}")
            return None
        return value

    def argv(self, field: str, *, required: bool = False) -> tuple[str, ...]:
        """Texts to pass to a process."""
        value = self.body.get(field, None if required else [])
        if not isinstance(value, list) or (required and not value):
            self.complain(
                field, "must be an array of texts" + (" with at least 1 element" if required else "")
            )
            return ()
        if not all(is_clean_text(item) for item in value):
            self.complain(field, "must hold texts without NUL characters only")
            return ()
        if required and not all(value):
            self.complain(field, "each element must have at least 1 character")
        return tuple(value)

    def pairs(self, field: str, key_pattern: re.Pattern[str]) -> dict[str, str]:
        """Variables: names by a pattern, values that can be passed to a process."""
        value = self.body.get(field)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.complain(field, "must be an object")
            return {}
        for key, item in value.items():
            if not key_pattern.fullmatch(key):
                self.complain(field, f"key {quoted(key)} must match ^{key_pattern.pattern}$")
            if not is_clean_text(item):
                self.complain(field, f"value of {quoted(key)} must be a text without NUL characters")
        return value


def quoted(key: str) -> str:
    """A key for a refusal, its beginning when it is long."""
    return repr(key) if len(key) <= KEY_SHOWN_CHARS else f"{key[:KEY_SHOWN_CHARS]!r}..."


def is_clean_text(value: Any) -> TypeGuard[str]:
    """Text that can be passed to a process: no NUL, no half of a surrogate pair."""
    if not isinstance(value, str) or "\0" in value:
        return False
    return not any("\ud800" <= char <= "\udfff" for char in value)
