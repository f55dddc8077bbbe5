"""Remote text is safe to show, and figures are short."""

from __future__ import annotations

from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.text import safe, safe_block, short_id, signs, without_secrets
from tui.domain.units import countdown, duration, money, plural


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("plain [/x] text", "plain [/x] text"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("a\x1b]52;c;aGk=\x07b", "ab"),
        ("a\x1b]0;title\x1b\\b", "ab"),
        ("a\x1bP1$r\x1b\\b", "ab"),
        ("a\x9b31mb", "ab"),
        ("one\ntwo\r\nthree", "one⏎two⏎three"),
        ("tab\there", "tab here"),
        ("left\u202eright", "leftright"),
        ("nul\x00bell\x07", "nulbell"),
        ("\x1b]52;c;never ended", ""),
        ("a\x9done \x9dtwo\x07b", "ab"),
    ],
)
def test_no_control_is_left(hostile: str, shown: str) -> None:
    assert safe(hostile) == shown


@given(st.text())
def test_whatever_comes_is_printable(text: str) -> None:
    assert safe(text).isprintable()
    assert all(line.isprintable() for line in safe_block(text).split("\n"))


@given(st.text(st.characters(categories=["L", "N", "P", "S"])))
def test_printable_text_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


def test_what_does_something_has_a_sign() -> None:
    assert signs("a\nb\tc\x1b[31md\u202ee\x9b") == "a⏎b c␛[31md·e·"


@given(st.text())
def test_a_sign_stands_for_every_character(text: str) -> None:
    assert signs(text).isprintable()
    assert len(signs(text)) == len(text)


LONG = 50_000


@pytest.mark.parametrize(
    "text",
    [
        "x" * LONG,
        "token" * LONG,
        "api_key" * LONG + "=",
        "secret=" + " " * LONG,
        "\x9d" * LONG + "\x1bX",
        "\x1b]" * LONG + "\x1bX",
        "\x1b[" + "0" * LONG,
    ],
    ids=range(7),
)
def test_a_long_text_of_a_stranger_takes_no_long_time(text: str) -> None:
    start = monotonic()
    safe(text)
    without_secrets(text)
    assert monotonic() - start < 2, "minutes, when each start of a match is read to the end"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("--my-token=abc def", "--my-token=(hidden) def"),
        ("MY_SECRET_THING: x", "MY_SECRET_THING: (hidden)"),
        ("PASSWORD=foo api-key=zz", "PASSWORD=(hidden) api-key=(hidden)"),
        ("curl -H 'Authorization: Bearer abc'", "curl -H 'Authorization: Bearer (hidden)'"),
        ("hf_abcdefghijkl tokenize text", "(hidden) tokenize text"),
    ],
)
def test_what_looks_like_a_secret_is_hidden(text: str, shown: str) -> None:
    assert without_secrets(text) == shown


def test_an_id_is_its_ends() -> None:
    assert short_id("6a1c2d3e4f5061728394a5b6") == "6a1c2d…b6"
    assert short_id("job-123") == "job-123"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, "–"), (-5, "0s"), (0, "0s"), (41, "41s"), (60, "1m"), (1320, "22m"), (4320, "1:12h"),
        (3600, "1:00h"), (86399, "23:59h"), (86400, "1d0h"), (273600, "3d4h"),
    ],
)  # fmt: skip
def test_durations(seconds: float | None, text: str) -> None:
    assert duration(seconds) == text


def test_money_says_when_it_is_estimated_and_never_rounds_a_cost_to_nothing() -> None:
    assert money(3) == "$3.00"
    assert money(3, estimated=True) == "~$3.00"
    assert money(0.0041) == "$0.004"
    assert money(0.0000001) == "<$0.001"
    assert money(0) == "$0.00"
    assert money(None) == "–"
    assert money(1234.5) == "$1,234.50"


def test_small_words() -> None:
    assert (countdown(8), countdown(761), countdown(7200)) == ("0:08", "12:41", "2:00h")
    assert (plural(1, "job"), plural(12408, "line")) == ("1 job", "12,408 lines")
