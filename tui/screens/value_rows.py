"""Variables and secrets in the composer: where each value comes from, and taking one from here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.text import safe
from ..presentation.origin_text import rows_words
from ..spec.draft import Draft
from ..spec.take_here import take_here
from ..spec.values import row_origins
from ..widgets.fields import TextField
from ..widgets.pairs_editor import PairsEditor

if TYPE_CHECKING:
    from .compose import ComposeScreen

_FIELDS = ("env", "secrets", "env_file", "secrets_file")


class ValueRows:
    """Says where values come from, and takes one from this machine by a key."""

    def __init__(self, screen: ComposeScreen) -> None:
        self._screen = screen
        self._offered = False

    def show_origins(self, draft: Draft) -> None:
        """Say at each row whose value is not typed in it where it comes from."""
        found = row_origins(draft, self._screen.host.environment)
        names = {
            "env": [pair.name.strip() for pair in draft.env],
            "secrets": [pair.name.strip() for pair in draft.secrets],
        }
        words = {field: rows_words(names[field], origins) for field, origins in found.items()}
        self._screen.form.show_origins(words)

    @property
    def offered(self) -> bool:
        """Whether the cursor is where a value can be taken from this machine."""
        return bool(self._place()[0])

    def follow_cursor(self) -> None:
        """Show the key in the footer where it does something."""
        if self.offered != self._offered:
            self._offered = not self._offered
            self._screen.update_footer()

    def take(self) -> None:
        """Let the value under the cursor be the one of this machine."""
        screen, (field, index) = self._screen, self._place()
        draft = screen.form.draft()
        taken, names = take_here(draft, field, index, screen.host.environment)
        if not names:
            screen.say("Put the cursor into a variable or secret that has a name")
            return
        screen.form.load(taken)
        unset = [name for name in names if screen.host.environment.secret(name) is None]
        if unset:
            screen.say(f"{safe(', '.join(unset))} is not set here: export it and start again")
        else:
            screen.notify(f"{safe(', '.join(names))}: taken from this machine", markup=False)

    def _place(self) -> tuple[str, int]:
        """The field with the cursor and its row; an empty field elsewhere."""
        focused = self._screen.focused
        if isinstance(focused, TextField) and focused.field in _FIELDS:
            return focused.field, 0
        editor = focused.parent if focused else None
        if isinstance(editor, PairsEditor) and editor.field in _FIELDS:
            row = editor.cursor_row
            return editor.field, -1 if row is None else row
        return "", 0
