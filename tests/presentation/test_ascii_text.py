"""Signs as letters: as wide as they were, and nothing else than ASCII where that is asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.presentation.ascii_text import ascii_text, pure_ascii


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("train", "train"),
        ("● running · 5 × l4", "* running . 5 x l4"),
        ("╭─ Züge ─╮", "+- Zuge -+"),
        ("日本", "????"),
        ("e\u0301te\u0301", "ete"),
        ("ﬁ ½", "? ?"),
        ("👩\u200d🚀!", "??!"),
    ],
)
def test_what_is_shown_where_only_ascii_can_be(text: str, plain: str) -> None:
    assert pure_ascii(text) == plain


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_it_is_ascii_and_as_wide_as_before(text: str) -> None:
    assert pure_ascii(text).isascii()
    assert cell_len(pure_ascii(text)) == cell_len(text)


def test_by_choice_the_users_own_letters_stay() -> None:
    assert ascii_text("● Züge 日本") == "* Züge 日本"
