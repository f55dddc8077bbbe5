"""The plain controls of the form: a text, several words in one line, one of a few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from textual.suggester import Suggester

from ..spec.draft import Draft
from ..spec.quoting import join, split
from .choice import Choice
from .light_input import LightInput


class TextField(LightInput):
    """One attribute of the draft as raw text; its id is the attribute's name."""

    def __init__(self, field: str, placeholder: str = "", *, suggester: Suggester | None = None) -> None:
        super().__init__(id=field, placeholder=placeholder, suggester=suggester)
        self.field = field
        self._placeholder = placeholder

    def read(self) -> Mapping[str, object]:
        return {self.field: self.value}

    def fill(self, draft: Draft) -> None:
        self.value = cast(str, getattr(draft, self.field))

    def show_inherited(self, text: str) -> None:
        """Say what holds while nothing is typed here."""
        self.placeholder = f"{text}  (from the script)" if text else self._placeholder


class WordsField(TextField):
    """Several values in one line, in shell quoting where one holds a blank."""

    def read(self) -> Mapping[str, object]:
        words = split(self.value)
        return {self.field: tuple(self.value.split()) if words is None else words}

    def fill(self, draft: Draft) -> None:
        words = getattr(draft, self.field)
        if split(self.value) != words:  # else it stays as it was typed
            self.value = join(words)


class ChoiceField(Choice):
    """One attribute of the draft that has few values."""

    def __init__(self, field: str, options: Sequence[tuple[object, str]]) -> None:
        super().__init__([(str(value), label) for value, label in options], id=field)
        self.field = field
        self._values = {str(value): value for value, _ in options}

    def read(self) -> Mapping[str, object]:
        return {self.field: self._values[self.value]}

    def fill(self, draft: Draft) -> None:
        text = str(getattr(draft, self.field))
        self.value = text if text in self._values else next(iter(self._values))
