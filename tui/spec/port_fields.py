"""Ports typed in a row: `8000 8080`."""

from __future__ import annotations

from tui.domain.ports import Ports

from .checks import RefusedError, whole_number

MOST_PORTS = 20
HIGHEST_PORT = 65535


def read_ports(exposed: str, public: str) -> Ports:
    """Read both fields; what is public is exposed as well (jobs-api.md §3.3). Raises RefusedError."""
    open_to_all = _numbers(public)
    ports = tuple(dict.fromkeys((*_numbers(exposed), *open_to_all)))
    if len(ports) > MOST_PORTS:
        raise RefusedError(f"these are {len(ports)} ports: the Hub takes {MOST_PORTS} at most")
    return Ports(ports, open_to_all)


def _numbers(text: str) -> tuple[int, ...]:
    words = text.replace(",", " ").split()
    return tuple(dict.fromkeys(whole_number(word, lowest=1, highest=HIGHEST_PORT) for word in words))
