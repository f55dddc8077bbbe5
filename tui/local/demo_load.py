"""What the simulated jobs of the demo use: curves like those of trainings, servers and idle cards."""

from __future__ import annotations

import hashlib
import math
import random
from dataclasses import dataclass

from .allotment import allotment_of
from .jobs import Job
from .metrics import Sample

GIGABYTE = 10**9


@dataclass(frozen=True, slots=True)
class Curve:
    """How hard a job works its machine, as shares of what the flavor gives."""

    gpu: float = 0.95
    vram: float = 0.86
    cpu: float = 0.22
    memory: float = 0.38
    idle_cards: int = 0
    """Cards the job never touches."""
    warm_up_seconds: float = 20.0
    """Downloading and loading; the cards do nothing yet."""
    pauses_every_seconds: float = 120.0
    """Evaluating and saving, four seconds each time."""

    def sample(self, job: Job, elapsed_seconds: float) -> Sample:
        """The figures of one second; the same at every look."""
        allotment = allotment_of(job.request.flavor)
        noise = random.Random(f"{job.id}/{int(elapsed_seconds)}")  # noqa: S311 - a made-up curve
        warmth = min(1.0, elapsed_seconds / self.warm_up_seconds)
        loading = warmth < 1
        saving = elapsed_seconds % self.pauses_every_seconds < 4 and not loading
        wave = 0.03 * math.sin(elapsed_seconds / 7)
        busy = 0.0 if loading else (0.15 if saving else 1.0) * self.gpu + wave * (self.gpu > 0)
        cpu = (0.8 if loading else self.cpu) + wave + noise.uniform(-0.02, 0.02)
        memory_bytes = allotment.memory_bytes or 16 * GIGABYTE
        return Sample(
            cpu_usage_pct=100 * min(1.0, max(0.0, cpu)),
            cpu_millicores=1000 * (allotment.cpus or 1),
            memory_used_bytes=int(memory_bytes * self.memory * (0.3 + 0.7 * warmth)),
            memory_total_bytes=memory_bytes,
            replica=hashlib.sha256(job.id.encode()).hexdigest()[:5],
            rx_bps=int(noise.uniform(1.8e8, 2.6e8) if loading else noise.uniform(2e3, 6e4)),
            tx_bps=int(noise.uniform(6e7, 9e7) if saving else noise.uniform(1e3, 2e4)),
            gpus={
                _card_id(job, card): self._card(
                    allotment.accelerator_memory_bytes, card < self.idle_cards, busy, warmth, noise
                )
                for card in range(allotment.accelerators)
            },
        )

    def _card(
        self, total_bytes: int, idle: bool, busy: float, warmth: float, noise: random.Random
    ) -> dict[str, int]:
        utilization = 0.0 if idle or not busy else busy + noise.uniform(-0.03, 0.02)
        return {
            "utilization": round(100 * min(1.0, max(0.0, utilization))),
            "memory_used_bytes": 0 if idle else int(total_bytes * self.vram * warmth),
            "memory_total_bytes": total_bytes,
        }


def _card_id(job: Job, card: int) -> str:
    return hashlib.sha256(f"{job.id}/{card}".encode()).hexdigest()[:8]


TRAINING = Curve()
SERVER = Curve(gpu=0.31, vram=0.92, cpu=0.08, memory=0.2, pauses_every_seconds=1e9)
FORGOTTEN = Curve(gpu=0.0, vram=0.02, cpu=0.01, memory=0.05, pauses_every_seconds=1e9)
HALF_IDLE = Curve(gpu=0.62, vram=0.55, cpu=0.91, memory=0.7, idle_cards=1)
ON_CPU = Curve(gpu=0.0, cpu=0.7, memory=0.5)
