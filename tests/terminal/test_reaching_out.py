"""Copies, browsers and ssh, in a real terminal."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.local_hub import LocalHub
from tests.terminal.sshd import Sshd
from tests.terminal.terminal import Terminal
from tests.waiting import until

COPIED = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
NOWHERE = {
    "SSH_CONNECTION": "",
    "SSH_TTY": "",
    "DISPLAY": "",
    "WAYLAND_DISPLAY": "",
    "BROWSER": "",
    "TMUX": "",
}


def environment(hub: LocalHub, **more: str) -> dict[str, str]:
    return {"HF_ENDPOINT": hub.endpoint, "HF_TOKEN": hub.token, **NOWHERE, **more}


def copied(t: Terminal) -> list[str]:
    return [base64.b64decode(found).decode() for found in COPIED.findall(t.raw)]


def program(folder: Path, name: str, text: str) -> str:
    """A stand-in program; returns the PATH with it in front."""
    path = folder / name
    path.write_text(text)
    path.chmod(0o755)
    return f"{folder}:/usr/bin:/bin"


def test_id_address_and_command_arrive_at_the_terminal(hub: LocalHub) -> None:
    job_id = hub.add_job(
        name="train", flavor="l4x1", secrets={"WANDB_API_KEY": "sesame"}, environment={"RUN": "a b"}
    )
    with Terminal(size=(120, 40), environment=environment(hub)) as t:
        t.sees("running", beside="train")
        t.press("y")
        t.sees(f"copied {job_id}")
        t.press("Y")
        t.sees("http://127")
        t.press("\x19")
        t.sees("copied the hf command")
    page = f"{hub.endpoint}/jobs/ada/{job_id}"
    line = (
        "hf jobs run --name train --flavor l4x1 --timeout 30m -e 'RUN=a b' -s WANDB_API_KEY python:3.12 "
        "-- python -c pass"
    )
    assert copied(t) == [job_id, page, line]
    assert b"sesame" not in t.raw
    assert b"tmux" not in t.raw


STUB = """#!/bin/sh
echo "$@" >>"$0.asked"
case "$1" in
  show-options) echo SETTING;;
  load-buffer) LOADS;;
