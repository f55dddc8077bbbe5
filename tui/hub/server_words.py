"""What a server says about a refusal, in whichever of its forms (jobs-api.md §11).."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..domain.convert import as_list, as_mapping
from ..domain.text import safe, safe_block
from .wire import decode_json

_MOST_CHARS = 2000


def server_words(headers: Mapping[str, str], body: bytes) -> str:
    """The texts of the X-Error-Message header and the body, each once, one a line; web pages are no words."""
    texts = [headers.get("X-Error-Message", ""), *_body_texts(headers, body)]
    lines = dict.fromkeys(safe_block(text.strip()) for text in texts)
    return "\n".join(line for line in lines if line)[:_MOST_CHARS]


def request_id(headers: Mapping[str, str]) -> str | None:
    """The id support asks for; `Root=1-…;uuid` as the front server words it when there is no other."""
    found = safe(headers.get("X-Request-Id", "") or headers.get("X-Amzn-Trace-Id", "")).strip()[:200]
    return found or None


def _body_texts(headers: Mapping[str, str], body: bytes) -> Iterable[str]:
    try:
        answer = decode_json(body)
    except ValueError:
        text = body[: 4 * _MOST_CHARS].decode("utf-8", errors="replace")
        html = "html" in headers.get("content-type", "").lower() or text.lstrip().startswith("<")
        return [] if html else [text]
    if isinstance(answer, str):
        return [answer]
    data = as_mapping(answer)
    return [
        *_texts(data.get("error")),
        *_texts(data.get("error_description")),
        *_texts(data.get("errors")),
        *_texts(data.get("message")),
    ]


def _texts(value: Any) -> list[str]:
    """Text, a list of texts, an object with a message, or a list of those."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return _texts(value.get("message"))
    return [text for item in as_list(value) for text in _texts(item)]
