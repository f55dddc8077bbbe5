"""Fetching a script from the web, once, so that what was judged is what is sent. No token goes with it."""

from __future__ import annotations

import asyncio
import ssl

from ..domain.errors import ErrorKind, HubError
from ..domain.text import safe

MOST_BYTES = 5_000_000
_SECONDS = 20.0
_WANTS_LOGIN = {401: ErrorKind.UNAUTHORIZED, 403: ErrorKind.FORBIDDEN, 407: ErrorKind.UNAUTHORIZED}
_DOWNLOAD = "Download it, for a repository of the Hub with `hf download`, and name the file here."
_ADVICE = "Check the address, or save the script to a file and name that."


async def fetch_script(url: str) -> bytes:
    """The script at an address. Raises HubError."""
    import httpx2

    try:
        async with (
            asyncio.timeout(_SECONDS),
            httpx2.AsyncClient(
                follow_redirects=True, timeout=_SECONDS, verify=ssl.create_default_context()
            ) as client,
            client.stream("GET", url) as response,
        ):
            if response.status_code in _WANTS_LOGIN:
                raise _wants_login(url, response.status_code)
            if response.is_error:
                raise _failed(url, f"the server answered {response.status_code}")
            content = bytearray()
            async for chunk in response.aiter_bytes():
                content += chunk
                if len(content) > MOST_BYTES:
                    raise _failed(url, f"it is longer than {MOST_BYTES:,} bytes: no script")
    except TimeoutError:
        raise _failed(url, f"no whole answer within {_SECONDS:.0f} s") from None
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError, ValueError) as problem:
        raise _failed(url, safe(str(problem))[:200]) from None
    return bytes(content)


def _wants_login(url: str, status: int) -> HubError:
    words = f"the server asks for a login ({status}), and no token of yours is sent to that address"
    title = f"Could not fetch {safe(url)}"
    return HubError(_WANTS_LOGIN[status], title, detail=words, advice=_DOWNLOAD, status=status)


def _failed(url: str, words: str) -> HubError:
    return HubError(ErrorKind.REFUSED, f"Could not fetch {safe(url)}", detail=words, advice=_ADVICE)
