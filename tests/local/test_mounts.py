"""What of a job's argv and environment is rewritten to its folder, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.local.mounts import Mounts, is_mount_path

MOUNTS = Mounts({"/data": Path("/job/data"), "/data/in": Path("/job/data/in"), "/o.t": Path("/job/o.t")})


@pytest.mark.parametrize(
    ("given", "rewritten"),
    [
        ("/data", "/job/data"),
        ("/data/", "/job/data/"),
        ("/data/train.py", "/job/data/train.py"),
        ("/data/in/x", "/job/data/in/x"),
        ("/data/inner", "/job/data/inner"),
        ("--out=/data/model", "--out=/job/data/model"),
        ("ls /data && cat '/data/a b' >/data/c; rm /data", None),
        ("open('/data/x').read()", "open('/job/data/x').read()"),
        ("@/data/body.json", "@/job/data/body.json"),
        ("/usr/lib:/data:/o.t", "/usr/lib:/job/data:/job/o.t"),
        ("/data,/data/in", "/job/data,/job/data/in"),
    ],
)
def test_a_mount_path_that_stands_for_itself_is_rewritten(given: str, rewritten: str | None) -> None:
    assert MOUNTS.rewrite(given) == (rewritten or given.replace("/data", "/job/data"))


@pytest.mark.parametrize(
    "given",
    [
        *("/data2", "/data-1", "/data.json", "/database/x", "/dätä", "/data_", "/datá"),
        *("./data", "~/data", "x/data", "$HOME/data", "${HOME}/data", "$(pwd)/data", "../data"),
        *("https://host/data/x", "s3://data/x", "http://127.0.0.1:80/data", "hf://buckets/a/b/data"),
        *("/oxt", "data", "", "/DATA"),
    ],
)
def test_what_only_looks_like_it_is_left_alone(given: str) -> None:
    assert MOUNTS.rewrite(given) == given


def test_without_volumes_nothing_is_rewritten() -> None:
    assert Mounts({}).argv(["ls", "/data", "/"]) == ["ls", "/data", "/"]


def test_values_of_variables_are_rewritten_but_not_their_names() -> None:
    assert MOUNTS.environment({"DATA": "/data"}) == {"DATA": "/job/data"}


@pytest.mark.parametrize("path", ["/data", "/data/", "/a/b.c/d e", "/..a", "/ü"])
def test_mount_paths(path: str) -> None:
    assert is_mount_path(path)


@pytest.mark.parametrize("path", ["", "/", "data", "/..", "/a/../b", "/./a", "/a//b", "//a", "../a", "/a/.."])
def test_paths_that_lead_out_are_no_mount_paths(path: str) -> None:
    assert not is_mount_path(path)
