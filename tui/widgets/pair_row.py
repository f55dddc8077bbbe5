"""A name and its value, side by side. Its editor gives the two fields their places."""

from __future__ import annotations

from textual.widget import Widget

from .light_input import LightInput

FROM_ENVIRONMENT = "from your environment"


class PairRow:
    """One name and its value; a bare one has no value of its own and is taken from the environment."""

    def __init__(self, name: str = "", value: str | None = "", *, masked: bool) -> None:
        self.bare = masked or value is None
        self.masked = masked
        self.name_input = LightInput(name, placeholder="NAME")
        self.value_input = LightInput(
            value or "", placeholder=FROM_ENVIRONMENT if self.bare else "value", password=masked
        )

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
        return self.name_input.value.strip(), None if self.bare and not value else value

    def show(self, name: str, value: str | None) -> None:
        """Hold another pair."""
        self.bare = self.masked or value is None
        self.name_input.value = name
        self.value_input.value = value or ""
        self.value_input.placeholder = FROM_ENVIRONMENT if self.bare else "value"

    def reveal(self, shown: bool) -> None:
        """Show a secret, or mask it again."""
        if self.masked:
            self.value_input.password = not shown
