"""What a request to start a job must look like (jobs-api.md §3.3).

The hub's own copy of the rules, not the client's: a mistake of the client then shows as a refusal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .body_reader import BodyReader, is_clean_text, quoted
from .catalogue import catalogue_items
from .jobs import DEFAULT_TIMEOUT_SECONDS, JobRequest
from .mounts import is_mount_path

REPO_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+", re.ASCII)
ENVIRONMENT_KEY = re.compile(r"[a-zA-Z][_a-zA-Z0-9]+", re.ASCII)
SECRET_KEY = re.compile(r"[a-zA-Z][_a-zA-Z0-9]*", re.ASCII)
LABEL_KEY = re.compile(r"[a-zA-Z0-9._-]+", re.ASCII)
LABEL_VALUE = re.compile(r"[a-zA-Z0-9._-]*", re.ASCII)
NETWORK_NAME = re.compile(r"[a-z0-9-]+", re.ASCII)
RESOURCE_GROUP_ID = re.compile(r"[0-9a-f]{24}", re.ASCII)
ARCHITECTURES = ("amd64", "arm64")
VOLUME_TYPES = ("bucket", "model", "dataset", "space")
VOLUME_TEXTS = ("type", "source", "mountPath", "revision", "path")
LABEL_MAX_CHARS = 100
PORTS_MAX = 20
PORT_NUMBER_MAX = 65535
GROUP_MAX_CHARS = 46
ALIAS_MAX_CHARS = 34


def read_job_request(body: Mapping[str, Any]) -> JobRequest:
    """The request, checked; every broken rule is named in one refusal."""
    reader = _JobReader(body)
    command = reader.argv("command", required=True)
    timeout = reader.whole_number("timeoutSeconds", least=1)
    attempts = reader.whole_number("attempts", least=1)
    request = JobRequest(
        command=command,
        docker_image=reader.text("dockerImage"),
        space_id=reader.text("spaceId", REPO_ID),
        arguments=reader.argv("arguments"),
        environment=reader.pairs("environment", ENVIRONMENT_KEY),
        secrets=reader.pairs("secrets", SECRET_KEY),
        flavor=reader.flavor(),
        arch=reader.choice("arch", ARCHITECTURES),
        timeout_seconds=DEFAULT_TIMEOUT_SECONDS if timeout is None else timeout,
        attempts=1 if attempts is None else attempts,
        labels=reader.labels(),
        volumes=reader.volumes(),
        expose=reader.expose(),
        ssh=reader.ssh(),
        resource_group_id=reader.text("resourceGroupId", RESOURCE_GROUP_ID),
        network=reader.network(),
    )
    if (request.docker_image is None) == (request.space_id is None):
        reader.complain("dockerImage", "exactly one of dockerImage and spaceId is required")
    reader.refuse_if_wrong()
    return request


def read_labels_request(body: Mapping[str, Any]) -> dict[str, str]:
    """What replaces all labels (jobs-api.md §3.7)."""
    reader = BodyReader(body)
    if body.get("labels") is None:
        reader.complain("labels", "is required")
    labels = read_labels(body.get("labels"), reader)
    reader.refuse_if_wrong()
    return labels


def read_expose_request(body: Mapping[str, Any]) -> dict[str, list[int]] | None:
    """What replaces the exposed ports (jobs-api.md §3.8); None when all are closed."""
    reader = BodyReader(body)
    expose = read_expose(body, reader)
    reader.refuse_if_wrong()
    return expose if expose is not None and expose["ports"] else None


class _JobReader(BodyReader):
    """Reads the fields of a job."""

    def flavor(self) -> str:
        names = tuple(str(item["name"]) for item in catalogue_items())
        if self.body.get("flavor") is None:
            self.complain("flavor", "is required")
        return self.choice("flavor", names) or ""

    def labels(self) -> dict[str, str]:
        return read_labels(self.body.get("labels"), self)

    def volumes(self) -> tuple[Mapping[str, Any], ...]:
        value = self.body.get("volumes")
        if value is None:
            return ()
        if not isinstance(value, list) or not value:
            self.complain("volumes", "must be an array with at least 1 element")
            return ()
        volumes = tuple(self._volume(item, f"volumes[{index}]") for index, item in enumerate(value))
        mount_paths = [str(volume.get("mountPath")).rstrip("/") for volume in volumes]
        if len(set(mount_paths)) < len(mount_paths):
            self.complain("volumes", "mountPath must differ from volume to volume")
        return volumes

    def _volume(self, item: Any, field: str) -> dict[str, Any]:
        if not isinstance(item, dict):
            self.complain(field, "must be an object")
            return {}
        if item.get("type") not in VOLUME_TYPES:
            self.complain(field, "type must be one of " + ", ".join(VOLUME_TYPES))
        if not isinstance(source := item.get("source"), str) or not REPO_ID.fullmatch(source):
            self.complain(field, "source must be owner/name")
        if not is_clean_text(path := item.get("mountPath")) or not is_mount_path(path):
            self.complain(field, "mountPath must start with / and name a folder without . and ..")
        if not isinstance(item.get("readOnly"), bool | None):
            self.complain(field, "readOnly must be true or false")
        if not all(item.get(name) is None or is_clean_text(item[name]) for name in ("revision", "path")):
            self.complain(field, "revision and path must be texts")
        texts = {name: item[name] for name in VOLUME_TEXTS if item.get(name) is not None}
        return texts | ({"readOnly": item["readOnly"]} if item.get("readOnly") is not None else {})

    def expose(self) -> dict[str, list[int]] | None:
        return read_expose(self.body.get("expose"), self)

    def ssh(self) -> bool:
        value = self.body.get("ssh")
        enabled = value.get("enabled") if isinstance(value, dict) else None
        if value is not None and not isinstance(enabled, bool):
            self.complain("ssh", 'must be an object with "enabled" true or false')
        return enabled is True

    def network(self) -> dict[str, Any] | None:
        value = self.body.get("network")
        if value is None:
            return None
        if not isinstance(value, dict) or not _is_network_name(value.get("group"), GROUP_MAX_CHARS):
            self.complain("network", f"group must match ^{NETWORK_NAME.pattern}$, {GROUP_MAX_CHARS} at most")
            return None
        aliases = value.get("aliases") or []
        if not isinstance(aliases, list) or not all(_is_network_name(a, ALIAS_MAX_CHARS) for a in aliases):
            self.complain(
                "network", f"aliases must match ^{NETWORK_NAME.pattern}$, {ALIAS_MAX_CHARS} at most"
            )
            return None
        return {"group": value["group"]} | ({"aliases": aliases} if aliases else {})


def read_labels(value: Any, reader: BodyReader) -> dict[str, str]:
    """Labels by the rules they share wherever they are set."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        reader.complain("labels", "must be an object")
        return {}
    for key, item in value.items():
        if not LABEL_KEY.fullmatch(key) or len(key) > LABEL_MAX_CHARS:
            reader.complain(
                "labels", f"key {quoted(key)} must match ^{LABEL_KEY.pattern}$, {LABEL_MAX_CHARS} at most"
            )
        if not isinstance(item, str) or not LABEL_VALUE.fullmatch(item) or len(item) > LABEL_MAX_CHARS:
            words = f"value of {quoted(key)} must match ^{LABEL_VALUE.pattern}$, {LABEL_MAX_CHARS} at most"
            reader.complain("labels", words)
    return value


def read_expose(value: Any, reader: BodyReader) -> dict[str, list[int]] | None:
    """Exposed ports by the rules they share wherever they are set."""
    if value is None:
        return None
    ports = value.get("ports") if isinstance(value, dict) else None
    if not isinstance(ports, list) or len(ports) > PORTS_MAX or not all(map(_is_port, ports)):
        reader.complain("expose", f"ports must be at most {PORTS_MAX} numbers from 1 to {PORT_NUMBER_MAX}")
        return None
    public = value.get("portsPublic") or []
    if not isinstance(public, list) or not all(port in ports for port in public):
        reader.complain("expose", "portsPublic must be some of ports")
        return None
    return {"ports": ports, "portsPublic": public}


def _is_port(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= PORT_NUMBER_MAX


def _is_network_name(value: Any, most_chars: int) -> bool:
    return isinstance(value, str) and len(value) <= most_chars and bool(NETWORK_NAME.fullmatch(value))
