"""A job that can be sent: every value typed and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from .draft import Draft
from .origins import Origin
from .secret import Secret

DEFAULT_TIMEOUT_SECONDS = 30 * 60
"""The limit the Hub applies when none is sent, as documented (configuration-then-and-now.md, row 21)."""

DEFAULT_UV_IMAGE = "ghcr.io/astral-sh/uv:python3.12-bookworm"
"""The image of uv jobs when none is named."""

ARTIFACTS_MOUNT_PATH = "/data"
"""Where uploaded scripts appear inside the job (jobs-api.md §10)."""

VolumeType = Literal["bucket", "model", "dataset", "space"]


@dataclass(frozen=True, slots=True)
class UploadFile:
    """An element of the command that is a file here, or a script on the web, and must travel with the job."""

    source: str
    """Path on this machine, or the address of a script to fetch first."""

    remote_name: str
    """Its name below `ARTIFACTS_MOUNT_PATH`."""

    @property
    def is_url(self) -> bool:
        """Whether the script has to be fetched before it can be uploaded."""
        return self.source.startswith(("http://", "https://"))

    @property
    def remote_path(self) -> str:
        """What the command says in place of the file."""
        return f"{ARTIFACTS_MOUNT_PATH}/{self.remote_name}"


@dataclass(frozen=True, slots=True)
class Volume:
    """A repository or bucket mounted in the job (jobs-api.md §3.3)."""

    type: VolumeType
    source: str
    """`owner/name`."""

    mount_path: str
    revision: str | None = None
    read_only: bool | None = None
    """None leaves it to the Hub: repositories read-only, buckets writable."""

    path: str | None = None
    """Folder inside the repository or bucket."""


@dataclass(frozen=True, slots=True)
class LocalFolder:
    """A folder of this machine that is copied to a bucket and mounted (jobs-api.md §10)."""

    source: str
    mount_path: str
    read_only: bool = True


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a scheduled job runs (jobs-api.md §7)."""

    cron: str
    suspend: bool | None = None
    concurrency: bool | None = None


@dataclass(frozen=True, slots=True)
class JobSpec:
    """A job ready to be sent. Two specs are equal when the Hub would be asked for the same."""

    image: str | None
    space_id: str | None
    """Exactly one of the two is given."""

    command: tuple[str | UploadFile, ...]
    flavor: str
    timeout_seconds: int | None = None
    """None: the Hub's default."""

    environment: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, Secret] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    """Always with a `name`."""

    namespace: str | None = None
    """None: the token's user."""

    volumes: tuple[Volume | LocalFolder, ...] = ()
    expose: tuple[int, ...] = ()
    expose_public: tuple[int, ...] = ()
    ssh: bool = False
    attempts: int | None = None
    network_group: str | None = None
    network_aliases: tuple[str, ...] = ()
    resource_group_id: str | None = None
    schedule: Schedule | None = None

    from_script: Mapping[str, str] = field(default_factory=dict, compare=False)
    """What the script's own header gave, in words, by the field it is shown at."""

    variable_origins: Mapping[str, Origin] = field(default_factory=dict, compare=False)
    secret_origins: Mapping[str, Origin] = field(default_factory=dict, compare=False)
    """Where the value of each comes from."""

    draft: Draft = field(default_factory=Draft, compare=False, repr=False)
    """What the spec was built from: the equivalent command is written from it."""

    @property
    def name(self) -> str:
        """The label `name`."""
        return self.labels.get("name", "")

    @property
    def upload_files(self) -> tuple[UploadFile, ...]:
        """Files of the command that must be uploaded first, each once."""
        return tuple(dict.fromkeys(word for word in self.command if isinstance(word, UploadFile)))

    @property
    def local_folders(self) -> tuple[LocalFolder, ...]:
        """Folders that must be copied to a bucket first."""
        return tuple(volume for volume in self.volumes if isinstance(volume, LocalFolder))

    @property
    def needs_upload(self) -> bool:
        """Whether `request_body` asks for an `Upload`."""
        return bool(self.upload_files or self.local_folders)
