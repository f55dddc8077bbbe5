"""A job taken up again is the job it was, but for the values of its secrets."""

from __future__ import annotations

import shlex
from typing import Any

import pytest
from hypothesis import given, settings

from tests.domain.jobs import job
from tests.spec.fake_environment import FakeEnvironment
from tests.spec.hf_command import HfCommand
from tests.spec.strategies import ENVIRONMENT, TYPED_SECRETS, drafts
from tui.domain.job import Volume as JobVolume
from tui.hub.convert import job_from_json
from tui.spec.build import build
from tui.spec.draft import Draft, SecretPair
from tui.spec.from_job import draft_of_job
from tui.spec.job_spec import DEFAULT_UV_IMAGE, JobSpec
from tui.spec.line import hf_line
from tui.spec.parse import parse
from tui.spec.render import BucketFolder, Upload, request_body

MACHINE = FakeEnvironment(
    variables={**dict.fromkeys((*TYPED_SECRETS, "API_KEY", "FILED_SECRET", "X"), "here")}, login="hf_stored"
)


def answer(body: dict[str, Any], namespace: str) -> dict[str, Any]:
    """The job as the Hub tells it after this request."""
    job = body.get("jobSpec", body)
    return {
        **job,
        "id": "6a1c2d3e4f5061728394a5b6",
        "status": {"stage": "COMPLETED"},
        "owner": {"name": namespace, "type": "user"},
        "timeout": job.get("timeoutSeconds"),
        "secrets": sorted(job.get("secrets", ())),
    }


@given(draft=drafts())
@settings(max_examples=300)
def test_a_job_taken_up_again_asks_for_the_same(draft: Draft) -> None:
    spec = build(draft, ENVIRONMENT)
    assert isinstance(spec, JobSpec)
    places = {folder.source: BucketFolder("ada/jobs-artifacts", "in") for folder in spec.local_folders}
    body = request_body(spec, upload=Upload(BucketFolder("ada/jobs-artifacts", "stamp"), places))
    found = job_from_json(answer(body, spec.namespace or "ada"), "ada")
    assert found is not None
    again = build(draft_of_job(found, "ada"), MACHINE)
    assert isinstance(again, JobSpec), again
    told, asked = request_body(again), body.get("jobSpec", body)
    assert told["command"] == asked["command"]
    for key in (
        "dockerImage",
        "spaceId",
        "environment",
        "flavor",
        "timeoutSeconds",
        "network",
        "resourceGroupId",
    ):
        assert told.get(key) == asked.get(key)
    assert told.get("secrets", {}).keys() == asked.get("secrets", {}).keys()
    assert [without_access(one) for one in told.get("volumes", [])] == [
        without_access(one) for one in asked.get("volumes", [])
    ]
    assert {**told["labels"], "name": ""} == {**asked["labels"], "name": ""}


def without_access(volume: dict[str, Any]) -> dict[str, Any]:
    """The Hub says of every volume whether it is read-only, also where nobody asked for either."""
    return {key: value for key, value in volume.items() if key != "readOnly"}


def test_a_name_nobody_chose_is_made_anew_and_secrets_come_by_name() -> None:
    draft = draft_of_job(
        job(labels={"name": "train-0a1b2c3d", "team": "ml"}, secret_names=("X",), timeout_seconds=5400)
    )
    assert draft.name == ""
    assert draft.secrets == (SecretPair("X"),)
    assert (draft.timeout_amount, draft.timeout_unit) == ("90", "m")
    assert draft.namespace == "ada"


def test_an_uploaded_script_is_found_where_it_went() -> None:
    uploaded = job(
        image="ghcr.io/astral-sh/uv:python3.12-bookworm",
        command=("uv", "run", "--with", "trl", "/data/train.py"),
        volumes=(JobVolume("bucket", "ada/jobs-artifacts", "/data", path="stamp"),),
    )
    draft = draft_of_job(uploaded, "ada")
    assert (draft.kind, draft.script, draft.command) == ("uv-script", "/data/train.py", "")
    assert draft.dependencies == ("trl",)
    assert draft.volumes == ("hf://buckets/ada/jobs-artifacts/stamp:/data:rw",)
    again = build(draft, MACHINE)
    assert isinstance(again, JobSpec), again
    assert again.command == uploaded.command
    assert not again.upload_files


ARTIFACTS = (JobVolume("bucket", "ada/jobs-artifacts", "/data", path="stamp"),)


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        ("uv run python -c 'print(1)'", {"kind": "uv-command", "command": "python -c 'print(1)'"}),
        (
            "uv run --verbose /data/train.py --lr 3",
            {
                "kind": "uv-script",
                "script": "/data/train.py",
                "uv_options": "--verbose",
                "command": "--lr 3",
            },
        ),
        (
            "uv run --with trl --with peft --python 3.12 -q --with-requirements /data/reqs.txt /data/a.py",
            {
                "kind": "uv-script",
                "dependencies": ("trl", "peft"),
                "python": "3.12",
                "uv_options": "-q --with-requirements /data/reqs.txt",
            },
        ),
        (
            "uv run --python 3.12 --with trl python x",
            {"kind": "uv-command", "python": "3.12", "uv_options": "--with trl", "dependencies": ()},
        ),
        (
            "uv run -m http.server 8000",
            {"kind": "uv-command", "uv_options": "-m", "command": "http.server 8000"},
        ),
        (
            "uv run accelerate launch /data/t.py",
            {"kind": "uv-command", "command": "accelerate launch /data/t.py"},
        ),
        (
            "uv run --verbose https://x.org/a.py",
            {"kind": "uv-script", "uv_options": "--verbose", "script": "https://x.org/a.py"},
        ),
        ("uv run --no-project -- python -V", {"kind": "uv-command", "uv_options": "--no-project --"}),
        # What the form of a uv job would look for here, or cannot say
        ("uv run train.py", {"kind": "image"}),
        ("uv run /data/../train.py", {"kind": "image"}),
        ("uv run --with", {"kind": "image"}),
        ("uv run", {"kind": "image"}),
        ("uv pip list", {"kind": "image"}),
    ],
)
def test_a_uv_job_is_taken_up_as_one_and_asks_for_the_same(command: str, fields: dict[str, Any]) -> None:
    words = tuple(shlex.split(command))
    found = job(image="my/uv:1", command=words, volumes=ARTIFACTS)
    draft = draft_of_job(found, "ada")
    assert {name: getattr(draft, name) for name in fields} == fields
    again = build(draft, MACHINE)
    if command not in ("uv run train.py", "uv run /data/../train.py"):
        assert isinstance(again, JobSpec), again
        assert (again.image, again.command) == ("my/uv:1", words)


def test_the_line_of_a_script_in_a_volume_sends_the_same_and_is_read_as_a_uv_job(hf: HfCommand) -> None:
    found = job(image=DEFAULT_UV_IMAGE, command=("uv", "run", "-q", "/data/a.py", "--x"), volumes=ARTIFACTS)
    draft = draft_of_job(found, "ada")
    spec = build(draft, MACHINE)
    assert isinstance(spec, JobSpec)
    line = hf_line(spec)
    assert line.endswith(f"{DEFAULT_UV_IMAGE} -- uv run -q /data/a.py --x")
    _, sent = hf.sends(line)
    assert sent == request_body(spec)
    parsed = parse(line)
    assert parsed.draft == draft
    assert parsed.notes == ()
