"""What is worth knowing of the values of variables and secrets before they are sent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .draft import Draft
from .environment import Environment
from .finding import Finding, warning
from .job_spec import JobSpec
from .meaning import Placeholder, Reference, meaning
from .tokens import names_a_secret

_VARIABLE_WITHIN = re.compile(r"""(?:^|[\s:/@=,;"'])\$(?:[A-Z][A-Z0-9_]{2,}|\{[A-Za-z_]\w*\})""")


def value_findings(spec: JobSpec) -> Iterator[Finding]:
    """What stands for something else, and what looks as if it did and is sent as it stands."""
    for name, origin in spec.secret_origins.items():
        if origin.file and origin.variable:
            yield _taken("secrets_file", name, origin.variable, origin.file)
        elif origin.source in ("typed", "file") and _is_doubtful(name, spec.secrets[name].reveal()):
            field = "secrets_file" if origin.file else "secrets"
            words = f"The secret {name} seems to hold a variable; it is sent as it stands"
            yield warning(field, words)
    for name, origin in spec.variable_origins.items():
        if origin.file and origin.variable:
            yield _taken("env_file", name, origin.variable, origin.file)
        meant = meaning(name, spec.environment[name], is_secret=False)
        if origin.source in ("typed", "file") and isinstance(meant, Placeholder):
            field = "env_file" if origin.file else "env"
            yield warning(field, f"{name} {meant.reason}; it is sent as it stands")
        if names_a_secret(origin.variable) and not names_a_secret(name):
            words = f"{name} is {origin.variable} in clear, for all who see the job; make it a secret"
            yield warning("env", words)


def file_findings(draft: Draft, environment: Environment) -> Iterator[Finding]:
    """Files of values that others can read, by the rule of huggingface_hub 2.4 (`_read_env_file`)."""
    for field, file in (("secrets_file", draft.secrets_file.strip()), ("env_file", draft.env_file.strip())):
        mode = environment.file_mode(environment.expand(file)) if file else None
        if mode is not None and mode & 0o077:
            words = f"{file} can be read by others here (mode {mode:o}): chmod 600 {file} restricts it"
            yield warning(field, words)


def _taken(field: str, name: str, variable: str, file: str) -> Finding:
    what = "its own name" if name == variable else variable
    words = f"{name} in {file} refers to {what}: the value is taken from here, where `hf` sends the text"
    return Finding("note", field, words)


def _is_doubtful(name: str, text: str) -> bool:
    return isinstance(meaning(name, text), Reference) or bool(_VARIABLE_WITHIN.search(text))
