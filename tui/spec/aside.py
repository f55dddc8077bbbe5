"""Drafts that gave way to others in the form: nothing typed is lost by filling it anew."""

from __future__ import annotations

from .draft import Draft

MOST_ASIDE = 20


class DraftsAside:
    """In memory only, since a draft may hold secrets."""

    def __init__(self) -> None:
        self._drafts: list[Draft] = []

    def put(self, draft: Draft) -> None:
        """Keep a draft that gives way, unless it is empty."""
        if draft != Draft():
            self._drafts = [*(one for one in self._drafts if one != draft), draft][-MOST_ASIDE:]

    def turn(self, shown: Draft) -> Draft | None:
        """The draft that gave way last, in exchange for the one shown; None when there is no other.

        The one shown goes to the far end: asked often enough, each comes back.
        """
        others = [one for one in self._drafts if one != shown]
        if not others:
            return None
        back = others.pop()
        self._drafts = others if shown == Draft() else [shown, *others]
        return back
