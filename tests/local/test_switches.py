"""What `hf-jobs-tui hub` can be told on its command line, as far as it concerns doors and faults."""

from __future__ import annotations

import subprocess
import sys

import httpx2
import pytest

from tui.__main__ import run


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.1", "example.org", ""])  # noqa: S104
def test_another_address_is_refused(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(["hub", "--host", host])
    assert left.value.code == 2
    assert "listens on 127.0.0.1 alone" in capsys.readouterr().err


def test_words_that_mean_no_fault_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(["hub", "--fault", "GET /api/* explode"])
    assert left.value.code == 2
    assert "'explode' is nothing that can happen: METHOD PATH WHAT" in capsys.readouterr().err


def test_faults_strike_from_the_command_line() -> None:
    switches = ["--host", "127.0.0.1", "--fault", "GET /api/who* 503 x1", "--fault", "GET /api/jobs/* html"]
    with subprocess.Popen(
        [sys.executable, "-m", "tui", "hub", "--until-stdin-closes", *switches],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as hub:
        assert hub.stdout is not None
        endpoint, token = (hub.stdout.readline().strip().partition("=")[2] for _ in range(2))
        with httpx2.Client(base_url=endpoint, trust_env=False) as http:
            http.headers["Authorization"] = f"Bearer {token}"
            assert [http.get("/api/whoami-v2").status_code for _ in range(2)] == [503, 200]
            assert http.get("/api/jobs/ada").text.startswith("<!DOCTYPE html>")
        hub.communicate(timeout=5)
    assert hub.returncode == 0