esac
"""


@pytest.mark.parametrize(("setting", "warned"), [("external", True), ("off", True), ("on", False)])
def test_inside_tmux_it_is_said_when_tmux_keeps_the_copy(
    hub: LocalHub, tmp_path: Path, setting: str, warned: bool
) -> None:
    job_id = hub.add_job(name="train")
    loaded = tmp_path / "loaded"
    path = program(
        tmp_path, "tmux", STUB.replace("SETTING", setting).replace("LOADS", f"cat >{loaded}; echo x >&2")
    )
    with Terminal(size=(120, 40), environment=environment(hub, TMUX="/tmp/tmux,1,0", PATH=path)) as t:
        t.sees("running", beside="train")
        t.press("y")
        t.sees(f"copied {job_id}")
        if warned:
            t.sees("tmux blocks clipboard access")
            t.sees("set-clipboard on")
            until(lambda: loaded.exists() and loaded.read_text() == job_id, 10, "the copy in tmux")
        t.press("Y")
        t.sees("/jobs/ada")
    assert copied(t)[0] == job_id
    assert loaded.exists() == warned
    assert (b"tmux blocks" in t.raw) == warned


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ({"TMUX": "/tmp/tmux,1,0"}, "tmux"),
        ({"STY": "1.pts-0.here"}, "GNU screen"),
        ({"TERM": "linux"}, "this terminal"),
    ],
)
def test_where_no_copy_gets_through_it_is_in_a_file_that_is_named(
    hub: LocalHub, tmp_path: Path, more: dict[str, str], name: str
) -> None:
    job_id = hub.add_job(name="train")
    path = program(tmp_path, "tmux", STUB.replace("SETTING", "external").replace("LOADS", "exit 1"))
    home = tmp_path / "state"
    told = environment(hub, PATH=path, HF_JOBS_TUI_HOME=str(home)) | more
    with Terminal(size=(160, 40), environment=told) as t:
        t.sees("running", beside="train")
        t.press("y")
        t.sees(f"{name} blocks clipboard access")
        t.sees("copied.txt")
    files = list(home.rglob("copied.txt"))
    assert [file.read_text() for file in files] == [job_id]
    assert files[0].stat().st_mode & 0o077 == 0
    assert f"copied {job_id}".encode() not in t.raw


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
@pytest.mark.parametrize("setting", ["on", "external"])
def test_a_real_tmux_has_the_copy(hub: LocalHub, tmp_path: Path, setting: str) -> None:
    job_id = hub.add_job(name="train")
    told = " ".join(f"{name}='{value}'" for name, value in environment(hub).items() if name != "TMUX")
    tmux = ["tmux", "-S", str(tmp_path / "socket"), "-f", "/dev/null"]

    def run(*words: str) -> str:
        return subprocess.run([*tmux, *words], capture_output=True, text=True, check=True, timeout=20).stdout

    run("new-session", "-d", "-x", "120", "-y", "40", f"env {told} {sys.executable} -m tui")
    try:
        run("set-option", "-s", "set-clipboard", setting)
        until(lambda: "train" in run("capture-pane", "-p"), 30, "the job in tmux")
        run("send-keys", "y")
        until(lambda: run("list-buffers"), 30, "a copy in tmux")
        assert run("show-buffer") == job_id
        until(lambda: f"copied {job_id}" in run("capture-pane", "-p"), 30, "it said")
        assert ("tmux blocks clipboard access" in run("capture-pane", "-p")) == (setting == "external")
    finally:
        subprocess.run([*tmux, "kill-server"], check=False, timeout=20)


def test_the_page_is_opened_and_what_the_browser_prints_stays_away(hub: LocalHub, tmp_path: Path) -> None:
    job_id = hub.add_job(name="train")
    seen = tmp_path / "seen"
    program(tmp_path, "browser", f'#!/bin/sh\necho noise\necho noise >&2\necho "$1" >{seen}\n')
    with Terminal(environment=environment(hub, BROWSER=str(tmp_path / "browser"))) as t:
        t.sees("running", beside="train")
        t.press("o")
        until(lambda: seen.exists() and seen.read_text(), 30, "the page in the browser")
        t.press("y")
        t.sees("copied")
    assert seen.read_text().strip() == f"{hub.endpoint}/jobs/ada/{job_id}"
    assert b"noise" not in t.raw


def test_over_ssh_the_address_is_shown_and_copied(hub: LocalHub, tmp_path: Path) -> None:
    job_id = hub.add_job(name="train")
    more = {"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22", "BROWSER": str(tmp_path / "never")}
    with Terminal(environment=environment(hub, **more)) as t:
        t.sees("running", beside="train")
        t.press("o")
        t.sees("It was copied, too")
        t.sees(f"/jobs/ada/{job_id}")
    assert copied(t) == [f"{hub.endpoint}/jobs/ada/{job_id}"]


# ssh


def ssh_job(hub: LocalHub) -> str:
    return hub.add_job(name="train", ssh=True)


def test_ssh_takes_the_terminal_and_gives_it_back(hub: LocalHub, tmp_path: Path) -> None:
    job_id = ssh_job(hub)
    path = program(tmp_path, "ssh", '#!/bin/sh\necho "arrived with $@"\nread line\necho "got $line"\n')
    with Terminal(size=(100, 30), environment=environment(hub, PATH=path)) as t:
        t.sees("running", beside="train")
        t.press("s")
        t.sees(f"arrived with {job_id}@ssh.hf.jobs")
        t.sees("exit or ctrl+d comes back")
        t.press("hello", "enter")
        t.sees("running", beside="train")
        t.press("y")
        t.sees("copied")
        t.press("q")
        assert t.ends()[0] == 0
    assert b"got hello" in t.raw


def test_ctrl_c_inside_ends_ssh_and_not_the_dashboard(hub: LocalHub, tmp_path: Path) -> None:
    ssh_job(hub)
    path = program(tmp_path, "ssh", "#!/bin/sh\necho arrived\nread line\necho never\n")
    with Terminal(environment=environment(hub, PATH=path)) as t:
        t.sees("running", beside="train")
        for _ in range(2):
            t.press("s")
            t.sees("arrived")
            t.press("ctrl+c")
            t.sees("running", beside="train")
        t.press("ctrl+c")
        assert t.ends()[0] == 0
    assert b"never" not in t.raw


def test_a_window_resized_inside_is_filled_afterwards(hub: LocalHub, tmp_path: Path) -> None:
    ssh_job(hub)
    path = program(tmp_path, "ssh", "#!/bin/sh\necho arrived\nread line\n")
    with Terminal(size=(80, 24), environment=environment(hub, PATH=path)) as t:
        t.sees("running", beside="train")
        t.press("s")
        t.sees("arrived")
        t.resize(130, 40)
        t.press("enter")
        t.sees("state    ● running")  # the preview, for which there was no room before


def test_ssh_that_fails_leaves_its_words_to_be_read_and_comes_back(hub: LocalHub, tmp_path: Path) -> None:
    ssh_job(hub)
    path = program(tmp_path, "ssh", "#!/bin/sh\necho 'Permission denied (publickey).' >&2\nexit 255\n")
    with Terminal(environment=environment(hub, PATH=path)) as t:
        t.sees("running", beside="train")
        t.press("s")
        t.sees("Permission denied (publickey).")
        t.sees("Press enter to go back")
        t.press("enter")
        t.sees("ssh could not go in")
        t.sees("running", beside="train")


def test_without_ssh_in_the_job_or_on_the_machine_it_is_said(hub: LocalHub, tmp_path: Path) -> None:
    ssh_job(hub)
    hub.add_job(name="plain", age_seconds=5)
    path = str(tmp_path)
    with Terminal(size=(120, 40), environment=environment(hub, PATH=path)) as t:
        t.sees("running", beside="train")
        t.sees("running", beside="plain")
        t.press("s")
        t.sees("was started without SSH")
        t.press("escape")
        t.press("down", "s")
        t.sees("there is no ssh on this machine")


SSHD = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/sbin:/usr/bin") or shutil.which("sshd")


@pytest.mark.skipif(SSHD is None or shutil.which("ssh") is None, reason="no sshd is installed")
def test_a_real_ssh_goes_to_a_real_sshd_and_comes_back(hub: LocalHub, tmp_path: Path) -> None:
    assert SSHD is not None
    job_id = ssh_job(hub)
    with Sshd(SSHD, tmp_path) as sshd:
        if not sshd.ready:
            pytest.skip("sshd does not start here")
        job = hub.call(lambda: hub.job(job_id).as_json(hub.state.clock.now()))
        job["status"]["sshUrl"] = f"ssh://{sshd.user}@127.0.0.1:{sshd.port}"
        hub.fail("GET", "/api/jobs/*", status=200, body=[job])
        with Terminal(size=(100, 30), environment=environment(hub, PATH=sshd.path)) as t:
            t.sees("running", beside="train")
            t.press("s")
            t.sees("exit or ctrl+d comes back")
            t.press("echo in-$((6*7)); stty size\r")
            t.sees("in-42")
            t.sees("30 100")
            t.press("sh -c 'trap \"echo stop''ped; exit\" INT; echo list''ening; read line'\r")
            t.sees("listening")
            t.press("ctrl+c")  # goes to what runs over there
            t.sees("stopped")
            t.resize(120, 40)
            t.press("until stty size | grep -q '40 120'; do :; done; echo grown-$((6*7))\r")
            t.sees("grown-42")
            t.press("exit\r")
            t.sees("running", beside="train")
            t.press("q")
            assert t.ends()[0] == 0
