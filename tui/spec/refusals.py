"""Which field of the form a refusal of the server is about, as far as its words tell."""

from __future__ import annotations

import re

from .draft import Draft

_NAMES: tuple[tuple[str, str], ...] = (
    (r"dockerImage|docker image", "image"),
    (r"spaceId", "space"),
    (r"flavor|hardware", "flavor"),
    (r"timeoutSeconds|timeout", "timeout_amount"),
    (r"attempts", "attempts"),
    (r"secrets?", "secrets"),
    (r"environment", "env"),
    (r"labels?", "labels"),
    (r"mountPath|volumes?|bucket", "volumes"),
    (r"portsPublic", "expose_public"),
    (r"expose|ports", "expose"),
    (r"resourceGroupId|resource group", "resource_group"),
    (r"aliases", "network_aliases"),
    (r"network", "network_group"),
    (r"ssh", "ssh"),
    (r"schedule|cron", "schedule"),
    (r"concurrency", "concurrency"),
    (r"command|arguments", "command"),
    (r"namespace", "namespace"),
)


def refused_field(words: str, draft: Draft) -> str | None:
    """The attribute of the draft that the server's words name; None when they name none."""
    found: list[tuple[int, str]] = []
    for pattern, field in _NAMES:
        if match := re.search(rf"(?<![A-Za-z])(?:{pattern})(?![a-z])", words, re.IGNORECASE):
            found.append((match.start(), field))
    if not found:
        return None
    field = min(found)[1]
    if field in ("image", "space"):
        by_kind = {"uv-script": "uv_image", "uv-command": "uv_image", "image": "image", "space": "space"}
        return by_kind[draft.kind]
    return field
