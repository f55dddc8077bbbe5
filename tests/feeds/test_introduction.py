"""What is asked once at start."""

from __future__ import annotations

from typing import Any

from tests.feeds.conftest import Mailbox
from tests.hub.conftest import Run
from tests.local_hub import LocalHub
from tui.feeds.introduction import introduce
from tui.hub.client import HubClient
from tui.messages import CatalogueKnown


def test_the_hardware_is_posted(client: HubClient, run: Run[Any], mailbox: Mailbox) -> None:
    run(introduce(client, mailbox.post))
    assert mailbox.all(CatalogueKnown)[0].catalogue.get("cpu-basic") is not None


def test_trouble_with_it_is_no_crash(
    hub: LocalHub, client: HubClient, run: Run[Any], mailbox: Mailbox
) -> None:
    hub.fail("GET", "/api/jobs/hardware", status=500)
    run(introduce(client, mailbox.post))
    assert mailbox.all(CatalogueKnown) == []
