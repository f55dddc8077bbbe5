"""The limit of a job, as the Hub and `hf` read it."""

from __future__ import annotations

import pytest

from tui.spec.checks import RefusedError
from tui.spec.draft import TimeoutUnit
from tui.spec.timeout import split_timeout, timeout_seconds, timeout_text


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7200", 7200),
        ("3600s", 3600),
        ("30m", 1800),
        ("1.5h", 5400),
        (".5m", 30),
        ("1.h", 3600),
        ("1d", 86400),
        (" 90 s ", 90),
        ("1.9s", 1),
        ("0.29h", int(0.29 * 3600)),
        ("007m", 420),
    ],
)
def test_a_limit_is_read(text: str, seconds: int) -> None:
    assert timeout_seconds(*split_timeout(text)) == seconds


@pytest.mark.parametrize(
    "text",
    [
        *(
            "0",
            "0h",
            "0.0m",
            "0.5s",
            "-5m",
            "+5m",
            "1.5",
            "5x",
            "1H",
            "abc",
            "h",
            "1e3s",
            "inf",
            "nan",
            "1_0",
        ),
        *("1,5h", "1 2h", "٣h", "9999999h", "9" * 400 + "d", "1h30m", "--"),
    ],
)
def test_what_the_hub_would_refuse_is_refused(text: str) -> None:
    with pytest.raises(RefusedError):
        timeout_seconds(*split_timeout(text))


@pytest.mark.parametrize(
    ("text", "amount", "unit"), [("", "", ""), ("90", "90", ""), ("1.5 h", "1.5", "h"), ("x\ny", "x\ny", "")]
)
def test_a_text_is_split_and_joined(text: str, amount: str, unit: TimeoutUnit) -> None:
    assert split_timeout(text) == (amount, unit)
    assert timeout_text(amount, unit) == text.replace(" ", "")
