"""What is asked once at start, beside the jobs: which hardware is on offer."""

from __future__ import annotations

from collections.abc import Callable

from textual.message import Message

from ..domain.errors import HubError
from ..hub.client import HubClient
from ..messages import CatalogueKnown
from ..messages.places import HardwareNotRead


async def introduce(
    client: HubClient, post: Callable[[Message], object], *, tell_failure: bool = False
) -> None:
    """Post the catalogue.

    At start a failure is not told from here: the jobs feed meets the same one and says it, and the bundled
    catalogue stands in, marked with its date.
    """
    try:
        post(CatalogueKnown(await client.hardware()))
    except HubError as error:
        if tell_failure:
            post(HardwareNotRead(error))
