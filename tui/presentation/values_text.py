"""What travels with a job beside its command: secrets by name, variables, volumes, labels."""

from __future__ import annotations

from collections.abc import Sequence

from ..spec.job_spec import JobSpec, LocalFolder, Volume
from ..spec.secret import MASK
from ..spec.tokens import find_token, names_a_secret
from .origin_text import origin_words

_SECRETS_CHARS = 240
_OTHERS_CHARS = 118
_VALUE_CHARS = 40


def value_rows(spec: JobSpec) -> list[tuple[str, str]]:
    """A label and what is sent under it; nothing of what there is none of. No secret value is in it."""
    rows = [
        ("secrets", listed([_secret(spec, name) for name in spec.secrets], _SECRETS_CHARS)),
        ("env", listed([_variable(spec, name) for name in spec.environment], _OTHERS_CHARS)),
        ("volumes", listed([_volume(volume) for volume in spec.volumes], _OTHERS_CHARS)),
        ("labels", listed([_label(spec, key) for key in spec.labels if key != "name"], _OTHERS_CHARS)),
    ]
    return [(label, text) for label, text in rows if text]


def listed(items: Sequence[str], most_chars: int) -> str:
    """The items in one text, and how many more there are than fit; at least one is shown."""
    shown = ""
    for number, item in enumerate(items):
        longer = f"{shown}, {item}" if shown else item
        if shown and len(longer) > most_chars:
            return f"{shown} and {len(items) - number:,} more"
        shown = longer
    return shown


def _secret(spec: JobSpec, name: str) -> str:
    return f"{name} ({origin_words(spec.secret_origins[name])})"


def _variable(spec: JobSpec, name: str) -> str:
    value, origin = spec.environment[name], spec.variable_origins[name]
    secret = names_a_secret(name) or names_a_secret(origin.variable) or find_token(value)
    text = f"{name}={MASK if secret else _short(value)}"
    return text if origin.source == "typed" else f"{text} ({origin_words(origin)})"


def _volume(volume: Volume | LocalFolder) -> str:
    source = volume.source if isinstance(volume, LocalFolder) else f"{volume.type} {volume.source}"
    access = " read-only" if volume.read_only else ""
    return f"{_short(source)} at {volume.mount_path}{access}"


def _label(spec: JobSpec, key: str) -> str:
    return f"{key}={spec.labels[key]}" if spec.labels[key] else key


def _short(text: str) -> str:
    return text if len(text) <= _VALUE_CHARS else f"{text[: _VALUE_CHARS - 1]}…"
