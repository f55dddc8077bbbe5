"""What a job uses just now (jobs-api.md §5): one sample a second, and no history."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sample:
    """The figures of one second."""

    cpu_usage_pct: float
    """Of the processors allotted."""
    cpu_millicores: int
    """How much is allotted, in thousandths of a processor."""
    memory_used_bytes: int
    memory_total_bytes: int
    replica: str
    """Names the machine the job is on; another attempt has another."""
    rx_bps: int = 0
    tx_bps: int = 0
    gpus: Mapping[str, Mapping[str, int]] | None = None
    """By an opaque short id; none on flavors without."""

    def as_json(self) -> dict[str, Any]:
        """The `data` of a metric event."""
        return {
            "cpu_usage_pct": round(self.cpu_usage_pct),
            "cpu_millicores": self.cpu_millicores,
            "memory_used_bytes": self.memory_used_bytes,
            "memory_total_bytes": self.memory_total_bytes,
            "rx_bps": self.rx_bps,
            "tx_bps": self.tx_bps,
            "gpus": {name: dict(card) for name, card in (self.gpus or {}).items()},
            "replica": self.replica,
        }


class Metrics:
    """The last sample of one job, and whoever waits for the next."""

    def __init__(self) -> None:
        self.latest: Sample | None = None
        self.count = 0
        """How many samples there have been."""
        self._watchers: set[asyncio.Event] = set()

    @property
    def watched(self) -> bool:
        """Whether anybody waits."""
        return bool(self._watchers)

    def publish(self, sample: Sample) -> None:
        """Tell everybody who waits."""
        self.latest = sample
        self.count += 1
        for wake in self._watchers:
            wake.set()

    def watch(self, wake: asyncio.Event) -> None:
        """Set this event at each sample."""
        self._watchers.add(wake)

    def unwatch(self, wake: asyncio.Event) -> None:
        """Stop setting this event."""
        self._watchers.discard(wake)
