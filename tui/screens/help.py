"""The help screen, made from the table of keys."""

from __future__ import annotations

from textwrap import wrap
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ..domain.query_fields import Fields
from ..keys import SCOPE_TITLES, Scope, actions, shown_key
from ..presentation.filter_help import FORMS, field_lines
from ..widgets.dialog import Dialog

KEY_COLUMNS, TOOLTIP_COLUMNS = 18, 48
"""Together they fit an 80 column terminal."""


class HelpScreen(Dialog[None]):
    """Every key: those of the screen it was asked on first; read-only none that would be refused."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1,enter", "close", "close", show=False),
        Binding("j", "down", show=False),
        Binding("k", "up", show=False),
    ]
    AUTO_FOCUS = "#help"

    def __init__(
        self,
        first: tuple[Scope, ...],
        *,
        read_only: bool = False,
        fields: Fields[Any] | None = None,
        typing_filter: bool = False,
    ) -> None:
        super().__init__()
        self._fields = fields
        """Those of the filter of the screen it was asked on."""
        self._typing_filter = typing_filter
        """Whether it was asked from the filter: then that comes first."""
        self._read_only = read_only
        self._scopes = tuple(dict.fromkeys((*first, *SCOPE_TITLES)))

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help") as box:
            box.border_title = Content("Keys")
            box.border_subtitle = Content("esc closes")
            sections = [_section(scope, read_only=self._read_only) for scope in self._scopes]
            if self._fields is not None:
                sections.insert(0 if self._typing_filter else 1, _filter_section(self._fields))
            yield Static(Content("\n\n").join(sections), markup=False)

    def action_close(self) -> None:
        self.dismiss()

    def action_down(self) -> None:
        self.query_one("#help").scroll_down(animate=False)

    def action_up(self) -> None:
        self.query_one("#help").scroll_up(animate=False)


def _filter_section(fields: Fields[Any]) -> Content:
    """What can be typed as a filter, and every field of this table."""
    rows = [*FORMS, *field_lines(fields)]
    return Content("\n").join([Content.styled("Filter", "bold $text-accent"), *(_row(*row) for row in rows)])


def _row(keys: str, tooltip: str) -> Content:
    first, *more = wrap(tooltip, TOOLTIP_COLUMNS)
    lines = [Content.assemble((f"  {keys:<{KEY_COLUMNS}} ", "$text-accent"), first)]
    return Content("\n").join([*lines, *(Content(f"{'':<{KEY_COLUMNS + 3}}{line}") for line in more)])


def _section(scope: Scope, *, read_only: bool) -> Content:
    lines = [Content.styled(SCOPE_TITLES[scope], "bold $text-accent")]
    for action in actions(scope):
        if read_only and action.writes:
            continue
        keys = " ".join(shown_key(key) for key in action.keys.split(","))
        lines.append(_row(keys, action.tooltip))
    return Content("\n").join(lines)
