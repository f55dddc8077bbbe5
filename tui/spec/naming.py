"""The name a job gets when nobody names it: the one the `hf` command line gives to the same options.

Its hash groups reruns of one command (huggingface_hub 2.4, `_jobs_api.py` and `cli/jobs.py`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence

from .checks import SPACE_PREFIXES, space_id
from .draft import DEFAULT_FLAVOR

_NOT_IN_A_NAME = re.compile(r"[^a-zA-Z0-9_-]")

DERIVED_NAME = re.compile(r"-[0-9a-f]{8}$")
"""How a name ends that nobody chose."""


def config_parts(
    *,
    flavor: str,
    timeout: str,
    namespace: str,
    environment: Mapping[str, str],
    secret_names: Iterable[str],
    volumes: Sequence[str] = (),
    network_group: str = "",
    network_aliases: Sequence[str] = (),
    extra: Sequence[str] = (),
) -> list[str]:
    """Everything but image and command that tells one launch from another; of secrets only the names."""
    return [
        flavor or DEFAULT_FLAVOR,
        timeout,
        namespace,
        network_group,
        *extra,
        *(f"{name}={value}" for name, value in sorted(environment.items())),
        *sorted(secret_names),
        *volumes,
        *network_aliases,
    ]


def name_from_image(reference: str, command: Sequence[str], parts: Sequence[str]) -> str:
    """`python:3.12` gives `python-3-12-<hash>`, a Space `ada/demo` gives `ada-demo-<hash>`."""
    if reference.startswith(SPACE_PREFIXES):
        base = space_id(reference)
    else:
        base = reference.rstrip("/").rpartition("/")[2]
    return _named(base or reference, [reference, *command, *parts])


def name_from_script(script: str, arguments: Sequence[str], parts: Sequence[str]) -> str:
    """`runs/train.py` gives `train-<hash>`, `https://…/sft.py?raw=1` gives `sft-<hash>`."""
    path = script.partition("?")[0].partition("#")[0]
    base = path.rstrip("/").rpartition("/")[2].removesuffix(".py")
    return _named(base or script, [script, *arguments, *parts])


def _named(base: str, hashed: Sequence[str]) -> str:
    digest = hashlib.sha256("\0".join(hashed).encode()).hexdigest()
    return f"{_NOT_IN_A_NAME.sub('-', base)}-{digest[:8]}"
