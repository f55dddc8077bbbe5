"""The unmodified `hf jobs` with files of this machine: scripts, folders, buckets (jobs-api.md §10)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.local.hf_command import LONGEST_SECONDS, Cases, Shell, selected

case = Cases()
PRINT_ARGUMENTS = "import sys\nprint('args', *sys.argv[1:])\n"
PRINT_FILE = "import sys\nfrom pathlib import Path\nprint('read', Path(sys.argv[1]).read_text())\n"
UV_IMAGE = "ghcr.io/astral-sh/uv:python3.12-bookworm"
PARALLEL = 6


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing of it."""

    def log_message(self, *_words: object) -> None:
        """Nothing."""


@contextmanager
def web_server(folder: Path) -> Iterator[str]:
    """The address of a server of a folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder))) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            serving.join()


def write(shell: Shell, **texts: str) -> None:
    """Files in the folder of the shell; `__` in a name is a folder."""
    for name, text in texts.items():
        path = shell.folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.fixture(scope="module")
def outcomes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[None]]]:
    with case.running(selected(request), tmp_path_factory) as futures:
        yield futures


@case
def six_submits_at_once_all_run(shell: Shell) -> None:
    write(shell, train_dot_py=PRINT_FILE, **{f"c{n}_dot_yaml": f"number {n}" for n in range(PARALLEL)})
    with ThreadPoolExecutor(PARALLEL) as pool:
        submits = [
            pool.submit(shell.jobs, "uv", "run", "train.py", f"c{number}.yaml") for number in range(PARALLEL)
        ]
        for number, submit in enumerate(submits):
            assert f"read number {number}" in submit.result(LONGEST_SECONDS).lines


@case
def a_script_runs_with_its_arguments(shell: Shell) -> None:
    write(shell, train_dot_py=PRINT_ARGUMENTS)
    said = shell.jobs("uv", "run", "train.py", "--arg", "x y")
    job = shell.only_job()
    assert "args --arg x y" in said.lines
    assert f"{shell.hub.endpoint}/buckets/ada/jobs-artifacts" in said.out
    assert job["command"] == ["uv", "run", "/data/train.py", "--arg", "x y"]
    (volume,) = job["volumes"]
    assert (volume["source"], volume["mountPath"], volume["readOnly"]) == (
        *("ada/jobs-artifacts", "/data"),
        False,
    )


@case
def a_script_of_an_organisation_with_a_header_and_files(shell: Shell) -> None:
    header = "# /// script\n# requires-python = '>=3.9'\n# dependencies = []\n# ///\n"
    write(shell, my_script_dot_py=header + PRINT_FILE, conf__my_settings_dot_yaml="deep: 1")
    (shell.folder / "my_script.py").rename(shell.folder / "my script.py")
    said = shell.jobs("uv", "run", "--namespace", "acme", "my script.py", "conf/my_settings.yaml")
    assert "read deep: 1" in said.lines
    assert shell.only_job()["volumes"][0]["source"] == "acme/jobs-artifacts"


@case
def a_script_that_fails_fails_the_command(shell: Shell) -> None:
    write(shell, bad_dot_py="raise SystemExit('no luck')")
    said = shell.jobs("uv", "run", "bad.py", status=1)
    assert "no luck" in said.lines
    assert "exit code: 1" in said.err


@case
def a_script_from_an_address_runs(shell: Shell) -> None:
    write(shell, web__hello_dot_py=PRINT_ARGUMENTS)
    with web_server(shell.folder / "web") as address:
        said = shell.jobs("uv", "run", f"{address}/hello.py", "brought by the client")
        assert "args brought by the client" in said.lines
        said = shell.jobs("run", UV_IMAGE, "uv", "run", f"{address}/hello.py", "fetched by the job")
        assert "args fetched by the job" in said.lines


@case
def what_a_script_writes_can_be_fetched(shell: Shell) -> None:
    write(shell, save_dot_py="import sys\nopen(sys.argv[1] + '/model.bin', 'w').write('weights')\n")
    shell.jobs("uv", "run", "save.py", "/data")
    path = shell.only_job()["volumes"][0]["path"]
    shell.hf("buckets", "sync", f"hf://buckets/ada/jobs-artifacts/{path}", "back")
    assert (shell.folder / "back" / "model.bin").read_text() == "weights"


@case
def a_folder_is_mounted_for_reading(shell: Shell) -> None:
    write(shell, data__a_dot_txt="one", data__deep__b_dot_txt="two")
    said = shell.jobs("run", "-v", "./data:/data", "python:3.12", "ls", "/data")
    assert [line for line in said.lines if line in ("a.txt", "deep")] == ["a.txt", "deep"]
    script = "cat /data/deep/b.txt; chmod u+w /data; echo x > /data/new"
    said = shell.jobs("run", "-v", "./data:/data", "python:3.12", "sh", "-c", script)
    assert "two" in said.out
    assert "Nothing to sync" in said.out
    assert "new" not in shell.hf("buckets", "ls", "ada/jobs-artifacts", "-R").out


@case
def a_folder_is_mounted_for_writing_and_fetched_back(shell: Shell) -> None:
    write(shell, out__old_dot_txt="old")
    script = "cat /out/old.txt > /out/copy.txt; mkdir /out/deep; echo new > /out/deep/new.txt"
    said = shell.jobs("run", "-v", "./out:/out:rw", "python:3.12", "sh", "-c", script)
    (hint,) = (line for line in said.err.splitlines() if "hf buckets sync" in line)
    shell.hf(*hint.split()[1:])
    assert (shell.folder / "out/deep/new.txt").read_text() == "new\n"
    assert (shell.folder / "out/copy.txt").read_text() == "old"


@case
def an_empty_folder_can_be_written_to(shell: Shell) -> None:
    (shell.folder / "out").mkdir()
    shell.jobs("run", "-v", "./out:/out:rw", "python:3.12", "touch", "/out/made")
    assert "made" in shell.hf("buckets", "ls", "ada/jobs-artifacts", "-R").out


@case
def a_script_and_volumes_go_together(shell: Shell) -> None:
    write(shell, train_dot_py=PRINT_FILE, data__a_dot_txt="one")
    said = shell.jobs("uv", "run", "-v", "./data:/inputs", "train.py", "/inputs/a.txt")
    assert "read one" in said.lines
    said = shell.jobs("uv", "run", "-v", "./data:/data", "train.py", status=1)
    assert "reserved for Jobs artifacts" in said.all


@case
def a_data_set_is_not_on_this_machine(shell: Shell) -> None:
    said = shell.jobs("run", "-v", "hf://datasets/a/b:/repo", "python:3.12", "ls", "/repo")
    assert "local hub: /repo is empty, dataset a/b is not on this machine" in said.lines


@case
def a_bucket_of_ones_own_is_made_filled_and_mounted(shell: Shell) -> None:
    write(shell, a_dot_txt="one")
    shell.hf("buckets", "create", "mine", "--private")
    shell.hf("buckets", "cp", "a.txt", "hf://buckets/ada/mine/in/a.txt")
    said = shell.jobs("run", "-v", "hf://buckets/ada/mine/in:/in", "python:3.12", "cat", "/in/a.txt")
    assert "one" in said.lines
    assert '"total_files": 1' in shell.hf("buckets", "info", "ada/mine", "--format", "json").out


@case
def a_scheduled_script_is_uploaded_once_and_runs(shell: Shell) -> None:
    write(shell, train_dot_py=PRINT_ARGUMENTS)
    said = shell.jobs("scheduled", "uv", "run", "--quiet", "@yearly", "train.py", "later")
    (shell.folder / "train.py").unlink()
    shell.jobs("scheduled", "trigger", said.lines[-1])
    job = shell.only_job()
    assert "args later" in shell.jobs("logs", "--follow", job["id"]).lines


@pytest.mark.parametrize("name", case.named)
def test_hf_jobs_with_files(name: str, outcomes: dict[str, Future[None]]) -> None:
    outcomes[name].result(LONGEST_SECONDS)
