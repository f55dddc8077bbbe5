"""The forms in which the hub refuses (jobs-api.md §11)."""

from __future__ import annotations

import errno
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response


class Refusal(Exception):  # noqa: N818 - an answer, not a failure
    """A request the hub will not serve: the status and the words for whoever asked."""

    def __init__(self, status: int, words: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(words)
        self.status = status
        self.words = words
        self.headers = dict(headers or {})

    def response(self) -> Response:
        """The refusal as the Hub sends one: the words in the body and in a header."""
        return JSONResponse(
            {"error": self.words},
            self.status,
            headers={"X-Error-Message": _header_text(self.words), **self.headers},
        )


def _header_text(words: str) -> str:
    """Words that quote a request must not break the header block, nor leave Latin-1."""
    return "".join(char if " " <= char <= "~" else "?" for char in words)[:500]


NOT_FOUND = "Sorry, we can't find the page you are looking for."


async def answer_refusal(_request: Request, refusal: Exception) -> Response:
    """Exception handler for `Refusal`."""
    assert isinstance(refusal, Refusal)
    return refusal.response()


async def answer_unknown_route(_request: Request, _error: Exception) -> Response:
    """Exception handler for paths the hub does not serve."""
    return Refusal(404, NOT_FOUND).response()


async def answer_wrong_method(_request: Request, _error: Exception) -> Response:
    """Exception handler for a known path asked in an unknown way."""
    return Refusal(405, "Method not allowed").response()


async def answer_trouble(_request: Request, error: Exception) -> Response:
    """Exception handler for what the system refuses the hub: a full disk, no more files, no right to."""
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    return Refusal(507 if full else 503, f"The local hub cannot do this now: {reason(error)}").response()


def reason(error: BaseException) -> str:
    """Why something failed, in words for whoever reads a log or a reply."""
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return words or type(error).__name__


async def answer_broken(_request: Request, _error: Exception) -> Response:
    """Exception handler for a defect of the hub itself."""
    return Refusal(500, "Internal Error - We're working hard to fix this as soon as possible!").response()
