"""Where a job is reached: its page, its container, its ports."""

from __future__ import annotations

import pytest

from tui.domain.job import Job
from tui.domain.job_page import page_url, ssh_command
from tui.domain.ports import Ports, PortsEdit
from tui.feeds.desktop import browser_is_near
from tui.spec.checks import RefusedError
from tui.spec.port_fields import read_ports


def test_the_page_of_a_job_is_where_hf_says_it_is() -> None:
    assert page_url("https://huggingface.co/", Job("6a1c", "RUNNING", "ada")) == (
        "https://huggingface.co/jobs/ada/6a1c"
    )
    assert page_url("https://huggingface.co", Job("a/../b?c#d", "RUNNING", "x\x1b]y")) == (
        "https://huggingface.co/jobs/x%1B%5Dy/a%2F..%2Fb%3Fc%23d"
    )


@pytest.mark.parametrize(
    ("address", "command"),
    [
        ("ssh://6a1c@ssh.hf.jobs", ("ssh", "6a1c@ssh.hf.jobs")),
        ("ssh://6a1c@ssh.hf.jobs:2222", ("ssh", "-p", "2222", "6a1c@ssh.hf.jobs")),
        ("ssh://-oProxyCommand=evil@host", None),
        ("ssh://me@-oProxyCommand=evil", None),
        ("ssh://me@host;reboot", None),
        ("ssh://host", None),
        ("https://me@host", None),
        ("ssh://me@host:99999", None),
        ("ssh://[", None),
        ("", None),
    ],
)
def test_ssh_is_run_as_hf_runs_it_and_with_nothing_that_could_be_an_option(
    address: str, command: tuple[str, ...] | None
) -> None:
    assert ssh_command(Job("6a1c", "RUNNING", "ada", ssh_url=address)) == command


def test_ports_others_opened_or_closed_meanwhile_stay_so() -> None:
    edit = PortsEdit(Ports((80, 81), (81,)), Ports((81, 90), (81, 90)))
    assert edit
    assert edit.newly_public == (90,)
    assert edit.over(Ports((80, 81, 99), (81, 99))) == Ports((81, 99, 90), (81, 99, 90))
    assert edit.over(Ports((80,), ())) == Ports((90,), (90,))
    assert not PortsEdit(Ports((1, 2)), Ports((2, 1)))


def test_ports_are_read_in_a_row() -> None:
    assert read_ports("8000, 8080 8000", "9000") == Ports((8000, 8080, 9000), (9000,))
    assert read_ports(" ", "") == Ports()


@pytest.mark.parametrize(
    ("exposed", "words"),
    [
        ("0", "from 1 to 65535"),
        ("x", "“x” is no whole number"),
        (" ".join(map(str, range(1, 22))), "21 ports"),
    ],
)
def test_ports_the_hub_would_refuse_are_said(exposed: str, words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        read_ports(exposed, "")


@pytest.mark.parametrize(
    ("environment", "platform", "near"),
    [
        ({"DISPLAY": ":0"}, "linux", True),
        ({"DISPLAY": ":0", "SSH_CONNECTION": "1.2.3.4 1 5.6.7.8 22"}, "linux", False),
        ({"SSH_TTY": "/dev/pts/0"}, "darwin", False),
        ({}, "linux", False),
        ({}, "darwin", True),
    ],
)
def test_a_browser_is_opened_only_where_it_would_be_seen(
    environment: dict[str, str], platform: str, near: bool
) -> None:
    assert browser_is_near(environment, platform) == near
