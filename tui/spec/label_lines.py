"""Labels as lines of text, `key=value` each, to be edited and read again."""

from __future__ import annotations

from collections.abc import Mapping

from tui.domain.labels import LabelEdit
from tui.domain.text import safe

from .checks import RefusedError, label_key, label_value


def label_lines(labels: Mapping[str, str]) -> str:
    """One line a label, the name first."""
    keys = sorted(labels, key=lambda key: (key != "name", key))
    return "\n".join(f"{safe(key)}={safe(labels[key])}" for key in keys)


def read_edit(text: str, labels: Mapping[str, str]) -> LabelEdit:
    """What is different in the edited lines of these labels. Raises RefusedError, which names the line.

    A label that was there before is not judged: whatever it is, the Hub has taken it.
    """
    shown = {safe(key): safe(value) for key, value in labels.items()}
    lines: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        key, _, value = (part.strip() for part in line.partition("="))
        if key in lines:
            raise RefusedError(f"line {number}: {key} is there already, in line {lines[key][0]}")
        if shown.get(key) != value:
            _judge(number, key, value)
        lines[key] = number, value
    written = {key: value for key, (_, value) in lines.items() if shown.get(key) != value}
    return LabelEdit(written, frozenset(key for key in labels if safe(key) not in lines))


def _judge(number: int, key: str, value: str) -> None:
    try:
        label_key(key)
        label_value(value)
    except RefusedError as refusal:
        raise RefusedError(f"line {number}: {refusal}") from None
