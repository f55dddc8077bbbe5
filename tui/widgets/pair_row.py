"""A name and its value, side by side. Its editor gives the two fields their places."""

from __future__ import annotations

from textual.widget import Widget

from ..spec.meaning import Verbatim, plain_reference
from .light_input import LightInput

FROM_ENVIRONMENT = "from your environment"


class ValueInput(LightInput):
    """A value; a secret one is shown only while it is held, or as long as it is but a reference."""

    in_clear = ""
    """The text that may be read though the field is one for secrets."""

    def validate_value(self, value: str) -> str:
        """Mask another text before it is painted for the first time."""
        if self.in_clear and value != self.in_clear:
            self.in_clear, self.password = "", True
        return value


class PairRow:
    """One name and its value; a bare one has no value of its own and is taken from the environment."""

    def __init__(self, name: str = "", value: str | None = "", *, masked: bool) -> None:
        self.bare = masked or value is None
        self.masked = masked
        self._verbatim = value if isinstance(value, Verbatim) else None
        """A value taken over from a job: as long as nothing else is typed, it stays what it is."""
        self.name_input = LightInput(name, placeholder="NAME")
        self.value_input = ValueInput(
            value or "", placeholder=FROM_ENVIRONMENT if self.bare else "value", password=masked
        )
        self.source = ""
        """Where the value comes from, when what is typed only refers to it."""
        self.words = ""
        """The same as a sentence, also of a row that has a name alone."""

    @property
    def inputs(self) -> tuple[Widget, Widget]:
        """Its fields as they are read."""
        return self.name_input, self.value_input

    @property
    def blank(self) -> bool:
        """Whether nothing is typed in it."""
        return not self.name_input.value and not self.value_input.value

    @property
    def pair(self) -> tuple[str, str | None]:
        """Name and value; None as value when it is to be taken from the environment."""
        value = self.value_input.value
        if self._verbatim is not None and value == self._verbatim:
            value = self._verbatim
        return self.name_input.value.strip(), None if self.bare and not value else value

    def show(self, name: str, value: str | None) -> None:
        """Hold another pair."""
        self.bare = self.masked or value is None
        self._verbatim = value if isinstance(value, Verbatim) else None
        self.name_input.value = name
        self.value_input.value = value or ""
        self.value_input.placeholder = FROM_ENVIRONMENT if self.bare else "value"

    def reveal(self, shown: bool) -> None:
        """Show a secret, or mask it again."""
        if self.masked:
            self.value_input.password = not shown and not self.value_input.in_clear

    def show_origin(self, source: str, words: str) -> bool:
        """Say where the value comes from, empty when it is what is typed; whether that is news."""
        name, value = self.name_input.value.strip(), self.value_input.value
        before = (self.source, self.value_input.in_clear)
        refers = bool(source and value) and plain_reference(name, value) is not None
        if self.masked:
            self.value_input.in_clear = value if refers else ""
            self.reveal(False)
        self.source, self.words = (source if value else ""), words
        if self.bare and not value:
            self.value_input.placeholder = words or FROM_ENVIRONMENT
        return before != (self.source, self.value_input.in_clear)
