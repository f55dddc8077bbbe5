"""What is said of values that refer to something, or look as if they did, and of files others can read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.spec.fake_environment import FakeEnvironment
from tui.domain.hardware import bundled_catalogue
from tui.domain.job import Job
from tui.spec.build import build
from tui.spec.draft import Draft, Pair, SecretPair
from tui.spec.from_job import draft_of_job
from tui.spec.job_spec import JobSpec
from tui.spec.line import hf_line
from tui.spec.preflight import preflight
from tui.spec.secret import Secret
from tui.spec.take_here import take_here

BASE = Draft(kind="image", image="ubuntu", command="true", secrets=(SecretPair("HF_TOKEN"),))
MACHINE = FakeEnvironment(
    variables={"WANDB_API_KEY": "key of here", "HOME": "/home/ada"},
    login="hf_login",
    files={
        ".secrets": "API_KEY=$WANDB_API_KEY\nOTHER=${API_KEY2}\nAPI_KEY2=of the file\n",
        ".env": "PLACE=$HOME\nWANDB_API_KEY=changeme\nMODE=fast\n",
        "bad.secrets": "A=changeme\nB=op://x/y\nC=fine\n",
    },
    modes={".secrets": 0o640},
)


def spec_of(draft: Draft) -> JobSpec:
    spec = build(draft, MACHINE)
    assert isinstance(spec, JobSpec), spec
    return spec


def found(**changes: object) -> list[tuple[str, str, str]]:
    spec = spec_of(replace(BASE, **changes))  # type: ignore[arg-type]
    return [(one.grade, one.field, one.message) for one in preflight(spec, bundled_catalogue(), MACHINE)]


def secret(value: str) -> tuple[SecretPair, ...]:
    return (SecretPair("HF_TOKEN"), SecretPair("AUTH", Secret(value)))


@pytest.mark.parametrize("value", ["Bearer $WANDB_API_KEY", "https://me:${PASS}@x.org", "$ecretThing9"])
def test_a_secret_that_seems_to_hold_a_variable_is_asked_about(value: str) -> None:
    ((grade, field, message),) = found(secrets=secret(value))
    assert (grade, field) == ("warning", "secrets")
    assert "AUTH seems to hold a variable" in message
    assert value not in message


@pytest.mark.parametrize("value", ["pa$$word", "a$HOMEb", "$2b$12$abcdefghijklmn", "s3cr3t"])
def test_a_password_is_not(value: str) -> None:
    assert found(secrets=secret(value)) == []


def test_a_credential_in_clear_under_another_name_is_warned_of() -> None:
    messages = [message for _, field, message in found(env=(Pair("X1", "$WANDB_API_KEY"),)) if field == "env"]
    assert messages == ["X1 is WANDB_API_KEY in clear, for all who see the job; make it a secret"]


def test_a_variable_with_sample_text_is_warned_of() -> None:
    ((grade, field, message),) = found(env=(Pair("NAME", "<your name>"),))
    assert (grade, field) == ("warning", "env")
    assert message == "NAME holds the sample text of a guide; it is sent as it stands"


def test_what_a_file_refers_to_is_taken_from_here_or_from_the_file_and_said() -> None:
    spec = spec_of(replace(BASE, secrets_file=".secrets"))
    assert {name: value.reveal() for name, value in spec.secrets.items()} == {
        "API_KEY": "key of here",
        "OTHER": "of the file",
        "API_KEY2": "of the file",
        "HF_TOKEN": "hf_login",
    }
    messages = {field: message for grade, field, message in found(secrets_file=".secrets") if grade == "note"}
    assert "refers to" in messages["secrets_file"]
    assert '-s "API_KEY=$WANDB_API_KEY"' in hf_line(spec)
    assert "API_KEY" not in hf_line(spec.draft)


def test_a_file_that_others_can_read_is_told_by_its_mode() -> None:
    ((grade, field, message),) = [one for one in found(secrets_file=".secrets") if one[0] == "warning"]
    assert (grade, field) == ("warning", "secrets_file")
    assert message == ".secrets can be read by others here (mode 640): chmod 600 .secrets restricts it"


def test_a_row_wins_over_a_placeholder_of_a_file() -> None:
    draft = replace(BASE, env_file=".env", env=(Pair("WANDB_API_KEY", "mine"),))
    assert spec_of(draft).environment == {"PLACE": "/home/ada", "MODE": "fast", "WANDB_API_KEY": "mine"}
    assert '-e "PLACE=$HOME"' in hf_line(spec_of(draft))


def test_taking_values_from_here_gives_each_a_row() -> None:
    draft = replace(BASE, secrets_file="bad.secrets", secrets=(SecretPair("A", Secret("xxx")),))
    taken, names = take_here(draft, "secrets", 0, MACHINE)
    assert (taken.secrets, names) == ((SecretPair("A"),), ("A",))
    taken, names = take_here(replace(BASE, secrets_file="bad.secrets"), "secrets_file", 0, MACHINE)
    assert names == ("A", "B")
    assert taken.secrets == (SecretPair("HF_TOKEN"), SecretPair("A"), SecretPair("B"))
    taken, names = take_here(replace(BASE, env_file=".env"), "env_file", 0, MACHINE)
    assert (taken.env, names) == ((Pair("WANDB_API_KEY", None),), ("WANDB_API_KEY",))
    assert take_here(BASE, "command", 0, MACHINE) == (BASE, ())
    assert take_here(BASE, "secrets", -1, MACHINE) == (BASE, ())


def test_a_job_taken_up_again_keeps_its_variables_as_they_are() -> None:
    job = Job(
        id="6a1c2d3e4f5061728394a5b6",
        stage="COMPLETED",
        namespace="ada",
        image="ubuntu",
        command=("true",),
        environment={"PLACE": "$HOME", "MODE": "fast"},
    )
    draft = draft_of_job(job)
    assert spec_of(draft).environment == {"PLACE": "$HOME", "MODE": "fast"}
    assert "'PLACE=$HOME'" in hf_line(draft)
