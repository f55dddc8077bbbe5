"""TOML that others wrote: read, or refused with a reason, whatever it holds."""

from __future__ import annotations

from typing import Any


def read_toml(text: str) -> dict[str, Any]:
    """Read the table of a text.

    Raises:
        ValueError: Not TOML, with the reason; nested too deeply is one.
    """
    import tomllib  # most starts read none

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"not valid TOML: {error}") from None
    except RecursionError:
        raise ValueError("not valid TOML: nested too deeply") from None
