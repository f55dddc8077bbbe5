"""What the Hub accepts in each field, asked before anything is sent (jobs-api.md §3.3, §7).

Every function returns the clean value or raises `RefusedError`, whose text says what is wrong and what to do.
"""

from __future__ import annotations

import re
import shlex

ENV_NAME = re.compile(r"[a-zA-Z][_a-zA-Z0-9]+")
SECRET_NAME = re.compile(r"[a-zA-Z][_a-zA-Z0-9]*")
LABEL_KEY = re.compile(r"[a-zA-Z0-9._-]+")
LABEL_VALUE = re.compile(r"[a-zA-Z0-9._-]*")
LABEL_MAX_CHARS = 100
NAMESPACE = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9._-]*")
REPO_PART = r"[a-zA-Z0-9_](?:[\w.-]*[a-zA-Z0-9_])?"
REPO_ID = re.compile(f"{REPO_PART}/{REPO_PART}", re.ASCII)
RESOURCE_GROUP = re.compile(r"[0-9a-f]{24}")
NETWORK_GROUP = re.compile(r"[a-z0-9-]{1,46}")
NETWORK_ALIAS = re.compile(r"[a-z0-9-]{1,34}")

SPACE_PREFIXES = (
    "https://huggingface.co/spaces/",
    "https://hf.co/spaces/",
    "huggingface.co/spaces/",
    "hf.co/spaces/",
)
"""An image that starts so means a Space (jobs-api.md §3.3)."""


class RefusedError(ValueError):
    """A field cannot be sent as it stands; the text is for the person who typed it."""


QUOTED_MAX_CHARS = 24


def quoted(text: str) -> str:
    """What was typed, for a sentence about it: cut, since the field shows it and the reason must fit."""
    return f"“{text}”" if len(text) <= QUOTED_MAX_CHARS else f"“{text[: QUOTED_MAX_CHARS - 1]}…”"


def sendable(text: str) -> str:
    """The text, when it can be part of a request and of a process's arguments at all."""
    if "\0" in text:
        raise RefusedError("holds a NUL character; remove it")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise RefusedError("holds bytes that are not text; type it again")
    return text


def env_name(text: str) -> str:
    """A name for an environment variable: two characters at least."""
    if not ENV_NAME.fullmatch(text):
        raise RefusedError(
            f"{quoted(text)} is no name the Hub takes: "
            "a letter first, then letters, digits or _, two at least"
        )
    return text


def secret_name(text: str) -> str:
    """A name for a secret."""
    if not SECRET_NAME.fullmatch(text):
        raise RefusedError(
            f"{quoted(text)} is no name the Hub takes: a letter first, then letters, digits or _"
        )
    return text


def label_key(text: str) -> str:
    """The key of a label."""
    if not LABEL_KEY.fullmatch(text):
        raise RefusedError(f"{quoted(text)} is no label key: use letters, digits, dot, dash and underscore")
    return _label_length(text)


def label_value(text: str) -> str:
    """The value of a label, which may be empty; the name of a job is one too."""
    if not LABEL_VALUE.fullmatch(text):
        raise RefusedError(
            f"{quoted(text)} has characters a label may not: use letters, digits, dot, dash and underscore"
        )
    return _label_length(text)


def _label_length(text: str) -> str:
    if len(text) > LABEL_MAX_CHARS:
        raise RefusedError(f"has {len(text)} characters: the Hub takes {LABEL_MAX_CHARS} at most")
    return text


def namespace(text: str) -> str:
    """A user or organisation; part of the address a job is sent to."""
    if not NAMESPACE.fullmatch(text):
        raise RefusedError(f"{quoted(text)} is no user or organisation name")
    return text


def image(text: str) -> str:
    """A Docker image by name."""
    if not text:
        raise RefusedError("name an image, like python:3.12")
    if text.startswith("-"):
        raise RefusedError("an image cannot start with a dash; `hf` would read an option")
    if any(character.isspace() for character in text):
        raise RefusedError("an image has no blanks; the command has a field of its own")
    return sendable(text)


def space_reference(text: str) -> str:
    """A Space as `hf` takes it for an image: an address that begins with one of `SPACE_PREFIXES`."""
    if not text:
        raise RefusedError("name a Space, like user/space")
    reference = text if text.startswith(SPACE_PREFIXES) else f"hf.co/spaces/{text}"
    reference = reference.rstrip("/")
    if not REPO_ID.fullmatch(space_id(reference)):
        raise RefusedError(f"{quoted(text)} is no Space: write user/space, or its address")
    return reference


def space_id(reference: str) -> str:
    """The `owner/name` of an address that begins with one of `SPACE_PREFIXES`."""
    prefix = next(prefix for prefix in SPACE_PREFIXES if reference.startswith(prefix))
    return reference.removeprefix(prefix)


def argv(text: str) -> tuple[str, ...]:
    """The words of a line in shell quoting. Nothing is expanded."""
    sendable(text)
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise RefusedError(_quoting_fault(error)) from None
    if "" in words:
        raise RefusedError("has an empty argument (''): the Hub takes none")
    return tuple(words)


def _quoting_fault(error: ValueError) -> str:
    if "escaped" in str(error):
        return "ends in a backslash with nothing after it; double it or remove it"
    return "has a quote that is never closed; close it, or escape it with a backslash"


def whole_number(text: str, *, lowest: int, highest: int) -> int:
    """A whole number within limits, such as a port."""
    if not (text.isascii() and text.isdecimal()) or not lowest <= int(text[:9]) <= highest or len(text) > 9:
        raise RefusedError(f"{quoted(text)} is no whole number from {lowest} to {highest}")
    return int(text)


def resource_group(text: str) -> str:
    """The id of a resource group."""
    if not RESOURCE_GROUP.fullmatch(text):
        raise RefusedError("is the 24 characters (0-9, a-f) of the group's id, not its name")
    return text


def network_group(text: str) -> str:
    """The name of a network group."""
    if not NETWORK_GROUP.fullmatch(text):
        raise RefusedError("takes lower-case letters, digits and dashes, 46 at most")
    return text


def network_alias(text: str) -> str:
    """The name by which the members of a network group reach this job."""
    if not NETWORK_ALIAS.fullmatch(text):
        raise RefusedError(f"{quoted(text)}: takes lower-case letters, digits and dashes, 34 at most")
    return text
