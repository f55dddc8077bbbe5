"""Bytes to lines, however they are cut and whatever they hold."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.stream import LogLine
from tui.hub.sse import CUT_NOTICE, LogDecoder

STAMP = "2026-05-12T14:58:25.162Z"
AT = 1778597905.162


def event(text: str, stamp: str = STAMP) -> bytes:
    return b"data: " + json.dumps({"data": text, "timestamp": stamp}, ensure_ascii=False).encode() + b"\n\n"


def decode(stream: bytes, size: int = 7) -> list[LogLine]:
    decoder = LogDecoder()
    return [line for at in range(0, len(stream), size) for line in decoder.feed(stream[at : at + size])]


def test_the_form_the_hub_sends() -> None:
    assert decode(event("one") + b": keep-alive\n\n" + event("")) == [LogLine(AT, "one"), LogLine(AT, "")]


@given(
    texts=st.lists(st.text(st.characters(codec="utf-8"))),
    size=st.integers(1, 50),
    break_with=st.sampled_from([b"\n", b"\r\n", b"\r"]),
    comment=st.booleans(),
)
def test_any_text_in_any_pieces(texts: list[str], size: int, break_with: bytes, comment: bool) -> None:
    between = b": keep-alive\n\n" if comment else b""
    stream = b"".join(event(text) + between for text in texts).replace(b"\n", break_with)
    end = b"" if break_with != b"\r" else b":"
    assert decode(stream + end, size) == [LogLine(AT, text) for text in texts]


@pytest.mark.parametrize(
    ("stream", "lines"),
    [
        (b'data:{"data":"no space","timestamp":"%s"}\n\n' % STAMP.encode(), [LogLine(AT, "no space")]),
        (b'event: log\nid: 1\ndata: {"data":"x","timestamp":"%s"}\n\n' % STAMP.encode(), [LogLine(AT, "x")]),
        (b'data: {"data":"in two",\ndata: "timestamp":"%s"}\n\n' % STAMP.encode(), [LogLine(AT, "in two")]),
        (b'data: {"data":"no time"}\n\n', [LogLine(0.0, "no time")]),
        (b'data: {"data":"odd","timestamp":5}\n\n', [LogLine(0.0, "odd")]),
        (b'data: {"data":"no zone","timestamp":"2026-05-12T14:58:25.162"}\n\n', [LogLine(AT, "no zone")]),
        (b'data: {"data":5}\n\n', [LogLine(0.0, '{"data":5}')]),
        (b'data: "text"\n\n', [LogLine(0.0, "text")]),
        (b"data: no json\n\n", [LogLine(0.0, "no json")]),
        (b'data: {"data":"half \\ud800"}\n\n', [LogLine(0.0, "half \ufffd")]),
        (b'data: {"data":"byte \xff"}\n\n', [LogLine(0.0, "byte \ufffd")]),
        (b'data: {"data":"later","timestamp":"%s","more":[1]}\n\n' % STAMP.encode(), [LogLine(AT, "later")]),
        (b": only comments\n\n\n\n:\n\n", []),
        (b"event: end\n\n", []),
    ],
)
def test_odd_forms_cost_no_line(stream: bytes, lines: list[LogLine]) -> None:
    around = [LogLine(AT, "before"), *lines, LogLine(AT, "after")]
    assert decode(event("before") + stream + event("after"), 10_000) == around
    assert decode(event("before") + stream + event("after"), 3) == around


def test_an_event_without_end_is_no_line_yet() -> None:
    assert decode(event("whole") + event("half")[:-1]) == [LogLine(AT, "whole")]


@pytest.mark.parametrize("size", [64, 1000, 5000])
def test_a_line_too_long_to_hold_is_cut_and_the_rest_goes_on(size: int) -> None:
    decoder = LogDecoder(most_event_bytes=2000)
    stream = event("before") + event("é" * 3000) + event("after") + event("x" * 1500)
    lines = [line for at in range(0, len(stream), size) for line in decoder.feed(stream[at : at + size])]
    assert [line.text[:10] for line in lines] == ["before", "é" * 10, "after", "x" * 10]
    assert lines[1].text.endswith(CUT_NOTICE)
    assert len(lines[3].text) == 1500


def test_a_cut_is_the_same_wherever_the_pieces_end() -> None:
    stream = event("a\\b\n" * 500 + "é" * 500)
    cuts = set()
    for size in (17, 100, 4096):
        decoder = LogDecoder(most_event_bytes=1000)
        pieces = [stream[at : at + size] for at in range(0, len(stream), size)]
        cuts.add(tuple(line for piece in pieces for line in decoder.feed(piece)))
    assert len(cuts) == 1
