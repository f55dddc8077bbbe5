"""Logs of trainings that go on: progress bars and figures, a line or so each second."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

BAR_CELLS = 10
EIGHTHS = " ▏▎▍▌▋▊▉█"


@dataclass(frozen=True, slots=True)
class Training:
    """A training in the manner of `transformers.Trainer`: a tqdm bar, and figures every few steps."""

    seed: str
    opening: tuple[str, ...]
    """What is printed while everything is loaded."""
    steps: int
    seconds_per_step: float = 1.0
    figures_every: int = 10
    steps_per_epoch: int = 500
    first_loss: float = 2.4
    last_loss: float = 0.7
    warm_up_seconds: float = 20.0
    closing: tuple[str, ...] = ("Training completed.",)

    @property
    def duration_seconds(self) -> float:
        """From the first line to the last."""
        return self.warm_up_seconds + self.steps * self.seconds_per_step + len(self.closing)

    def lines(self, begin: float, end: float) -> Iterator[tuple[float, str]]:
        """Lines and their moments, from `begin` and before `end`, in seconds since the start."""
        gap = self.warm_up_seconds / max(1, len(self.opening))
        yield from _within(((index * gap, text) for index, text in enumerate(self.opening)), begin, end)
        first = max(1, math.floor((begin - self.warm_up_seconds) / self.seconds_per_step))
        for step in range(first, self.steps + 1):
            offset = self.warm_up_seconds + step * self.seconds_per_step
            if offset >= end:
                return
            if offset >= begin:
                yield from ((offset, text) for text in self._step(step))
        last = self.warm_up_seconds + self.steps * self.seconds_per_step
        yield from _within(
            ((last + index + 0.5, text) for index, text in enumerate(self.closing)), begin, end
        )

    def _step(self, step: int) -> Iterator[str]:
        if step % self.figures_every:
            yield progress_bar(step, self.steps, self.seconds_per_step)
        else:
            yield (
                progress_bar(step, self.steps, self.seconds_per_step)
                + "\r"
                + " " * 78
                + "\r"
                + self._figures(step)
            )

    def _figures(self, step: int) -> str:
        """The dictionary the trainer prints."""
        noise = random.Random(f"{self.seed}/{step}")  # noqa: S311 - the same log at every look
        done = step / self.steps
        loss = self.last_loss + (self.first_loss - self.last_loss) * math.exp(-5 * done)
        figures = {
            "loss": round(loss * noise.uniform(0.94, 1.06), 4),
            "grad_norm": round(noise.uniform(0.4, 1.6) * (1 + 2 * math.exp(-8 * done)), 4),
            "learning_rate": float(f"{2e-4 * (1 + math.cos(math.pi * done)) / 2:.3e}"),
            "epoch": round(step / self.steps_per_epoch, 2),
        }
        return str(figures)


def progress_bar(done: int, total: int, seconds_each: float, label: str = "") -> str:
    """One state of a tqdm bar, which returns to the start of its line to be drawn over."""
    share = done / total
    eighths = int(share * BAR_CELLS * 8)
    full, part = divmod(eighths, 8)
    bar = ("█" * full + (EIGHTHS[part] if full < BAR_CELLS and part else "")).ljust(BAR_CELLS)
    passed, left = clock_face(done * seconds_each), clock_face((total - done) * seconds_each)
    rate = f"{seconds_each:5.2f}s/it" if seconds_each >= 1 else f"{1 / seconds_each:.2f}it/s"
    return f"\r{label}{share:4.0%}|{bar}| {done}/{total} [{passed}<{left}, {rate}]"


def clock_face(seconds: float) -> str:
    """A span as tqdm writes it: `02:05`, `1:02:05`."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def _within(lines: Iterator[tuple[float, str]], begin: float, end: float) -> Iterator[tuple[float, str]]:
    return ((offset, text) for offset, text in lines if begin <= offset < end)
