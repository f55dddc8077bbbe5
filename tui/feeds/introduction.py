"""What is asked once at start: who is logged in, and which hardware is on offer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.message import Message

from ..domain.errors import HubError
from ..hub.client import HubClient
from ..messages import CatalogueKnown, IdentityKnown


async def introduce(client: HubClient, post: Callable[[Message], object]) -> None:
    """Post the catalogue and the identity as each arrives.

    A failure is not told from here: the jobs feed meets the same one and says it, and until the
    catalogue comes the bundled one stands in, marked with its date.
    """

    async def identity() -> None:
        post(IdentityKnown(await client.whoami()))

    async def catalogue() -> None:
        post(CatalogueKnown(await client.hardware()))

    outcomes = await asyncio.gather(identity(), catalogue(), return_exceptions=True)
    for outcome in outcomes:
        if outcome is not None and not isinstance(outcome, HubError):
            raise outcome
