"""What is worth knowing before a job is sent, though every field is in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tui.domain.hardware import Catalogue
from tui.domain.nearest import nearest
from tui.domain.units import money

from .command_findings import command_findings
from .environment import Environment
from .finding import Finding, Grade, warning
from .job_spec import ARTIFACTS_MOUNT_PATH, DEFAULT_TIMEOUT_SECONDS, JobSpec, LocalFolder, UploadFile, Volume
from .price import spec_usd_at_limit
from .quoting import split
from .tokens import find_token, names_a_secret
from .uv_findings import uv_findings
from .value_findings import file_findings, value_findings

_SHORTEST_SECRET_CHARS = 8
"""Below this a secret value is too likely to turn up in other text by chance."""


def preflight(spec: JobSpec, catalogue: Catalogue, environment: Environment) -> tuple[Finding, ...]:
    """Everything found, the gravest first."""
    checks: tuple[Callable[[JobSpec, Catalogue], Iterator[Finding]], ...] = (
        _credentials_in_clear,
        _unknown_flavor,
        _default_limit,
        _nothing_saved,
        _public_ports,
        _left_out,
        _name_in_both,
    )
    grades: tuple[Grade, ...] = ("error", "warning", "note")
    found = [*command_findings(spec, environment), *uv_findings(spec, environment)]
    found += (finding for check in checks for finding in check(spec, catalogue))
    found += (*value_findings(spec), *file_findings(spec.draft, environment))
    return tuple(sorted(found, key=lambda finding: grades.index(finding.grade)))


def blocks(findings: tuple[Finding, ...]) -> bool:
    """Whether any of the findings must stop the submit."""
    return any(finding.grade == "error" for finding in findings)


def _texts_in_clear(spec: JobSpec) -> Iterator[tuple[str, str, str]]:
    """Field, what to call it, and text, of all that the Hub shows to whoever may see the job."""
    options = split(spec.draft.uv_options) or ()
    for word in spec.command:
        field = "uv_options" if word in options else "command"
        yield field, "the command", word.source if isinstance(word, UploadFile) else word
    typed = {pair.name.strip() for pair in spec.draft.env}
    for name, value in spec.environment.items():
        field = "env_file" if spec.draft.env_file.strip() and name not in typed else "env"
        yield field, f"the variable {name}", value
    for key, value in spec.labels.items():
        yield "labels", f"the label {key}", value
    for text in spec.draft.volumes:
        yield "volumes", "a volume", text


def _credentials_in_clear(spec: JobSpec, _: Catalogue) -> Iterator[Finding]:
    secrets = {name: secret.reveal() for name, secret in spec.secrets.items()}
    for field, where, text in _texts_in_clear(spec):
        shown = [
            name for name, value in secrets.items() if len(value) >= _SHORTEST_SECRET_CHARS and value in text
        ]
        if shown:
            yield Finding("error", field, f"The value of the secret {shown[0]} stands in {where}; remove it")
        elif token := find_token(text):
            yield Finding("error", field, f"A token seems to stand in {where} ({token}); make it a secret")
    for name in spec.environment:
        if names_a_secret(name):
            yield warning("env", f"{name} can be read by all who see the job; make it a secret")


def _unknown_flavor(spec: JobSpec, catalogue: Catalogue) -> Iterator[Finding]:
    flavor = catalogue.get(spec.flavor)
    if flavor is None and spec.flavor in catalogue.not_offered:
        yield warning("flavor", f"{spec.flavor} is not offered by the Hub now: it may refuse the job")
    elif flavor is None:
        near = nearest(spec.flavor, [known.name for known in catalogue.flavors])
        hint = f"; did you mean {near}?" if near else ""
        yield warning("flavor", f"{spec.flavor} is not among the flavors on offer, its price unknown{hint}")
    elif flavor.usd_per_minute is None:
        yield warning("flavor", f"{spec.flavor} has no listed price, and the Hub may refuse it")


def _default_limit(spec: JobSpec, catalogue: Catalogue) -> Iterator[Finding]:
    flavor = catalogue.get(spec.flavor)
    if spec.timeout_seconds is not None or flavor is None or flavor.family == "cpu":
        return
    most = spec_usd_at_limit(spec, catalogue)
    cost = "" if most is None else f", after {money(most)} at most"
    limit = f"stopped after {DEFAULT_TIMEOUT_SECONDS // 60} minutes{cost}, done or not"
    yield warning("timeout_amount", f"No limit chosen: the job is {limit}")


def _nothing_saved(spec: JobSpec, catalogue: Catalogue) -> Iterator[Finding]:
    if "HF_TOKEN" in spec.secrets or any(map(_is_writable, spec.volumes)):
        return
    if spec.upload_files:
        kept = f"Only what it writes to {ARTIFACTS_MOUNT_PATH} is kept: no other bucket, and no HF_TOKEN"
        yield Finding("note", "volumes", kept)
        return
    flavor = catalogue.get(spec.flavor)
    grade: Grade = "note" if flavor is None or flavor.family == "cpu" else "warning"
    yield Finding(grade, "volumes", "No bucket volume and no HF_TOKEN: results die with the job")


def _left_out(spec: JobSpec, _: Catalogue) -> Iterator[Finding]:
    """Dots of a page that was copied: the program would get them as an argument."""
    if dots := [word for word in spec.command if word in ("...", "…")]:
        yield warning("command", f"“{dots[0]}” is sent as it stands: was something left out there?")


def _is_writable(volume: Volume | LocalFolder) -> bool:
    """Whether what the job writes there outlives it: in buckets that are not marked read-only."""
    if isinstance(volume, LocalFolder):
        return not volume.read_only
    return volume.type == "bucket" and not volume.read_only


def _public_ports(spec: JobSpec, _: Catalogue) -> Iterator[Finding]:
    if spec.expose_public:
        ports = ", ".join(map(str, spec.expose_public))
        yield warning("expose_public", f"Anyone on the internet can reach port {ports}, without a token")


def _name_in_both(spec: JobSpec, _: Catalogue) -> Iterator[Finding]:
    for name in sorted(spec.environment.keys() & spec.secrets.keys()):
        yield warning("env", f"{name} is both a variable and a secret; keep one of the two")
