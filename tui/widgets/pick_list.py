"""A list to choose from: one look of its cursor in every theme, and keys that work before it was painted."""

from __future__ import annotations

from textual.widgets import OptionList


class PickList(OptionList):
    """Mixed in before Textual's own list where there is one."""

    def action_page_up(self) -> None:
        if self._is_laid_out:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        if self._is_laid_out:
            super().action_page_down()  # type: ignore[no-untyped-call]

    @property
    def _is_laid_out(self) -> bool:
        """Whether its lines are known: not between being filled and being painted."""
        return bool(self._lines)
