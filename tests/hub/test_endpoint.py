"""Addresses of hubs: what is taken, and what is told of the rest."""

from __future__ import annotations

import pytest

from tui.domain.errors import HubError
from tui.hub.endpoint import Endpoint


@pytest.mark.parametrize(
    "text", ["https://huggingface.co", "https://huggingface.co/", " http://127.0.0.1:1/ "]
)
def test_an_address_is_taken_without_its_slash(text: str) -> None:
    endpoint = Endpoint.parse(text)
    assert endpoint.url == text.strip().rstrip("/")
    assert endpoint.api("jobs", "a/b", "..") == endpoint.url + "/api/jobs/a%2Fb/%2E%2E"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "huggingface.co",
        "ftp://x",
        "http://",
        "http://x:99999999",
        "http://a b",
        "https://u:hf_secret@x",
        "https://x?token=1",
        "https://x#y",
        "http://[",
        "https://x\x1b[31m",
    ],
)
def test_what_is_no_address_is_told(text: str) -> None:
    with pytest.raises(HubError) as failure:
        Endpoint.parse(text)
    assert "HF_ENDPOINT" in failure.value.advice
    assert "hf_secret" not in failure.value.sentences()
    assert failure.value.title.isprintable()


def test_an_origin_is_scheme_host_and_port() -> None:
    endpoint = Endpoint.parse("https://huggingface.co")
    assert endpoint.same_origin("https://huggingface.co:443/x")
    for other in (
        "http://huggingface.co/x",
        "https://huggingface.co:8443",
        "https://evil.co",
        "/x",
        "http://[",
    ):
        assert not endpoint.same_origin(other)
