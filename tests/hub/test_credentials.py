"""Where a token comes from, and that it shows nowhere."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tui.domain.errors import ErrorKind, HubError
from tui.hub.credentials import Token, find_token, silence_library

HUB, LOCAL = "https://huggingface.co", "http://127.0.0.1:8000"
STORED, TYPED, SET = "hf_stored0000", "hf_typed00000", "hf_set0000000"


@pytest.fixture
def stored_login(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A login as `hf auth login` leaves it."""
    from huggingface_hub import constants

    path = tmp_path / "token"
    path.write_text(STORED + "\n")
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(path))


def revealed(token: Token | None) -> str | None:
    return token.reveal() if token else None


@pytest.mark.usefixtures("stored_login")
@pytest.mark.parametrize(
    ("endpoint", "typed", "environ", "expected"),
    [
        (HUB, TYPED, {"HF_TOKEN": SET}, TYPED),
        (HUB, None, {"HF_TOKEN": SET}, SET),
        (HUB, None, {"HUGGING_FACE_HUB_TOKEN": SET}, SET),
        (HUB, " ", {"HF_TOKEN": " "}, STORED),
        (HUB, None, {}, STORED),
        (LOCAL, TYPED, {}, TYPED),
        (LOCAL, None, {"HF_TOKEN": SET}, SET),
        (LOCAL, None, {}, None),
        ("http://localhost:1", None, {}, None),
        ("http://[::1]:1", None, {}, None),
        ("http://127.9.9.9", None, {}, None),
        ("http://x.localhost", None, {}, None),
    ],
)
def test_the_first_source_wins_and_a_login_never_goes_to_this_machine(
    endpoint: str, typed: str | None, environ: dict[str, str], expected: str | None
) -> None:
    assert revealed(find_token(endpoint, typed, environ)) == expected


@pytest.mark.usefixtures("stored_login")
def test_a_token_says_where_it_came_from_and_nothing_else() -> None:
    for token in (
        find_token(HUB, TYPED, {}),
        find_token(HUB, None, {"HF_TOKEN": SET}),
        find_token(HUB, None, {}),
    ):
        assert token is not None
        for text in (repr(token), str(token), f"{token}", repr([token]), f"{token!r:>10}", token.source):
            assert token.reveal() not in text
            assert token.source in text
        with pytest.raises(AttributeError):
            _ = token.__dict__


@pytest.mark.parametrize("value", ["hf_a\r\nHost: evil", "hf_a\x00b", "hf_é", "hf a", "hf_\x7f"])
def test_a_token_that_would_break_a_header_is_refused(value: str) -> None:
    with pytest.raises(HubError) as failure:
        Token(value, "--token")
    assert failure.value.kind is ErrorKind.UNAUTHORIZED
    assert value not in failure.value.sentences()
    assert failure.value.advice


def test_the_librarys_log_stays_off_the_terminal() -> None:
    logger = logging.getLogger("huggingface_hub")
    logger.addHandler(logging.StreamHandler())
    silence_library()
    assert [type(handler) for handler in logger.handlers] == [logging.NullHandler]
