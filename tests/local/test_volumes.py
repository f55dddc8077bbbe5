"""Volumes of jobs that really run: laid out, protected as far as files can be, saved."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from huggingface_hub import HfApi

from tests.local.conftest import Caller
from tests.local_hub import LocalHub

BUCKET = "ada/things"
FILES = {"in/a.txt": b"one\n", "in/deep/b.txt": b"two\n", "inner.txt": b"no\n"}


@pytest.fixture
def api(hub: LocalHub) -> HfApi:
    """The library with a filled bucket."""
    api = HfApi(endpoint=hub.endpoint, token=hub.token)
    api.create_bucket(BUCKET)
    api.batch_bucket_files(BUCKET, add=[(content, path) for path, content in FILES.items()])
    return api


def volume(mount_path: str = "/data", path: str | None = "in", **fields: Any) -> dict[str, Any]:
    given = {"type": "bucket", "source": BUCKET, "mountPath": mount_path, "path": path} | fields
    return {name: value for name, value in given.items() if value is not None}


def run(caller: Caller, script: str, *volumes: dict[str, Any], **fields: Any) -> list[str]:
    """The lines of a shell script that ran with these volumes."""
    job_id = caller.start("sh", "-c", script, volumes=list(volumes), **fields)
    lines = [json.loads(event.removeprefix("data: "))["data"] for event in caller.events(job_id)[1:]]
    job = caller.wait_for(job_id)
    assert job["status"]["stage"] == "COMPLETED", lines
    assert job["command"] == ["sh", "-c", script]
    return lines


def bucket_files(api: HfApi) -> dict[str, int]:
    return {
        file.path: file.size for file in api.list_bucket_tree(BUCKET, recursive=True) if file.type == "file"
    }


BEFORE = {path: len(content) for path, content in FILES.items()}


@pytest.mark.usefixtures("api")
def test_a_folder_of_a_bucket_is_laid_out(caller: Caller) -> None:
    script = (
        "cd /data && find . -type f | sort && cat /data/deep/b.txt; echo $IN; stat -c %a a.txt || stat -f %Lp"
    )
    lines = run(caller, script, volume(readOnly=False), environment={"IN": "x=/data/deep"})
    assert lines[:3] == ["./a.txt", "./deep/b.txt", "two"]
    assert lines[3].startswith("x=/")
    assert lines[3].endswith("/data/deep")
    assert lines[4] == "600"


@pytest.mark.usefixtures("api")
def test_a_whole_bucket_and_mounts_inside_each_other(caller: Caller, api: HfApi) -> None:
    inside = volume("/all/in/x", "in/deep")
    lines = run(caller, "find /all -type f | wc -l; echo 3 > /all/in/x/c", volume("/all/", path=None), inside)
    assert [line.strip() for line in lines] == ["4"]
    assert bucket_files(api) == BEFORE | {"in/deep/c": 2}


def test_what_a_job_writes_is_in_the_bucket_when_it_has_completed(caller: Caller, api: HfApi) -> None:
    script = "echo three > /data/a.txt; rm /data/deep/b.txt; mkdir -p /data/n/o; echo 4 > '/data/n/o/d e'"
    run(caller, script, volume())
    assert bucket_files(api) == {"in/a.txt": 6, "in/n/o/d e": 2, "inner.txt": 3}
    assert run(caller, "cat /data/a.txt '/data/n/o/d e'", volume()) == ["three", "4"]


def test_a_job_that_fails_has_saved_too(caller: Caller, api: HfApi) -> None:
    job_id = caller.start("sh", "-c", "echo late > /data/l; exit 3", volumes=[volume()])
    assert caller.wait_for(job_id)["status"]["stage"] == "ERROR"
    assert bucket_files(api) == BEFORE | {"in/l": 5}


def test_what_did_not_change_is_not_touched(caller: Caller, api: HfApi) -> None:
    def uploaded() -> list[Any]:
        return [(file.path, file.uploaded_at) for file in api.list_bucket_tree(BUCKET, recursive=True)]

    before = uploaded()
    run(caller, "cat /data/a.txt >/dev/null", volume())
    assert uploaded() == before


def test_a_read_only_volume_stays_as_it_is(caller: Caller, api: HfApi) -> None:
    script = "chmod -R u+w /data; echo x > /data/a.txt; rm -rf /data/deep; stat -c %a /data"
    refused = run(caller, "echo x > /data/new && echo written || echo refused", volume(readOnly=True))
    if os.geteuid() != 0:
        assert refused[-1] == "refused"
    run(caller, script, volume(readOnly=True))
    assert bucket_files(api) == BEFORE
    assert run(caller, "cat /data/a.txt", volume(readOnly=True)) == ["one"]


def test_links_of_a_job_lead_nowhere(caller: Caller, api: HfApi) -> None:
    script = (
        "ln -s /etc/passwd /data/p; ln -s /etc /data/etc; ln -s . /data/self; mkfifo /data/pipe;"
        "rm -r /data/deep; ln -s /etc /data/deep; ln /data/a.txt /data/hard"
    )
    lines = run(caller, script, volume())
    assert lines == ["local hub: /data has 5 entries that a bucket cannot hold, not saved"]
    assert bucket_files(api) == {"in/a.txt": 4, "in/hard": 4, "inner.txt": 3}


def test_a_job_that_exchanges_its_mount_saves_nothing(caller: Caller, api: HfApi) -> None:
    lines = run(caller, "d=$(cd /data && pwd); rm -r $d; ln -s /etc $d", volume())
    assert lines == ["local hub: /data has 1 entry that a bucket cannot hold, not saved"]
    assert bucket_files(api) == BEFORE


@pytest.mark.parametrize("kind", ["model", "dataset", "space", "bucket"])
def test_what_is_not_on_this_machine_is_an_empty_folder_and_said(caller: Caller, kind: str) -> None:
    there = volume("/repo", path=None, type=kind, source="meta/llama")
    lines = run(caller, "ls -A /repo | wc -l", there)
    assert lines[0] == f"local hub: /repo is empty, {kind} meta/llama is not on this machine"
    assert lines[1].strip() == "0"


@pytest.mark.usefixtures("api")
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"source": "ada/none"}, "there is no bucket ada/none to mount at /data"),
        ({"path": "none"}, "ada/things has no folder none to mount at /data"),
        ({"path": "../../../../etc"}, "ada/things has no folder ../../../../etc to mount at /data"),
        ({"path": "in/a"}, "ada/things has no folder in/a to mount at /data"),
    ],
)
def test_what_cannot_be_mounted_fails_the_job(caller: Caller, fields: dict[str, Any], words: str) -> None:
    job_id = caller.start("true", volumes=[volume(**fields)])
    assert caller.wait_for(job_id)["status"]["stage"] == "ERROR"
    assert words in caller.events(job_id)[-1]


@pytest.mark.parametrize("path", ["/", "/../x", "/a/../../etc", "data", "/a\0b", "", 7, None, "/a//b"])
def test_mount_paths_that_lead_out_are_refused(caller: Caller, path: Any) -> None:
    reply = caller.create(volumes=[volume() | {"mountPath": path}])
    assert reply.status_code == 400
    assert "mountPath" in reply.json()["error"]


def test_a_mount_path_is_used_once(caller: Caller) -> None:
    reply = caller.create(volumes=[volume("/x"), volume("/x/", "other")])
    assert (reply.status_code, "must differ" in reply.json()["error"]) == (400, True)
