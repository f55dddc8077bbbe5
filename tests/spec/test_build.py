"""Every fault of a form has its field, its row and its reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.spec.fake_environment import HOME, FakeEnvironment
from tui.spec.build import build
from tui.spec.collect import FieldError
from tui.spec.draft import Draft, Pair, SecretPair
from tui.spec.job_spec import JobSpec, UploadFile
from tui.spec.secret import Secret

GOOD = Draft(kind="image", image="python:3.12", command="python -V")
SCRIPT = Draft(kind="uv-script", script="train.py")
MACHINE = FakeEnvironment(
    files={"train.py": "", "bad.env": "A1=1\n?? broken\n", "bare.env": "NOWHERE\n", "no.env": "1A=2"}
)


def spec_of(draft: Draft, environment: FakeEnvironment = MACHINE) -> JobSpec:
    spec = build(draft, environment)
    assert isinstance(spec, JobSpec), spec
    return spec


def the_error(draft: Draft) -> FieldError:
    errors = build(draft, MACHINE)
    assert not isinstance(errors, JobSpec)
    (error,) = errors
    assert error.message[0] in "“." or not error.message[0].islower()
    return error


def test_a_draft_as_it_opens_says_what_is_missing() -> None:
    assert the_error(Draft()).field == "script"
    assert the_error(Draft(kind="uv-command")).field == "command"
    assert {error.field for error in errors_of(Draft(kind="image"))} == {"image", "command"}
    assert {error.field for error in errors_of(Draft(kind="space"))} == {"space", "command"}


def errors_of(draft: Draft) -> tuple[FieldError, ...]:
    errors = build(draft, MACHINE)
    assert not isinstance(errors, JobSpec)
    return errors


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"image": ""}, "image", "Name an image"),
        ({"image": "-x"}, "image", "dash"),
        ({"image": "a b"}, "image", "no blanks"),
        ({"image": "hf.co/spaces/only-owner"}, "image", "user/space"),
        ({"kind": "space", "space": "a/b/c"}, "space", "user/space"),
        ({"command": " "}, "command", "Say what to run"),
        ({"command": "echo 'x"}, "command", "quote that is never closed"),
        ({"command": "echo \\"}, "command", "backslash"),
        ({"command": "echo ''"}, "command", "empty argument"),
        ({"command": "a\0b"}, "command", "NUL"),
        ({"command": "a\udc80b"}, "command", "not text"),
        ({"shell": True, "command": "\t"}, "command", "Say what to run"),
        ({"flavor": "a b"}, "flavor", "one word"),
        ({"timeout_amount": "0"}, "timeout_amount", "at least a second"),
        ({"timeout_amount": "-1"}, "timeout_amount", "no number"),
        ({"timeout_amount": "ten"}, "timeout_amount", "no number"),
        ({"timeout_amount": "1.5", "timeout_unit": ""}, "timeout_amount", "choose a unit"),
        ({"name": "a/b"}, "name", "characters a label may not"),
        ({"name": "a" * 101}, "name", "101 characters"),
        ({"name": "a", "labels": (Pair("name", "b"),)}, "name", "keep one of the two"),
        ({"namespace": "../x"}, "namespace", "no user or organisation"),
        ({"namespace": "a/b"}, "namespace", "no user or organisation"),
        ({"expose": ("0",)}, "expose", "from 1 to 65535"),
        ({"expose_public": ("70000",)}, "expose_public", "from 1 to 65535"),
        ({"expose": ("9" * 5000,)}, "expose", "from 1 to 65535"),
        ({"expose": tuple(map(str, range(1, 22)))}, "expose", "20 at most"),
        ({"attempts": "0"}, "attempts", "from 1"),
        ({"attempts": "two"}, "attempts", "whole number"),
        ({"resource_group": "team"}, "resource_group", "24 characters"),
        ({"network_group": "Team"}, "network_group", "lower-case"),
        ({"network_group": "a" * 47}, "network_group", "46"),
        ({"network_aliases": ("a",)}, "network_group", "name a group".capitalize()),
        ({"schedule": "@reboot"}, "schedule", "@daily"),
        ({"schedule": "* * *"}, "schedule", "5-field"),
        ({"schedule": "0 0 31 2 *"}, "schedule", "Never runs"),
        ({"schedule": "0 9 * * MON"}, "schedule", "MON"),
        ({"schedule": "0 9 * * 1-5/2"}, "schedule", "1-5/2"),
        ({"schedule": "@daily", "ssh": True}, "ssh", "no SSH"),
        ({"schedule": "@daily", "network_group": "a"}, "network_group", "no group"),
        ({"env_file": "none.env"}, "env_file", "No such file"),
        ({"env_file": "-"}, "env_file", "name a file"),
        ({"env_file": "bad.env"}, "env_file", "Line 2"),
        ({"env_file": "no.env"}, "env_file", "1A"),
        ({"env_file": "bare.env"}, "env_file", "“NOWHERE” in bare.env has no value"),
        ({"secrets_file": "bare.env"}, "secrets_file", "“NOWHERE” in bare.env has no value"),
    ],
)
def test_a_fault_is_told_at_its_field(changes: dict[str, object], field: str, says: str) -> None:
    error = the_error(replace(GOOD, **changes))  # type: ignore[arg-type]
    assert error.field == field
    assert says in error.message


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"env": (Pair("OK", "1"), Pair("A", "1"))}, "env", "two at least"),
        ({"env": (Pair("OK", "1"), Pair("_AB", "1"))}, "env", "letter first"),
        ({"env": (Pair("OK", "1"), Pair("OK", "2"))}, "env", "twice"),
        ({"env": (Pair("OK", "1"), Pair("", "2"))}, "env", "Give it a name"),
        ({"env": (Pair("OK", "1"), Pair("AB", "x\ry"))}, "env", "line break"),
        ({"env": (Pair("OK", "1"), Pair("AB", None))}, "env", "“AB” is not set here"),
        ({"env": (Pair("OK", "1"), Pair("HF_TOKEN", None))}, "env", "belongs to the secrets"),
        (
            {"secrets": (SecretPair("A", Secret("x")), SecretPair("1", Secret("y")))},
            "secrets",
            "letter first",
        ),
        ({"secrets": (SecretPair("A", Secret("x")), SecretPair("B"))}, "secrets", "“B” is not set here"),
        ({"secrets": (SecretPair("A", Secret("x")), SecretPair("HF_TOKEN"))}, "secrets", "hf auth login"),
        ({"labels": (Pair("a", ""), Pair("b c", ""))}, "labels", "no label key"),
        ({"labels": (Pair("a", ""), Pair("b", "é"))}, "labels", "characters a label may not"),
        ({"labels": (Pair("a", ""), Pair("b" * 101, ""))}, "labels", "101"),
        ({"volumes": ("hf://a/b:/x", "hf://a/c:/x")}, "volumes", "taken"),
        ({"volumes": ("", "hf://a/b")}, "volumes", "nowhere to mount"),
        ({"volumes": ("", "hf://a/b:/")}, "volumes", "Cannot be mounted at /"),
        ({"volumes": ("", ":/x")}, "volumes", "nothing to mount"),
        ({"volumes": ("", "hf://dataset/a/b:/x")}, "volumes", "datasets/"),
        ({"volumes": ("", "hf://kernels/a/b:/x")}, "volumes", "no kernels"),
        ({"volumes": ("", "hf://a:/x")}, "volumes", "owner/name"),
        ({"volumes": ("", "hf://buckets/a/b@main:/x")}, "volumes", "no revisions"),
        ({"volumes": ("", "hf://a/b@:/x")}, "volumes", "nothing after @"),
        ({"volumes": ("", "hf://a/b//c:/x")}, "volumes", "empty step"),
        ({"volumes": ("", "./nowhere:/x")}, "volumes", "No such folder"),
        ({"network_group": "g", "network_aliases": ("a", "a")}, "network_aliases", "twice"),
        ({"network_group": "g", "network_aliases": ("a", "B")}, "network_aliases", "lower-case"),
    ],
)
def test_a_fault_is_told_at_its_row(changes: dict[str, object], field: str, says: str) -> None:
    error = the_error(replace(GOOD, **changes))  # type: ignore[arg-type]
    assert (error.field, error.index) == (field, 1)
    assert says in error.message


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"script": "--verbose"}, "script", "cannot start with a dash"),
        ({"script": "none.py"}, "script", "No such file"),
        ({"script": "http://["}, "script", "no address"),
        ({"command": "--config none.yaml"}, "command", "No such file: none.yaml"),
        ({"dependencies": ("--index",)}, "dependencies", "cannot start with a dash"),
        ({"python": "-3"}, "python", "cannot start with a dash"),
        ({"uv_image": "a b"}, "uv_image", "no blanks"),
        ({"kind": "uv-command", "command": "--verbose foo"}, "command", "go under uv options"),
        ({"volumes": ("hf://buckets/a/b:/data:rw",)}, "volumes", "where the script arrives"),
        ({"uv_options": "--with"}, "uv_options", "--with takes a value"),
        ({"uv_options": "-qp"}, "uv_options", "-p takes a value"),
        ({"uv_options": "train.py"}, "uv_options", "not an option of uv"),
        ({"uv_options": "--verbose python"}, "uv_options", "“python” is not an option of uv"),
        ({"uv_options": "--with 'trl"}, "uv_options", "quote"),
        ({"uv_options": "--config-file uv.toml"}, "uv_options", "No such file: uv.toml"),
        ({"uv_options": "--config-file=uv.toml"}, "uv_options", "--config-file uv.toml"),
    ],
)
def test_a_fault_of_a_uv_job_is_told_at_its_field(changes: dict[str, object], field: str, says: str) -> None:
    error = the_error(replace(SCRIPT, **changes))  # type: ignore[arg-type]
    assert error.field == field
    assert says in error.message


def test_all_faults_are_found_at_once() -> None:
    draft = replace(GOOD, image="", timeout_amount="x", env=(Pair("1"), Pair("2")), name="ä")
    assert [(error.field, error.index) for error in errors_of(draft)] == [
        ("image", None),
        ("timeout_amount", None),
        ("env", 0),
        ("env", 1),
        ("name", None),
    ]


def test_the_smallest_job_has_the_defaults_of_hf() -> None:
    spec = spec_of(GOOD)
    assert (spec.image, spec.space_id, spec.flavor, spec.timeout_seconds) == (
        "python:3.12",
        None,
        "cpu-basic",
        None,
    )
    assert spec.command == ("python", "-V")
    assert spec.name.startswith("python-3-12-")
    assert not spec.needs_upload


def test_a_script_is_marked_for_upload_and_its_home_resolved() -> None:
    machine = FakeEnvironment(files={f"{HOME}/my job.py": "", "config.yaml": ""})
    spec = spec_of(replace(SCRIPT, script="~/my job.py", command="--c config.yaml --c config.yaml"), machine)
    script, config = UploadFile(f"{HOME}/my job.py", "my_job.py"), UploadFile("config.yaml", "config.yaml")
    assert spec.command == ("uv", "run", script, "--c", config, "--c", config)
    assert spec.upload_files == (script, config)
    assert spec.needs_upload


def test_a_space_given_as_an_image_is_a_space() -> None:
    spec = spec_of(replace(GOOD, image="https://hf.co/spaces/ada/demo"))
    assert (spec.image, spec.space_id) == (None, "ada/demo")
    assert spec.name.startswith("ada-demo-")


def test_the_shell_switch_keeps_the_text_whole() -> None:
    in_shell = {"shell": True, "command": "echo 'a' && ls"}
    assert spec_of(replace(GOOD, **in_shell)).command == ("sh", "-c", "echo 'a' && ls")  # type: ignore[arg-type]


def test_secrets_come_from_rows_then_here_then_the_file() -> None:
    machine = FakeEnvironment(
        variables={"HERE": "of here"},
        login="hf_login",
        files={".s": "\ufeffexport HERE=filed\nFILED='x y' # c\nTYPED=f"},
    )
    rows = (
        SecretPair("HF_TOKEN"),
        SecretPair("HERE"),
        SecretPair("FILED"),
        SecretPair("TYPED", Secret("")),
        SecretPair(""),
    )
    spec = spec_of(replace(GOOD, secrets=rows, secrets_file=".s"), machine)
    values = {name: secret.reveal() for name, secret in spec.secrets.items()}
    assert values == {"HF_TOKEN": "hf_login", "HERE": "of here", "FILED": "x y", "TYPED": "f"}


def test_empty_rows_are_passed_over() -> None:
    rows = replace(GOOD, env=(Pair(""), Pair("", None)), labels=(Pair(""),), volumes=(" ",), expose=("",))
    assert spec_of(replace(rows, dependencies=("",), network_aliases=("",))) == spec_of(GOOD)


@pytest.mark.parametrize("text", ["x", "-1", "nan", "inf", "1e5", "2,50", "$", "1234567890"])
def test_a_sum_that_is_no_number_of_dollars_is_refused(text: str) -> None:
    error = the_error(replace(GOOD, spend=text))
    assert error.field == "spend"
    assert "is no sum of dollars" in error.message


def test_a_sum_that_gave_no_timeout_is_refused() -> None:
    assert "less than a minute" in the_error(replace(GOOD, spend="$0.001")).message
