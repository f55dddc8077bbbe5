"""Buckets by the library's own upload path and by hand: what they take, hold and refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from huggingface_hub import HfApi
from huggingface_hub.errors import BucketBatchError, BucketNotFoundError, HfHubHTTPError

from tests.local.conftest import Caller
from tests.local_hub import LocalHub
from tests.waiting import until

BUCKET = "ada/things"
PATH = f"/api/buckets/{BUCKET}"


@pytest.fixture
def api(hub: LocalHub) -> HfApi:
    """The library with an empty bucket."""
    api = HfApi(endpoint=hub.endpoint, token=hub.token)
    api.create_bucket(BUCKET)
    return api


def listed(api: HfApi, prefix: str | None = None, *, recursive: bool = True) -> list[str]:
    return [entry.path for entry in api.list_bucket_tree(BUCKET, prefix, recursive=recursive)]


def batch(caller: Caller, *changes: Any) -> httpx2.Response:
    lines = [change if isinstance(change, str) else json.dumps(change) for change in changes]
    return caller.http.post(PATH + "/batch", content="\n".join(lines))


def stores(hub: LocalHub) -> list[Path]:
    return sorted(hub.folder.glob("stores/*"))


@pytest.mark.parametrize(
    ("body", "private"),
    [
        ({"visibility": "private"}, True),
        ({"private": True}, True),
        ({"visibility": "public"}, False),
        ({"private": False}, False),
        ({}, False),
        (None, False),
    ],
)
def test_a_bucket_is_created_by_both_shapes(caller: Caller, body: Any, private: bool) -> None:
    reply = caller.http.post(PATH, json=body) if body is not None else caller.http.post(PATH)
    assert reply.status_code == 200
    assert reply.json()["url"] == f"{caller.hub.endpoint}/buckets/{BUCKET}"
    assert reply.json()["name"] == BUCKET
    info = caller.http.get(PATH).json()
    assert (info["id"], info["author"], info["private"], info["size"], info["totalFiles"]) == (
        *(BUCKET, "ada", private),
        *(0, 0),
    )
    again = caller.http.post(PATH, json={})
    assert again.status_code == 409
    assert set(again.json()) == {"error", "url", "id"}
    assert again.json()["id"] == reply.json()["id"]


@pytest.mark.parametrize("body", [{"visibility": "secret"}, {"private": "yes"}, [], "x"])
def test_a_bucket_with_nonsense_is_refused(caller: Caller, body: Any) -> None:
    assert caller.http.post(PATH, json=body).status_code == 400


@pytest.mark.parametrize(
    "name", ["..", ".hidden", "a..b", "a%2F..%2Fb", "a%00b", "-a", "a.", "ä", "x" * 97, "%2Fetc", "a\\b"]
)
def test_names_that_are_none_are_refused(caller: Caller, name: str) -> None:
    reply = caller.http.post(f"/api/buckets/ada/{name}", json={})
    assert reply.status_code in (400, 404, 405)
    assert set(reply.json()) == {"error"}
    assert caller.http.get("/api/buckets/ada").json() == []


def test_me_is_the_user(api: HfApi) -> None:
    assert api.create_bucket("mine").bucket_id == "ada/mine"
    assert sorted(bucket.id for bucket in api.list_buckets()) == ["ada/mine", BUCKET]
    assert [bucket.id for bucket in api.list_buckets(search="min")] == ["ada/mine"]


def test_a_foreign_or_missing_bucket_is_not_found(api: HfApi) -> None:
    for name in ("ada/none", "eve/things"):
        with pytest.raises(BucketNotFoundError):
            api.bucket_info(name)
    with pytest.raises(HfHubHTTPError):
        api.create_bucket("eve/things")


def test_files_come_and_go_as_they_were(api: HfApi, tmp_path: Path) -> None:
    contents = {
        "a.txt": b"one",
        "deep/er/b.bin": bytes(range(256)) * 4000,
        "empty": b"",
        "ä ö/ü.txt": b"umlaut",
    }
    api.batch_bucket_files(BUCKET, add=[(content, path) for path, content in contents.items()])
    assert listed(api) == sorted(contents)
    info = api.bucket_info(BUCKET)
    assert (info.total_files, info.size) == (4, sum(map(len, contents.values())))
    api.download_bucket_files(BUCKET, [(path, tmp_path / path) for path in contents])
    assert {path: (tmp_path / path).read_bytes() for path in contents} == contents
    (found,) = api.get_bucket_paths_info(BUCKET, ["a.txt", "none"])
    assert (found.path, found.size) == ("a.txt", 3)


def test_a_file_can_be_fetched_by_its_address(api: HfApi, caller: Caller) -> None:
    api.batch_bucket_files(BUCKET, add=[(b"0123456789", "a/b.txt")])
    url = f"/buckets/{BUCKET}/resolve/a%2Fb.txt"
    assert caller.http.get(url).content == b"0123456789"
    assert caller.http.get(url, headers={"Range": "bytes=2-4"}).content == b"234"
    assert caller.http.head(url).headers["X-Linked-Size"] == "10"
    assert caller.http.get(f"/buckets/{BUCKET}/resolve/a").status_code == 404


def test_listings_mean_a_prefix_as_the_hub_does(api: HfApi) -> None:
    paths = ["logs/1.txt", "logs/old/0.txt", "logs.json", "logs_old/x/y", "other"]
    api.batch_bucket_files(BUCKET, add=[(b"x", path) for path in paths])
    assert listed(api, recursive=False) == ["logs.json", "logs", "logs_old", "other"]
    assert listed(api, "logs", recursive=False) == ["logs.json", "logs/1.txt", "logs/old", "logs_old"]
    assert listed(api, "logs/", recursive=False) == ["logs/1.txt", "logs/old"]
    assert listed(api, "logs/old") == ["logs/old/0.txt"]


def test_syncing_sends_only_what_is_new(api: HfApi, hub: LocalHub, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        (tmp_path / "in" / name).write_text(name)
    for expected in (2, 0):
        plan = api.sync_bucket(str(tmp_path / "in"), f"hf://buckets/{BUCKET}/x", quiet=True)
        assert plan.summary()["uploads"] == expected
    (tmp_path / "in" / "a").write_text("longer")
    (tmp_path / "in" / "b").unlink()
    api.sync_bucket(str(tmp_path / "in"), f"hf://buckets/{BUCKET}/x", delete=True, quiet=True)
    assert listed(api) == ["x/a"]
    api.sync_bucket(f"hf://buckets/{BUCKET}/x", str(tmp_path / "out"), quiet=True)
    assert (tmp_path / "out" / "a").read_text() == "longer"


def test_copies_and_deletions(api: HfApi) -> None:
    api.batch_bucket_files(BUCKET, add=[(b"one", "a"), (b"two", "b")])
    content_hash = next(iter(api.get_bucket_paths_info(BUCKET, ["a"]))).xet_hash
    copy = [("bucket", BUCKET, content_hash, "c")]
    api.batch_bucket_files(BUCKET, copy=copy, delete=["a", "b"])
    assert listed(api) == ["c"]
    assert next(iter(api.get_bucket_paths_info(BUCKET, ["c"]))).size == 3
    api.delete_bucket(BUCKET)
    with pytest.raises(BucketNotFoundError):
        listed(api)


def test_a_change_can_fail_alone(api: HfApi) -> None:
    with pytest.raises(BucketBatchError, match="File not found"):
        api.batch_bucket_files(BUCKET, add=[(b"one", "a")], delete=["none"])
    assert listed(api) == ["a"]
    foreign = [("model", "meta/llama", "0" * 64, "x"), ("bucket", "eve/x", "0" * 64, "y")]
    with pytest.raises(BucketBatchError, match="of this hub"):
        api.batch_bucket_files(BUCKET, copy=foreign)


def test_content_that_was_not_uploaded_is_not_taken(api: HfApi, caller: Caller) -> None:
    caller.http.get(PATH + "/xet-write-token")
    reply = batch(caller, {"type": "addFile", "path": "a", "xetHash": "a" * 64, "mtime": 1})
    assert reply.status_code == 422
    assert reply.json() == {
        "success": False,
        "processed": 1,
        "succeeded": 0,
        "failed": [{"path": "a", "error": "Content was not uploaded"}],
    }


@pytest.mark.parametrize(
    "path",
    [
        "../a",
        "/etc/passwd",
        "a/../../b",
        "a//b",
        "a/",
        "",
        ".",
        "a/./b",
        "a\0b",
        "a\nb",
        "x" * 1025,
        "é" * 128,
        7,
    ],
)
@pytest.mark.parametrize("kind", ["addFile", "deleteFile"])
def test_paths_that_lead_out_are_refused(api: HfApi, caller: Caller, path: Any, kind: str) -> None:
    reply = batch(caller, {"type": kind, "path": path, "xetHash": "0" * 64, "mtime": 1})
    assert reply.status_code == 400
    assert listed(api) == []


@pytest.mark.parametrize(
    "line",
    [
        *("", "{", "[]", "null", "{}", '{"type": "addFile", "path": "a"}'),
        '{"type": "addFile", "path": "a", "xetHash": "../../../etc/passwd", "mtime": 1}',
        '{"type": "addFile", "path": "a", "xetHash": "%s", "mtime": "now"}' % ("0" * 64),
        '{"type": "addFile", "path": "a", "xetHash": "%s", "mtime": 1e99}' % ("0" * 64),
        '{"type": "addFile", "path": "a", "xetHash": "%s", "mtime": NaN}' % ("0" * 64),
        '{"type": "moveFile", "path": "a"}',
    ],
)
@pytest.mark.usefixtures("api")
def test_a_batch_with_nonsense_is_refused(caller: Caller, line: str) -> None:
    assert batch(caller, line).status_code == 400


def test_a_token_is_a_folder_of_its_own_and_not_the_hubs_token(api: HfApi, caller: Caller) -> None:
    tokens = [caller.http.get(f"{PATH}/xet-{kind}-token").json() for kind in ("write", "write", "read")]
    assert len({token["casUrl"] for token in tokens}) == 3
    for token in tokens:
        folder = Path(token["casUrl"].removeprefix("local://"))
        assert folder.stat().st_mode & 0o777 == 0o700
        assert caller.hub.token not in json.dumps(token)


def test_what_is_used_up_is_removed(api: HfApi, hub: LocalHub) -> None:
    api.batch_bucket_files(BUCKET, add=[(b"one" * 100_000, "a")])
    api.batch_bucket_files(BUCKET, add=[(b"two" * 100_000, "a")])
    until(lambda: (hub.call(hub.state.buckets.contents.sweep), stores(hub))[1] == [])
    api.batch_bucket_files(BUCKET, delete=["a"])
    assert len(list(hub.folder.glob("content/*"))) == 1  # "one" was let be while something was uploaded


def test_nothing_is_written_to_the_home_of_the_user(
    api: HfApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("HOME", str(tmp_path))
    api.batch_bucket_files(BUCKET, add=[(b"one", "a")])
    assert list(tmp_path.iterdir()) == []
