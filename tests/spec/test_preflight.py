"""What is said of a job that could be sent, and what it may cost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.spec.fake_environment import FakeEnvironment
from tui.domain.hardware import Catalogue, bundled_catalogue
from tui.spec.build import build
from tui.spec.draft import Draft, Pair, SecretPair
from tui.spec.finding import Finding
from tui.spec.job_spec import JobSpec
from tui.spec.preflight import blocks, preflight
from tui.spec.price import seconds_for_usd, spec_usd_at_limit, spec_usd_per_hour, usd_at_limit, usd_per_hour
from tui.spec.secret import Secret
from tui.spec.tokens import find_token, names_a_secret

CATALOGUE = bundled_catalogue()
CALM = Draft(
    kind="image", image="ubuntu", command="env", secrets=(SecretPair("HF_TOKEN", Secret("hf_of_mine")),)
)
MACHINE = FakeEnvironment(files={"train.py": "", ".env": "FILED=hf_aB3aB3aB3aB3aB3\n"}, folders={"out"})
TOKEN = "hf_" + "aB3" * 11


def found(**changes: object) -> tuple[Finding, ...]:
    spec = build(replace(CALM, **changes), MACHINE)  # type: ignore[arg-type]
    assert isinstance(spec, JobSpec), spec
    return preflight(spec, CATALOGUE, MACHINE)


def test_a_job_in_order_has_nothing_to_say() -> None:
    assert found() == ()
    assert not blocks(found())


def test_dots_of_a_copied_page_are_asked_about() -> None:
    (finding,) = found(command="python train.py ...", kind="uv-command")
    assert (finding.grade, finding.field) == ("warning", "command")
    assert "left out" in finding.message


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"command": f"curl -H 'Authorization: Bearer {TOKEN}'"}, "command"),
        ({"shell": True, "command": f"export X={TOKEN}"}, "command"),
        ({"kind": "uv-command", "command": f"x --key={TOKEN}"}, "command"),
        ({"env": (Pair("ME", TOKEN),)}, "env"),
        ({"env_file": ".env"}, "env_file"),
        ({"labels": (Pair("a", TOKEN),)}, "labels"),
        (
            {"labels": (Pair("a", "typed-secret"),), "secrets": (SecretPair("S", Secret("typed-secret")),)},
            "labels",
        ),
    ],
)
def test_a_credential_in_clear_blocks(changes: dict[str, object], field: str) -> None:
    findings = found(**changes)
    assert blocks(findings)
    assert (findings[0].grade, findings[0].field) == ("error", field)
    assert TOKEN not in repr(findings)
    assert "typed-secret" not in repr(findings)


@pytest.mark.parametrize(
    "text",
    [
        *(TOKEN, f"x={TOKEN};", "hf_oauth_" + "aB3" * 8, "sk-proj-" + "a1" * 12, "ghp_" + "a1" * 18),
        *(
            "github_pat_" + "a1" * 15,
            "AKIA" + "A1" * 8,
            "-----BEGIN RSA PRIVATE KEY-----",
            "xoxb-1234567890-ab",
        ),
    ],
)
def test_what_looks_like_a_token_is_seen(text: str) -> None:
    assert find_token(text)


@pytest.mark.parametrize(
    "text",
    [
        *("from huggingface_hub import hf_hub_download", "hf_transfer", "task-force", "hf_xet", "AKIA"),
        *("risk-averse-people", "cpu-basic", "--dataset_name trl-lib/Capybara", "sk-learn"),
    ],
)
def test_what_does_not_is_let_be(text: str) -> None:
    assert find_token(text) is None


def test_telling_names() -> None:
    assert all(map(names_a_secret, ["HF_TOKEN", "OPENAI_API_KEY", "DB_PASSWORD", "my_secret"]))
    assert not any(map(names_a_secret, ["MAX_TOKENS", "TOKENIZERS_PARALLELISM", "KEYS", "SECRETARY"]))


@pytest.mark.parametrize(
    ("changes", "grade", "field", "says"),
    [
        ({"flavor": "a10g-smal", "timeout_amount": "1"}, "warning", "flavor", "did you mean a10g-small?"),
        ({"flavor": "zzz"}, "warning", "flavor", "not among the flavors on offer"),
        ({"flavor": "v5e-1x1", "timeout_amount": "1"}, "warning", "flavor", "not offered by the Hub now"),
        ({"flavor": "a10g", "timeout_amount": "1"}, "warning", "flavor", "did you mean a10g-small?"),
        ({"flavor": "a10g-small"}, "warning", "timeout_amount", "after 30 minutes, after $0.50 at most"),
        ({"secrets": ()}, "note", "volumes", "results die with the job"),
        (
            {"secrets": (), "volumes": ("hf://a/b:/m", "hf://buckets/a/b:/x:ro")},
            "note",
            "volumes",
            "results die",
        ),
        (
            {"secrets": (), "kind": "uv-script", "script": "train.py", "command": ""},
            "note",
            "volumes",
            "/data is kept",
        ),
        ({"expose_public": ("80",)}, "warning", "expose_public", "port 80"),
        ({"env": (Pair("MY_TOKEN", "x"),)}, "warning", "env", "MY_TOKEN can be read"),
        ({"env": (Pair("HF_TOKEN", "x"),)}, "warning", "env", "both a variable and a secret"),
    ],
)
def test_a_finding(changes: dict[str, object], grade: str, field: str, says: str) -> None:
    assert any((one.grade, one.field) == (grade, field) and says in one.message for one in found(**changes))


def test_a_flavor_without_a_price_is_told() -> None:
    flavors = tuple(replace(flavor, usd_per_minute=None) for flavor in CATALOGUE.flavors)
    spec = build(CALM, MACHINE)
    assert isinstance(spec, JobSpec)
    (finding,) = preflight(spec, Catalogue(flavors), MACHINE)
    assert (finding.field, finding.message[:29]) == ("flavor", "cpu-basic has no listed price")


@pytest.mark.parametrize("volume", ["hf://buckets/a/b:/x", "out:/x:rw"])
def test_a_writable_bucket_keeps_what_is_made(volume: str) -> None:
    assert found(secrets=(), volumes=(volume,)) == ()


def test_losing_the_work_of_a_gpu_is_more_than_a_note() -> None:
    findings = found(secrets=(), flavor="a10g-small", timeout_amount="1")
    assert [(one.grade, one.field) for one in findings] == [("warning", "volumes")]


def test_the_most_a_job_can_cost() -> None:
    a10g = usd_per_hour("a10g-small", CATALOGUE)
    assert a10g == pytest.approx(1.0, abs=0.001)
    assert usd_at_limit(a10g, 7200) == pytest.approx(2.0, abs=0.001)
    assert usd_at_limit(a10g, None) == pytest.approx(0.5, abs=0.001)
    assert usd_at_limit(a10g, 3600, attempts=3) == pytest.approx(3.0, abs=0.001)
    assert usd_per_hour("a10g-small", CATALOGUE, exposes=True) == pytest.approx(1.01, abs=0.001)
    assert usd_per_hour("unheard-of", CATALOGUE) is None
    assert usd_at_limit(None, 60) is None


def test_the_limit_that_keeps_within_a_sum() -> None:
    assert seconds_for_usd(2.0, 1.0) == 7200
    assert seconds_for_usd(2.0, 1.0, attempts=2) == 3600
    assert seconds_for_usd(0.001, 1.0) is None
    assert seconds_for_usd(2.0, None) is None


def test_the_price_of_a_spec_counts_its_ports_and_attempts() -> None:
    draft = replace(
        CALM, flavor="a10g-small", timeout_amount="1", timeout_unit="h", attempts="2", expose=("80",)
    )
    spec = build(draft, MACHINE)
    assert isinstance(spec, JobSpec)
    assert spec_usd_per_hour(spec, CATALOGUE) == pytest.approx(1.01, abs=0.001)
    assert spec_usd_at_limit(spec, CATALOGUE) == pytest.approx(2.02, abs=0.002)
