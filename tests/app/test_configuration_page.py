"""Every command of the configuration page: F2 reads it without loss, and it sends what `hf` sends."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.test_compose import opened
from tests.driver import USUAL, Dashboard, dashboard
from tests.local_hub import LocalHub
from tests.spec.conftest import hf
from tests.spec.hf_command import HfCommand
from tests.spec.test_contract import same_files, sent_by_us
from tui.domain.job import Job
from tui.environment import MachineEnvironment
from tui.spec.build import build
from tui.spec.job_spec import JobSpec
from tui.spec.parse import parse

__all__ = ["hf"]

PAGE = [
    "hf jobs uv run train.py",
    "hf jobs uv run python -c 'print(\"Hello from the cloud!\")'",
    "hf jobs uv run --with trl train.py",
    "hf jobs uv run --python 3.12 train.py",
    "hf jobs uv run --with trl-jobs -- trl-jobs sft --model_name Qwen/Qwen3-0.6B "
    "--dataset_name trl-lib/Capybara",
    'hf jobs run ubuntu echo "Hello from the cloud!"',
    "hf jobs uv run -e FOO=foo -e BAR=bar python -c "
    '\'import os; print(os.environ["FOO"], os.environ["BAR"])\'',
    'hf jobs uv run --env-file .env python -c \'import os; print(os.environ["FOO"], os.environ["BAR"])\'',
    "hf jobs uv run -s MY_SECRET=psswrd python -c 'import os; print(os.environ[\"MY_SECRET\"])'",
    "hf jobs uv run --secrets-file .env.secrets python -c 'import os; print(os.environ[\"MY_SECRET\"])'",
    "hf jobs uv run --with torch --flavor a10g-small python -c "
    "\"import torch; print(f'This code ran with the following GPU: {torch.cuda.get_device_name()}')\"",
    "hf jobs uv run --with trl --flavor a10g-small -s HF_TOKEN -- sft.py "
    "--model_name_or_path Qwen/Qwen2-0.5B ...",
    "hf jobs uv run --timeout 7200 --with torch --flavor a10g-large train.py",
    "hf jobs uv run --timeout 2h --with torch --flavor a10g-large train.py",
    *(f"hf jobs uv run --timeout {limit} train.py" for limit in ("30m", "1.5h", "1d", "3600s")),
    "hf jobs uv run --namespace my-org-name python -c \"print('Running in an org account')\"",
]
WITH_TOKEN = [
    'hf jobs run --token hf_xxx ubuntu -- echo "Hello from the cloud!"',
    "hf jobs uv run --namespace my-org-name --token hf_xxx python -c \"print('Running in an org account')\"",
]
RUNS = {
    PAGE[1]: "Hello from the cloud!",
    PAGE[6]: "foo bar",
    PAGE[7]: "foo bar",
    PAGE[8]: "psswrd",
    PAGE[9]: "psswrd",
}


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MachineEnvironment:
    """A folder with the files the page speaks of."""
    texts = {
        "train.py": "print('trained')",
        "sft.py": "",
        ".env": "\ufeffexport FOO=foo\nBAR='bar' # a comment\n",
        ".env.secrets": "MY_SECRET=psswrd\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / name).chmod(0o600)
    monkeypatch.chdir(tmp_path)
    from tui.app import utc_now

    return MachineEnvironment(utc_now, lambda: "hf_stored")


@pytest.mark.parametrize("line", PAGE)
def test_a_command_of_the_page_sends_what_hf_sends(
    hf: HfCommand, machine: MachineEnvironment, line: str
) -> None:
    parsed = parse(f">>> {line}")
    assert parsed.draft is not None
    assert parsed.notes == ()
    spec = build(parsed.draft, machine)
    assert isinstance(spec, JobSpec), spec
    path, theirs = hf.sends(line)
    assert same_files(sent_by_us(spec, theirs)) == same_files((path, theirs))


@pytest.mark.parametrize("line", WITH_TOKEN)
def test_a_token_on_the_line_is_not_taken_and_that_is_said(machine: MachineEnvironment, line: str) -> None:
    parsed = parse(line)
    assert parsed.draft is not None
    assert [note.piece for note in parsed.notes] == ["--token …"]
    assert isinstance(build(parsed.draft, machine), JobSpec)


async def test_those_that_need_only_python_print_what_the_page_says(
    hub: LocalHub, machine: MachineEnvironment
) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        printed: set[str] = set()
        for line, expected in RUNS.items():
            if printed:
                screen = await opened(t)
            await t.press("f2")
            await t.paste(line)
            await t.press("enter", "ctrl+j")
            await t.sees("Submit this job?")
            await t.press("y")
            await t.until(lambda: t.app.composer is None, "the form left")
            job = await ended_beside(t, printed)
            assert expected in log_of(hub, job), screen
            printed.add(job.id)


async def ended_beside(t: Dashboard, known: set[str]) -> Job:
    """The first job that has ended and is not one of these: ids of one second are in no order."""

    def ended() -> list[Job]:
        return [job for job in t.app.snapshot.jobs.values() if not job.live and job.id not in known]

    await t.until(lambda: bool(ended()), "one more job ended")
    return ended()[0]


def log_of(hub: LocalHub, job: Job) -> str:
    """What a job has printed, as the hub holds it."""
    import httpx2

    url = f"{hub.endpoint}/api/jobs/{job.namespace}/{job.id}/logs"
    return httpx2.get(url, headers=hub.headers, trust_env=False, timeout=10).text
