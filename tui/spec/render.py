"""A spec as the request that starts it: the JSON that `hf` sends for the same options (jobs-api.md §3.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .job_spec import ARTIFACTS_MOUNT_PATH, JobSpec, LocalFolder, UploadFile, Volume
from .secret import MASK


@dataclass(frozen=True, slots=True)
class BucketFolder:
    """A folder of a bucket, where something of this machine has gone."""

    bucket: str
    """`owner/name`."""

    path: str


@dataclass(frozen=True, slots=True)
class Upload:
    """Where the files and folders of a spec were uploaded to (jobs-api.md §10)."""

    scripts: BucketFolder | None = None
    """The folder that holds every `UploadFile` under its `remote_name`."""

    folders: Mapping[str, BucketFolder] = field(default_factory=dict)
    """By `LocalFolder.source`."""


class NotUploadedError(ValueError):
    """A body was asked for before what it names had been uploaded."""


def request_body(spec: JobSpec, *, upload: Upload | None = None) -> dict[str, Any]:
    """The body of `POST /api/jobs/{ns}`, or of `POST /api/scheduled-jobs/{ns}` when the spec has a schedule.

    It holds secret values in clear: it is made to be sent, never to be shown.
    """
    body = _job_body(spec, upload or Upload())
    if spec.secrets:
        body["secrets"] = {name: secret.reveal() for name, secret in spec.secrets.items()}
    return _scheduled(spec, body)


def preview_body(spec: JobSpec) -> dict[str, Any]:
    """The body as it may be shown: secrets masked, and a stand-in for what is not uploaded yet."""
    artifacts = f"{spec.namespace or '<you>'}/jobs-artifacts"
    folders = {
        folder.source: BucketFolder(artifacts, "<uploaded at submit>") for folder in spec.local_folders
    }
    body = _job_body(spec, Upload(BucketFolder(artifacts, "<uploaded at submit>"), folders))
    if spec.secrets:
        body["secrets"] = dict.fromkeys(spec.secrets, MASK)
    return _scheduled(spec, body)


def _scheduled(spec: JobSpec, body: dict[str, Any]) -> dict[str, Any]:
    if spec.schedule is None:
        return body
    scheduled: dict[str, Any] = {"jobSpec": body, "schedule": spec.schedule.cron}
    if spec.schedule.suspend is not None:
        scheduled["suspend"] = spec.schedule.suspend
    if spec.schedule.concurrency is not None:
        scheduled["concurrency"] = spec.schedule.concurrency
    return scheduled


def _job_body(spec: JobSpec, upload: Upload) -> dict[str, Any]:
    """Everything but the secrets; what is not set is not sent."""
    body: dict[str, Any] = {
        **({"dockerImage": spec.image} if spec.space_id is None else {"spaceId": spec.space_id}),
        "command": [word.remote_path if isinstance(word, UploadFile) else word for word in spec.command],
        "arguments": [],
        "environment": dict(spec.environment),
        "flavor": spec.flavor,
        "labels": dict(spec.labels),
    }
    if spec.timeout_seconds is not None:
        body["timeoutSeconds"] = spec.timeout_seconds
    if spec.attempts is not None:
        body["attempts"] = spec.attempts
    if volumes := _volumes(spec, upload):
        body["volumes"] = volumes
    if ports := list(dict.fromkeys((*spec.expose, *spec.expose_public))):
        body["expose"] = {"ports": ports, "portsPublic": list(spec.expose_public)}
    if spec.ssh:
        body["ssh"] = {"enabled": True}
    if spec.network_group is not None:
        aliases = {"aliases": list(spec.network_aliases)} if spec.network_aliases else {}
        body["network"] = {"group": spec.network_group, **aliases}
    if spec.resource_group_id is not None:
        body["resourceGroupId"] = spec.resource_group_id
    return body


def _volumes(spec: JobSpec, upload: Upload) -> list[dict[str, Any]]:
    volumes = [
        _synced(volume, upload) if isinstance(volume, LocalFolder) else volume for volume in spec.volumes
    ]
    if spec.upload_files:
        if upload.scripts is None:
            raise NotUploadedError("the script has not been uploaded")
        place = upload.scripts
        volumes.append(Volume("bucket", place.bucket, ARTIFACTS_MOUNT_PATH, read_only=False, path=place.path))
    return [volume_json(volume) for volume in volumes]


def _synced(folder: LocalFolder, upload: Upload) -> Volume:
    place = upload.folders.get(folder.source)
    if place is None:
        raise NotUploadedError(f"the folder {folder.source} has not been uploaded")
    return Volume("bucket", place.bucket, folder.mount_path, read_only=folder.read_only, path=place.path)


def volume_json(volume: Volume) -> dict[str, Any]:
    """A volume as the API takes it."""
    optional = {"revision": volume.revision, "readOnly": volume.read_only, "path": volume.path}
    return {
        "type": volume.type,
        "source": volume.source,
        "mountPath": volume.mount_path,
        **{key: value for key, value in optional.items() if value is not None},
    }
