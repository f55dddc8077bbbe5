"""The Python shown starts the same job as the line shown, and holds no secret."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import HealthCheck, assume, given, settings

from tests.spec.hf_command import HfCommand
from tests.spec.strategies import ENVIRONMENT, drafts
from tui.spec.build import build
from tui.spec.draft import Draft, SecretPair
from tui.spec.job_spec import JobSpec
from tui.spec.line import hf_line
from tui.spec.python_code import python_code
from tui.spec.secret import Secret

FIXTURE_ONCE = [HealthCheck.function_scoped_fixture]


@given(draft=drafts())
@settings(max_examples=100, suppress_health_check=FIXTURE_ONCE)
def test_the_python_shown_starts_the_same_job(
    hf: HfCommand, monkeypatch: pytest.MonkeyPatch, draft: Draft
) -> None:
    monkeypatch.setenv("FILED_SECRET", "what stands in a file must be exported for Python")
    assume(not draft.script.startswith("http"))  # `hf` fetches it first, the library leaves that to the job
    spec = build(draft, ENVIRONMENT)
    assert isinstance(spec, JobSpec)
    line = hf.sends(hf_line(spec))
    code = hf.posts(lambda: run(python_code(spec)))
    for _, body in (line, code):
        job = body.get("jobSpec", body)
        job["command"] = [word.replace("(0)", "") for word in job["command"]]
        job["secrets"] = sorted(job.get("secrets", ()))
        for volume in job.get("volumes", ()):
            if volume["mountPath"] == "/data":
                volume["path"] = "a folder by chance"
    assert code == line


def run(code: str) -> None:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*experimental", category=UserWarning)
        exec(code, {})  # noqa: S102


def test_it_reads_like_python_somebody_wrote() -> None:
    draft = Draft(
        script="train.py",
        command="--lr 2e-4",
        dependencies=("trl",),
        flavor="a10g-small",
        timeout_amount="1.5",
        secrets=(SecretPair("HF_TOKEN"), SecretPair("WANDB_KEY", Secret("s3cr3t-v4lu3"))),
        name="demo",
    )
    spec = build(draft, ENVIRONMENT)
    assert isinstance(spec, JobSpec)
    assert python_code(spec) == (
        "import os\n"
        "\n"
        "from huggingface_hub import get_token, run_uv_job\n"
        "\n"
        "job = run_uv_job(\n"
        "    'train.py',\n"
        "    script_args=['--lr', '2e-4'],\n"
        "    dependencies=['trl'],\n"
        "    flavor='a10g-small',\n"
        "    timeout=5400,\n"
        "    secrets={'HF_TOKEN': get_token(), 'WANDB_KEY': os.environ['WANDB_KEY']},\n"
        "    labels={'name': 'demo'},\n"
        ")\n"
    )
