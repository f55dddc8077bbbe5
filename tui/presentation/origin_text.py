"""Where the value of a variable or secret comes from, in a few words."""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.text import safe
from ..spec.origins import Origin


def origin_words(origin: Origin) -> str:
    """`typed`, `environment`, `login` or `file`, with the variable or the file it is read from."""
    if origin.source == "script":
        return "from the script"
    if origin.source == "file":
        return f"file {safe(origin.file)}"
    variable = f" ${safe(origin.variable)}" if origin.variable and origin.source != "login" else ""
    return f"{origin.source}{variable}" + (f" by file {safe(origin.file)}" if origin.file else "")


def row_words(name: str, origin: Origin | None) -> tuple[str, str]:
    """In a word and as a sentence where the value of a row comes from; both empty for one that is typed."""
    if origin is None or origin.source == "typed":
        return "", ""
    variable = "" if origin.variable in ("", name) else f"${safe(origin.variable)} "
    if origin.source == "login":
        return "login", "from your login"
    return f"{origin.source}", f"{variable}from your environment"


def rows_words(names: Sequence[str], origins: Sequence[Origin | None]) -> list[tuple[str, str]]:
    """`row_words` of every row."""
    return [row_words(name, origin) for name, origin in zip(names, origins, strict=True)]
