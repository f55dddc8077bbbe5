"""The one wrapper a secret value travels in, so that no text made of a draft or a spec can hold it."""

from __future__ import annotations

from typing import Any, NoReturn

MASK = "••••••••"
"""What stands wherever a secret value would; of one length, so that it tells nothing of the value's."""


class Secret:
    """A value that only `reveal()` gives away: never its repr, its text, a copy on disk or a JSON dump."""

    __slots__ = ("__value",)

    def __init__(self, value: str) -> None:
        self.__value = value

    def reveal(self) -> str:
        """The value itself, for the request that sends it and for a field that shows it while held."""
        return self.__value

    def __repr__(self) -> str:
        return f"Secret({MASK!r})"

    def __str__(self) -> str:
        return MASK

    def __format__(self, format_spec: str) -> str:
        return format(MASK, format_spec)

    def __bool__(self) -> bool:
        return bool(self.__value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self.__value == other.__value

    def __hash__(self) -> int:
        return hash((Secret, self.__value))

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Secret:
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a Secret is not written anywhere: send its name and give the value again")
