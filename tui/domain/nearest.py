"""The name someone probably meant: one rule wherever an unknown word is answered with a known one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from itertools import takewhile

_LEAST_CLOSE = 0.55
_FEWEST_COMMON = 2


def nearest(word: str, names: Iterable[str], *, least_close: float = _LEAST_CLOSE) -> str | None:
    """Return the known name with the longest common beginning, None when none is close.

    Case and the choice between `-` and `_` do not count. Of several that begin with the whole word the first
    one is taken, of several that share less of their beginning the most similar. Close is what shares
    `least_close` (0 to 1) of the word, as its beginning or in all.
    """
    wanted = _plain(word)
    best: tuple[int, float] = (0, 0.0)
    found: str | None = None
    for name in names:
        known = _plain(name)
        common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(wanted, known, strict=False)))
        whole = common == len(wanted)
        similar = 1.0 if whole else difflib.SequenceMatcher(None, wanted, known).ratio()
        share = common / len(wanted) if common >= _FEWEST_COMMON else 0.0
        if max(share, 0.0 if whole else similar) >= least_close and (common, similar) > best:
            best, found = (common, similar), name
    return found


def _plain(word: str) -> str:
    return word.strip().casefold().replace("_", "-")
