"""What we send and what `hf` sends for the line we show are the same JSON, on the same path."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.spec.hf_command import HfCommand
from tests.spec.strategies import ENVIRONMENT, drafts
from tui.spec.build import build
from tui.spec.draft import Draft
from tui.spec.environment import Environment
from tui.spec.job_spec import JobSpec
from tui.spec.line import hf_line
from tui.spec.parse import parse
from tui.spec.render import BucketFolder, Upload, request_body

FIXTURE_ONCE = [HealthCheck.function_scoped_fixture]


def sent_by_us(spec: JobSpec, theirs: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Our request, the random folder of an upload taken from theirs."""
    places = {volume["mountPath"]: volume for volume in theirs.get("jobSpec", theirs).get("volumes", [])}
    artifacts = places.get("/data", {"source": "?", "path": "?"})
    folders = {
        folder.source: BucketFolder(places[folder.mount_path]["source"], places[folder.mount_path]["path"])
        for folder in spec.local_folders
    }
    upload = Upload(BucketFolder(artifacts["source"], artifacts.get("path", "")), folders)
    collection = "jobs" if spec.schedule is None else "scheduled-jobs"
    return f"/api/{collection}/{spec.namespace or 'ada'}", request_body(spec, upload=upload)


def same_files(request: tuple[str, dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    """The request without the numbers of equally named files, which `hf` deals out in no fixed order."""
    path, body = request
    job = body.get("jobSpec", body)
    job["command"] = [word.replace("(0)", "") for word in job["command"]]
    return path, body


def built(draft: Draft | None, environment: Environment = ENVIRONMENT) -> JobSpec:
    assert draft is not None
    spec = build(draft, environment)
    assert isinstance(spec, JobSpec), spec
    return spec


LINES = [
    # kinds
    "hf jobs run --name x python:3.12 python -c 'print(6*7, \"answer\")'",
    "hf jobs run ubuntu -- ls -la",
    "hf jobs run ubuntu echo",
    "hf jobs run registry.x.org:5000/a/b_c:v1 sh -c 'echo $HOME && ls | wc'",
    "hf jobs run hf.co/spaces/ada/demo python app.py",
    "hf jobs run https://huggingface.co/spaces/ada/demo python app.py",
    "hf jobs uv run train.py",
    "hf jobs uv run 'runs/my train.py' --steps 3 config.yaml other/config.yaml",
    "hf jobs uv run https://x.org/a/sft.py?raw=1 config.yaml",
    "hf jobs uv run tool 1",
    "hf jobs uv run python -c 'print(\"Hello from the cloud!\")'",
    "hf jobs uv run --with trl-jobs -- trl-jobs sft --model_name Qwen/Qwen3-0.6B --dataset_name a/b",
    "hf jobs uv run --with trl --with 'torch>=2' -p 3.12 --image my/uv:1 train.py",
    # options, in every spelling and place
    "hf jobs run ubuntu -e A1=1 echo -e B1=2 done --flavor t4-small",
    "hf jobs run -eA1=1 --env=B1=2 --env C1='x # y' -e 'D1=\"x # y\"' -e E1= ubuntu env",
    "hf jobs run -e FROM_HERE -e NOT_SET_='' -e A1=1 -e A1=2 ubuntu env",
    "hf jobs run -s HF_TOKEN -s API_KEY --secrets=MINE=abc -s TWO='a b' ubuntu env",
    "hf jobs run -l team=ml --label solo -l a=b=c ubuntu env".replace("a=b=c", "a=b.c"),
    "hf jobs run -l name=mine ubuntu env",
    "hf jobs run --name '' ubuntu env",
    "hf jobs run --namespace acme --flavor a10g-small --timeout 1.5h ubuntu env",
    "hf jobs run --timeout 7200 ubuntu env",
    "hf jobs run --timeout 90s --timeout 30m ubuntu env",
    "hf jobs run -dq ubuntu ls -dx",
    "hf jobs run ubuntu -- npm run x -- --port 1",
    # the rest of the options
    "hf jobs run --env-file .env --secrets-file .secrets -e FILED=typed ubuntu env",
    "hf jobs run --secrets-file .secrets -s FILED_SECRET ubuntu env",
    "hf jobs run -v hf://org/model:/m -v hf://datasets/org/ds@refs/pr/3/a/b:/d:ro ubuntu env",
    "hf jobs run -v hf://buckets/org/b/sub:/b:rw -v ./inputs:/in -v outputs:/out:rw ubuntu env",
    "hf jobs uv run -v ./inputs:/in train.py",
    "hf jobs run --expose 8000 --expose 8000 --expose-public 80 --ssh ubuntu env",
    "hf jobs run --attempts 3 --resource-group-id 0123456789abcdef01234567 ubuntu env",
    "hf jobs run --network-group train --network-alias a --network-alias b-1 ubuntu env",
    "hf jobs scheduled run '0 9 * * 1' --suspend --no-concurrency ubuntu env",
    "hf jobs scheduled run @daily ubuntu env --attempts 2 -s HF_TOKEN",
    "hf jobs scheduled uv run '*/5 * * * *' train.py --with pandas",
    "hf jobs scheduled run --expose 80 @hourly ubuntu -- ls -la",
    # a script that says how it wants to run
    "hf jobs uv run headed.py",
    "hf jobs uv run --flavor t4-small --name mine -p 3.12 headed.py 1",
    "hf jobs uv run -e FROM_HERE=typed -l team=b -v hf://a/b:/headed --timeout 3 headed.py",
    "hf jobs uv run --env-file .env --secrets-file .secrets -l name=z --image x/y:1 headed.py",
    "hf jobs scheduled uv run @daily --namespace acme headed.py",
    # the page this product was commissioned from
    'hf jobs run ubuntu echo "Hello from the cloud!"',
    "hf jobs uv run -e FOO=foo -e BAR=bar python -c 'import os; print(os.environ[\"FOO\"])'",
    "hf jobs uv run -s MY_SECRET=psswrd python -c 'import os; print(os.environ[\"MY_SECRET\"])'",
    "hf jobs uv run --timeout 2h --with torch --flavor a10g-large train.py",
    "hf jobs uv run --namespace my-org-name python -c \"print('Running in an org account')\"",
]


@pytest.mark.parametrize("line", LINES)
def test_a_pasted_line_sends_what_hf_sends(hf: HfCommand, line: str) -> None:
    path, theirs = hf.sends(line)
    ours = sent_by_us(built(parse(line).draft), theirs)
    assert same_files(ours) == same_files((path, theirs))


@given(draft=drafts())
@settings(max_examples=100, suppress_health_check=FIXTURE_ONCE)
def test_the_line_shown_sends_the_body_rendered(hf: HfCommand, draft: Draft) -> None:
    spec = built(draft)
    path, theirs = hf.sends(hf_line(spec))
    ours = sent_by_us(spec, theirs)
    job = theirs.get("jobSpec", theirs)
    if spec.secrets:
        assert job["secrets"].keys() == spec.secrets.keys()
        job["secrets"] = {name: secret.reveal() for name, secret in spec.secrets.items()}
    assert same_files(ours) == same_files((path, theirs))


def test_the_options_are_those_of_hf() -> None:
    from huggingface_hub.cli.jobs import jobs_cli

    from tui.spec.options import COMMANDS

    for command in COMMANDS:
        group: Any = jobs_cli
        for word in command.verb:
            group = group.commands[word]
        theirs = {
            (*option.opts, *option.secondary_opts): (not option.is_flag, option.multiple)
            for option in group.params
            if option.param_type_name == "option"
        }
        ours = {
            (*option.names, *option.off_names): (option.takes_value, option.repeats)
            for option in command.options
            if option.field != "help"
        }
        assert ours == theirs, command.spelled
