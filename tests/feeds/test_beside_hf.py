"""The `hf` command as a process and our own submit, on the same files, to the same hub: the same request."""

from __future__ import annotations

import re
import shlex
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.feeds.conftest import Mailbox
from tests.hub.conftest import Run, client, hub_thread
from tests.local.hf_command import AT_A_TIME, Shell
from tests.local_hub import LocalHub, RecordedRequest
from tests.spec.conftest import put_files
from tests.spec.option_sets import OptionSet, option_sets
from tests.spec.strategies import ENVIRONMENT
from tui.app import utc_now
from tui.environment import MachineEnvironment
from tui.feeds import submission
from tui.hub.client import HubClient
from tui.spec.build import build
from tui.spec.job_spec import JobSpec
from tui.spec.parse import parse

__all__ = ["client", "hub_thread"]

UPLOADED = re.compile(r"jobs-artifacts")
NAMED = ("name", "label")
"""The request of a set is found by its name, so a set may not give one."""


def some_sets() -> list[OptionSet]:
    """Four of each verb, without scripts that would have to be fetched and hardware the hub has none of."""
    found = [
        one
        for one in option_sets()
        if not one.options & set(NAMED) and "https://" not in one.line and "v5e" not in one.line
    ]
    verbs = dict.fromkeys(one.verb for one in found)
    return [one for verb in verbs for one in [each for each in found if each.verb == verb][:4]]


SETS = some_sets()


def named(number: int, one: OptionSet) -> list[str]:
    """The words of a set after `hf jobs`, with a name to know its request by."""
    words = shlex.split(one.line)[2:]
    place = words.index("run") + 1
    detached = [] if one.verb.startswith("scheduled") else ["--detach"]
    return [*words[:place], "--name", f"set-{number}", *detached, *words[place:]]


def same_folders(request: RecordedRequest) -> tuple[str, dict[str, Any]]:
    """Path and body, with the random part of where files were uploaded left out."""
    job = request.json.get("jobSpec", request.json)
    for volume in job.get("volumes", ()):
        if UPLOADED.search(volume["source"]):
            volume["path"] = re.sub(r"[0-9a-f-]{8,}|[0-9T]{8,}\S*", "…", volume["path"])
    job["command"] = [word.replace("(0)", "") for word in job["command"]]
    return request.path, request.json


@pytest.fixture
def hub() -> Any:
    """A hub that starts nothing: what is asked for is all there is to see."""
    with LocalHub(scheduling_seconds=3600) as hub:
        yield hub


def sent(hub: LocalHub) -> dict[str, tuple[str, dict[str, Any]]]:
    """What was asked for so far, by name."""
    found = {}
    for request in hub.requests:
        if request.method == "POST" and "jobs/" in request.path and isinstance(request.json, dict):
            job = request.json.get("jobSpec", request.json)
            found[job["labels"]["name"]] = same_folders(request)
    hub.requests.clear()
    return found


def test_the_same_request(
    hub: LocalHub,
    client: HubClient,
    run: Run[Any],
    mailbox: Mailbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HF_TOKEN", hub.token)
    for name, value in ENVIRONMENT.variables.items():
        monkeypatch.setenv(name, value)
    shell = Shell(hub, tmp_path)
    shell.environment |= ENVIRONMENT.variables
    lines = [named(number, one) for number, one in enumerate(SETS)]
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        said: list[Future[Any]] = [pool.submit(shell.jobs, *words) for words in lines]
        for future in said:
            future.result()
    theirs = sent(hub)
    environment = MachineEnvironment(utc_now, lambda: hub.token)
    for words in lines:
        draft = parse(shlex.join(["hf", "jobs", *words])).draft
        assert draft is not None
        spec = build(draft, environment)
        assert isinstance(spec, JobSpec), spec
        run(submission.submit(client, spec, spec.namespace or hub.user, mailbox.post))
    assert len(theirs) == len(SETS) == 16
    assert sum("jobs-artifacts" in str(body) for _, body in theirs.values()) >= 4, "with uploads"
    assert sent(hub) == theirs
