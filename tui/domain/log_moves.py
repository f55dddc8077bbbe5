"""Lines of a log that got other numbers: some were put between them, or taken out."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Moved:
    """Lines before `first` kept their number; every later one has a new one, or is no longer held."""

    first: int
    to: array[int]
    """By the number before, less `first`: the new one; of a line taken out, -1 less that of the next."""
    end: int
    """Number the next line will get."""

    def of(self, number: int) -> int:
        """Where a line is now; for one that was taken out, where the next one is."""
        if number < self.first:
            return number
        if number - self.first >= len(self.to):
            return self.end
        place = self.to[number - self.first]
        return place if place >= 0 else -1 - place

    def kept(self, numbers: Iterable[int]) -> list[int]:
        """Where these lines are now, ascending, without those that were taken out."""
        return sorted(self.of(number) for number in numbers if self._holds(number))

    def keys(self, by_number: dict[int, T]) -> dict[int, T]:
        """The same values by the new numbers."""
        return {self.of(number): value for number, value in by_number.items() if self._holds(number)}

    def _holds(self, number: int) -> bool:
        return not 0 <= number - self.first < len(self.to) or self.to[number - self.first] >= 0


def moved(first: int, order: Sequence[int], count: int) -> Moved:
    """The move that puts `count` lines from `first` on into this order of positions; those not in it go."""
    to = array("q", [-1]) * count
    for place, position in enumerate(order):
        to[position] = first + place
    following = first + len(order)
    if len(order) < count:
        for position in range(count - 1, -1, -1):
            if to[position] < 0:
                to[position] = -1 - following
            else:
                following = to[position]
    return Moved(first, to, first + len(order))
