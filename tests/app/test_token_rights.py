"""What a token may not do is said before a job is sent, as far as the Hub tells it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.app.test_submit import filled
from tests.driver import SMALL, USUAL, dashboard
from tests.local_hub import LocalHub
from tui.screens.compose import ComposeScreen

READ = {"displayName": "laptop", "role": "read"}
OF_ACME = {
    "displayName": "robot",
    "role": "fineGrained",
    "fineGrained": {
        "global": [],
        "scoped": [{"entity": {"type": "org", "name": "acme"}, "permissions": ["job.write"]}],
    },
}
UNTOLD = {"displayName": "robot", "role": "fineGrained"}


def use_token(hub: LocalHub, token: dict[str, Any]) -> None:
    """Let the hub say this of the token."""
    identity = hub.state.identity.whoami()
    identity["auth"]["accessToken"] = token
    hub.fail("GET", "/api/whoami-v2", status=200, body=identity, times=100)


def found(screen: ComposeScreen) -> str:
    """What is said beside the form before the job is sent."""
    return str(screen.beside.findings.content)


async def test_a_token_that_only_reads_is_named(hub: LocalHub) -> None:
    use_token(hub, READ)
    async with dashboard(hub, size=USUAL) as t:
        await t.sees("read-only token: no write")
        screen = await filled(t, "hf jobs run ubuntu true")
        words = "The token “laptop” is read-only: the right write is missing"
        await t.until(lambda: words in found(screen), words)
        await t.press("ctrl+j")
        await t.sees("Submit this job?")
        await t.says("read-only: the right write is missing")


@pytest.mark.parametrize(("namespace", "missing"), [("", True), ("--namespace acme", False)])
async def test_a_fine_grained_token_is_named_where_it_starts_no_jobs(
    hub: LocalHub, namespace: str, missing: bool
) -> None:
    use_token(hub, OF_ACME)
    async with dashboard(hub, size=USUAL) as t:
        await t.listed()
        assert "token" not in t.screen_text.splitlines()[0]
        screen = await filled(t, f"hf jobs run {namespace} ubuntu true")
        await t.sees("Before it is sent")
        assert ("cannot start jobs of ada: the right job.write is missing" in found(screen)) is missing


async def test_what_the_hub_does_not_tell_is_not_said(hub: LocalHub) -> None:
    use_token(hub, UNTOLD)
    async with dashboard(hub, size=SMALL) as t:
        await t.listed()
        await filled(t, "hf jobs run ubuntu true")
        assert "missing" not in t.words
