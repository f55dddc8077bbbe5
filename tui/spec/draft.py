"""The form as typed: the raw text of every field, before anything is checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from .secret import Secret

Kind = Literal["uv-script", "uv-command", "image", "space"]
TimeoutUnit = Literal["", "s", "m", "h", "d"]

DEFAULT_FLAVOR = "cpu-basic"
"""What a job runs on when nobody chose (jobs-api.md §3.3)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One row of a name and value editor."""

    name: str
    value: str | None = ""
    """For env: None takes the value from the environment, as a bare `-e NAME` does. For labels: as ""."""


@dataclass(frozen=True, slots=True)
class SecretPair:
    """One row of the secrets editor."""

    name: str
    value: Secret | None = None
    """None takes the value from the environment by its name, for HF_TOKEN also from the stored login."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person has filled in so far, right or wrong. Names of attributes are the ids of fields."""

    kind: Kind = "uv-script"

    script: str = ""
    """Path or URL of the script (kind `uv-script`)."""

    image: str = ""
    """Docker image (kind `image`); a Space's address here makes the job a Space job."""

    space: str = ""
    """`owner/name` or address of the Space whose image runs (kind `space`)."""

    command: str = ""
    """One line in shell quoting. Kind `uv-script`: the arguments after the script; else the whole command."""

    shell: bool = False
    """Hand `command` to `sh -c` as it stands. Only read for the kinds `image` and `space`."""

    dependencies: tuple[str, ...] = ()
    """`--with`, for the uv kinds, as are the next two."""

    python: str = ""
    uv_options: str = ""
    """Other options of `uv run`, one line in shell quoting, for the uv kinds."""

    uv_image: str = ""
    """Empty: the image that `hf` takes for uv jobs."""

    flavor: str = ""
    """Empty: `DEFAULT_FLAVOR`, and no `--flavor` in the equivalent command."""

    timeout_amount: str = ""
    """Empty: the Hub's own limit of 30 minutes."""

    timeout_unit: TimeoutUnit = "h"
    """Empty: seconds, written without a unit."""

    spend: str = ""
    """A sum in dollars from which no timeout follows; empty when one does, and never kept."""

    env: tuple[Pair, ...] = ()
    secrets: tuple[SecretPair, ...] = ()
    labels: tuple[Pair, ...] = ()
    name: str = ""
    """The label `name`; empty gives the name `hf` would derive."""

    namespace: str = ""
    """User or organisation that owns the job and pays; empty: the token's user."""

    env_file: str = ""
    secrets_file: str = ""
    volumes: tuple[str, ...] = ()
    """`hf://[TYPE/]OWNER/NAME[@REV][/PATH]:/MOUNT[:ro|:rw]` or `FOLDER:/MOUNT[:ro|:rw]`."""

    expose: tuple[str, ...] = ()
    expose_public: tuple[str, ...] = ()
    ssh: bool = False
    attempts: str = ""
    network_group: str = ""
    network_aliases: tuple[str, ...] = ()
    resource_group: str = ""
    schedule: str = ""
    """A cron line or `@daily` and its like; anything here makes it a scheduled job."""

    suspend: bool | None = None
    """For schedules; None leaves it to the Hub, as does the next."""

    concurrency: bool | None = None


def keep_secret_values(draft: Draft, earlier: Draft) -> Draft:
    """Give secrets named without a value the value they had in an earlier draft.

    An equivalent command names secrets only, so a draft read from one has lost their values.
    """
    known = {pair.name: pair.value for pair in earlier.secrets}
    secrets = tuple(
        SecretPair(pair.name, known.get(pair.name)) if pair.value is None else pair for pair in draft.secrets
    )
    return replace(draft, secrets=secrets)


def typed_fields(draft: Draft) -> tuple[str, ...]:
    """Fields that hold something else than an empty form."""
    empty = Draft()
    return tuple(name for name in Draft.__dataclass_fields__ if getattr(draft, name) != getattr(empty, name))
