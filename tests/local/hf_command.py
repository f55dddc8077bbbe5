"""The real `hf` command against hubs of its own, several at a time, since it mostly starts and waits."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.local_hub import LocalHub

HF = Path(sys.executable).with_name("hf")
AT_A_TIME = 5
LONGEST_SECONDS = 50


@dataclass(frozen=True, slots=True)
class Said:
    """What one command printed."""

    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines of standard output."""
        return self.out.splitlines()

    @property
    def all(self) -> str:
        """Both outputs, for what may stand in either."""
        return self.out + self.err


class Shell:
    """A user's terminal beside a hub: `shell.hf("jobs", "ls")`."""

    def __init__(self, hub: LocalHub, folder: Path) -> None:
        self.hub = hub
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "HF_HOME": str(folder / "hf"),
            "HF_ENDPOINT": hub.endpoint,
            "HF_TOKEN": hub.token,
            "LANG": "C.UTF-8",
            "NO_COLOR": "1",
            "COLUMNS": "250",
        }

    def hf(self, *arguments: str, status: int = 0, **environment: str) -> Said:
        """Run the command to its end; it has to leave with this status."""
        done = subprocess.run(
            [str(HF), *arguments],
            env=self.environment | environment,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
        assert done.returncode == status, f"{done.returncode} {arguments}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr, done.stderr
        return Said(done.stdout, done.stderr)

    def jobs(self, *arguments: str, status: int = 0, **environment: str) -> Said:
        """`hf jobs …`."""
        return self.hf("jobs", *arguments, status=status, **environment)

    def posted(self) -> list[dict[str, Any]]:
        """The bodies of all requests that created something."""
        return [request.json for request in self.hub.requests if request.method == "POST" and request.json]

    def only_job(self) -> dict[str, Any]:
        """The one job of the hub, as every endpoint shows it."""
        (job,) = self.hub.state.store
        return self.hub.call(lambda: job.as_json(job.created_at))


Case = Callable[[Shell], None]


class Cases:
    """The cases of a module, each a function of a `Shell`; to be used as a decorator."""

    def __init__(self) -> None:
        self.named: dict[str, Case] = {}

    def __call__(self, case: Case) -> Case:
        self.named[case.__name__] = case
        return case

    @contextmanager
    def running(self, names: list[str], folders: pytest.TempPathFactory) -> Iterator[dict[str, Future[None]]]:
        """Start cases side by side, in order."""
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            yield {name: pool.submit(_play, self.named[name], folders.mktemp(name)) for name in names}


def selected(request: pytest.FixtureRequest) -> list[str]:
    """The names of the cases that this run asks for, of the module of the request."""
    return [
        str(item.callspec.params["name"])
        for item in request.session.items
        if isinstance(item, pytest.Function)
        and item.module is request.module
        and "name" in getattr(getattr(item, "callspec", None), "params", {})
    ]


def _play(case: Case, folder: Path) -> None:
    with LocalHub() as hub:
        case(Shell(hub, folder))
