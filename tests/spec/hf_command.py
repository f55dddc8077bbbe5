"""The real `hf jobs` command line, run in this process with nothing replaced but the wire."""

from __future__ import annotations

import json
import shlex
import subprocess
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
from click.testing import CliRunner
from huggingface_hub import close_session, set_client_factory
from huggingface_hub.utils._http import default_client_factory

JOB = {
    "id": "6a1c2d3e4f5061728394a5b6",
    "owner": {"id": "1", "name": "ada", "type": "user"},
    "status": {"stage": "SCHEDULING", "message": None},
}


class HfCommand:
    """Runs lines, and says what each would have sent."""

    def __init__(self) -> None:
        self.posted: list[tuple[str, dict[str, Any]]] = []

    def sends(self, line: str) -> tuple[str, dict[str, Any]]:
        """The path and body of the one POST that an `hf jobs …` line makes."""
        from huggingface_hub.cli.jobs import jobs_cli

        self.posted.clear()
        words = shell_words(line)
        assert words[:2] == ["hf", "jobs"], line
        arguments = words[2:]
        if "scheduled" not in arguments[:1]:
            arguments.insert(arguments.index("run") + 1, "--detach")
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=".*experimental", category=UserWarning)
            result = CliRunner().invoke(jobs_cli, arguments)
        assert result.exit_code == 0, (line, result.output, result.exception)
        (request,) = self.posted
        return request

    def posts(self, run: Callable[[], None]) -> tuple[str, dict[str, Any]]:
        """The path and body of the one POST that a call of the library makes."""
        self.posted.clear()
        run()
        (request,) = self.posted
        return request

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        """Play the Hub: jobs are accepted, the user is known, nothing else exists."""
        path = request.url.path
        if request.method == "POST" and path.startswith(("/api/jobs/", "/api/scheduled-jobs/")):
            body = json.loads(request.content)
            self.posted.append((path, body))
            if "jobSpec" in body:
                return httpx2.Response(200, json={**JOB, "jobSpec": body["jobSpec"], "status": {}})
            return httpx2.Response(200, json=JOB)
        if path == "/api/whoami-v2":
            return httpx2.Response(
                200, json={"type": "user", "id": "1", "name": "ada", "orgs": [], "auth": {}}
            )
        return httpx2.Response(404, json={"error": "not here"})


def shell_words(line: str) -> list[str]:
    """The words of a line as a shell gives them to a program, variables filled in."""
    if "$" not in line:
        return shlex.split(line)
    printed = subprocess.run(
        ["/bin/sh", "-c", f"printf '%s\\0' {line}"], check=True, capture_output=True, text=True
    )
    return printed.stdout.split("\0")[:-1]


@contextmanager
def hf_command() -> Iterator[HfCommand]:
    """A command line whose requests go nowhere."""
    command = HfCommand()
    set_client_factory(lambda: httpx2.Client(transport=httpx2.MockTransport(command.answer)))
    try:
        yield command
    finally:
        close_session()
        set_client_factory(default_client_factory)
