"""Bodies and lines where the comparison with `hf` does not reach."""

from __future__ import annotations

import pytest

from tests.spec.fake_environment import HOME, FakeEnvironment
from tui.spec.build import build
from tui.spec.draft import Draft, Pair, SecretPair
from tui.spec.job_spec import JobSpec
from tui.spec.line import hf_line
from tui.spec.render import BucketFolder, NotUploadedError, Upload, preview_body, request_body
from tui.spec.secret import MASK, Secret

MACHINE = FakeEnvironment(files={f"{HOME}/train.py": ""}, folders={"in"})
DRAFT = Draft(
    script="~/train.py",
    volumes=("in:/in",),
    secrets=(SecretPair("KEY", Secret("hidden value")),),
    schedule="@daily",
)


def spec_of(draft: Draft) -> JobSpec:
    spec = build(draft, MACHINE)
    assert isinstance(spec, JobSpec), spec
    return spec


def test_nothing_is_sent_that_is_not_uploaded() -> None:
    with pytest.raises(NotUploadedError, match="folder in"):
        request_body(spec_of(DRAFT))
    with pytest.raises(NotUploadedError, match="script"):
        request_body(spec_of(DRAFT), upload=Upload(folders={"in": BucketFolder("a/b", "in-1")}))


def test_a_preview_needs_no_upload_and_shows_no_secret() -> None:
    body = preview_body(spec_of(DRAFT))
    job = body["jobSpec"]
    assert job["secrets"] == {"KEY": MASK}
    assert job["command"] == ["uv", "run", "/data/train.py"]
    assert [volume["source"] for volume in job["volumes"]] == ["<you>/jobs-artifacts"] * 2
    assert body["schedule"] == "@daily"


@pytest.mark.parametrize(
    ("draft", "line"),
    [
        (Draft(), "hf jobs uv run"),
        (Draft(kind="image"), "hf jobs run"),
        (Draft(kind="space", space="ada/demo", command="x"), "hf jobs run hf.co/spaces/ada/demo x"),
        (
            Draft(kind="image", image="ubuntu", command="echo 'open"),
            """hf jobs run ubuntu "echo 'open\"""",
        ),
        (Draft(kind="image", image="ubuntu", command="ls -la"), "hf jobs run ubuntu -- ls -la"),
        (Draft(kind="uv-command", command="python -c 'print(1)'"), "hf jobs uv run -- python -c 'print(1)'"),
        (Draft(script="~/my run.py", command="3"), "hf jobs uv run ~/'my run.py' 3"),
        (Draft(script="a.py", timeout_amount="1.5", timeout_unit="h"), "hf jobs uv run --timeout 1.5h a.py"),
        (Draft(script="a.py", labels=(Pair("x"), Pair("y", "1"))), "hf jobs uv run -l x -l y=1 a.py"),
        (Draft(script="a.py", secrets=(SecretPair("A", Secret("b")),)), "hf jobs uv run -s A a.py"),
        (Draft(script="a.py", schedule="0  9 * * 1"), "hf jobs scheduled uv run '0 9 * * 1' a.py"),
    ],
)
def test_a_line_says_what_there_is_to_say(draft: Draft, line: str) -> None:
    assert hf_line(draft) == line
