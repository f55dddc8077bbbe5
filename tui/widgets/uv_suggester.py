"""Completion of the options of uv, of the values some of them have, and of the files they read."""

from __future__ import annotations

from textual.suggester import Suggester

from ..spec.uv_options import MAYBE_PATHS, PATHS, UV_OPTIONS, VALUES, uv_option
from .path_suggester import PathSuggester

_NAMES = tuple(option.name for option in UV_OPTIONS if option.in_help)


class UvSuggester(Suggester):
    """Completes the last word of a line of options; the right arrow takes what is offered."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._paths = PathSuggester()

    async def get_suggestion(self, value: str) -> str | None:
        before, word = value[: len(value) - len(_last(value))], _last(value)
        if not word:
            return None
        name, equals, start = word.partition("=")
        if equals and word.startswith("--"):
            before += f"{name}="
        elif word.startswith("--"):
            found = next((option for option in _NAMES if option.startswith(word)), None)
            return None if found is None else before + found
        else:
            name, start = _last(before.rstrip()), word
        option = uv_option(name)
        completed = None if option is None else await self._value(option.name, start)
        return None if completed is None else before + completed

    async def _value(self, name: str, start: str) -> str | None:
        if name in VALUES:
            return next((value for value in VALUES[name] if value.startswith(start)), None)
        return await self._paths.get_suggestion(start) if name in (*PATHS, *MAYBE_PATHS) else None


def _last(text: str) -> str:
    """What follows the last blank."""
    return text[text.rfind(" ") + 1 :]
