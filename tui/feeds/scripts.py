"""A script on the web, fetched for the composer."""

from __future__ import annotations

from collections.abc import Callable

from textual.message import Message

from ..domain.errors import HubError
from ..hub.scripts import fetch_script
from ..messages import ScriptFetched


async def fetch(url: str, post: Callable[[Message], object]) -> None:
    """One message, with the script or with what stood in the way."""
    try:
        post(ScriptFetched(url, await fetch_script(url)))
    except HubError as error:
        post(ScriptFetched(url, None, error))
