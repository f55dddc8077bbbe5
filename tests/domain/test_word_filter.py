"""A filter of plain words."""

from __future__ import annotations

import pytest

from tui.domain.query import QueryError
from tui.domain.word_filter import compile_words


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a10g", True),
        ("A10G large", True),
        ("a10g -x4", True),
        ("-large", False),
        ('"80 GB"', False),
        ("", True),
    ],
)
def test_every_word_must_be_there_and_no_other_word(text: str, kept: bool) -> None:
    assert compile_words(text)("a10g-large 24 GB gpu") is kept


def test_a_mistake_is_explained() -> None:
    with pytest.raises(QueryError, match="turns round the word"):
        compile_words("a10g -")
