"""What people paste to name a job: its id, `NAMESPACE/ID`, the address of its page, an `hf jobs logs` line.

Ids are 24 hexadecimal digits in practice, but any text in the contract (jobs-api.md §1): where nothing but a
job can be meant, any word is taken for an id.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from .text import safe

HUB_HOSTS = ("huggingface.co", "hf.co", "www.huggingface.co", "www.hf.co")
"""One and the same Hub."""

_ID = re.compile(r"[0-9a-f]{24}", re.IGNORECASE)
_ANY_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,95}")
_NAMESPACE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}")
_AROUND = "<>()[]{}\"'`“”‘’«»„‚,;*_ \t\r\n\u00a0\u200b\ufeff"
"""What a chat, a mail or a sentence puts around an address."""
_SUBCOMMANDS = frozenset({"logs", "inspect", "cancel", "ssh", "wait", "stats", "labels", "ports", "expose"})
"""Those of `hf jobs` that are about a job that exists (`hf` 2.4)."""
_WITH_VALUE = frozenset(
    {"-n", "--tail", "--token", "--format", "-i", "--identity-file", "--timeout", "--label", "-l", "--port"}
)
_PATH = re.compile(r"/(?:api/)?jobs/([^/?#]+)/([^/?#]+)(?:[/?#].*)?", re.DOTALL)
_PAGE = re.compile(r"(?<!\S)(https?://)?([^\s/:@]{1,253}(?::\d{1,5})?)(/\S*)", re.IGNORECASE)


class JobReferenceError(Exception):
    """A text that names a job, but not one that can be asked for here: why, in a sentence."""


@dataclass(frozen=True, slots=True)
class JobReference:
    """A job by its id, and by the namespace it is in where that is told."""

    job_id: str
    namespace: str = ""


def job_reference(text: str, endpoint: str, *, sure: bool = False) -> JobReference | None:
    """The job a text names; None when it names none.

    `sure` is for places where nothing but a job can be meant: there an id may be any word. Raises
    JobReferenceError for the page of a job on another Hub than the one at `endpoint`.
    """
    plain = _unwrapped(text)
    if not plain or len(plain) > 2000:
        return None
    if found := _of_line(plain, endpoint):
        return found
    return _of_word(plain, endpoint, sure=sure)


def _unwrapped(text: str) -> str:
    """The text without what was put around it; `<address|words>` and `[words](address)` are the address."""
    plain = text.strip(_AROUND)
    if linked := re.fullmatch(r"[^\]]*\]\(([^()\s]+)", plain):
        plain = linked.group(1)
    plain = re.sub(r"\|[^|/]*$", "", plain)
    return plain.rstrip(".!?:").strip(_AROUND)


def _of_line(text: str, endpoint: str) -> JobReference | None:
    """The job of `hf jobs logs -f --namespace acme ID`, with a prompt or a runner before it."""
    if "jobs" not in text:
        return None
    try:
        words = shlex.split(text)
    except ValueError:
        words = text.split()
    for place, word in enumerate(words[:-2]):
        tool = word.rpartition("/")[2] in ("hf", "huggingface-cli")
        if tool and words[place + 1] == "jobs" and words[place + 2] in _SUBCOMMANDS:
            return _of_arguments(words[place + 3 :], endpoint)
    return None


def _of_arguments(words: Sequence[str], endpoint: str) -> JobReference | None:
    namespace, found, rest = "", None, iter(words)
    for word in rest:
        if word == "--namespace":
            namespace = next(rest, "")
        elif word.startswith("--namespace="):
            namespace = word.partition("=")[2]
        elif word in _WITH_VALUE:
            next(rest, None)
        elif word in ("|", "&&", ";", ">"):
            break
        elif not word.startswith("-") and found is None:
            found = _of_word(word, endpoint, sure=True)
    if found is None or found.namespace or not _NAMESPACE.fullmatch(namespace):
        return found
    return JobReference(found.job_id, namespace)


def _of_word(text: str, endpoint: str, *, sure: bool) -> JobReference | None:
    ids = _ANY_ID if sure else _ID
    if ids.fullmatch(text):
        return JobReference(_plain_id(text))
    namespace, slash, job_id = text.partition("/")
    if slash and _NAMESPACE.fullmatch(namespace) and ids.fullmatch(job_id) and namespace != "jobs":
        return JobReference(_plain_id(job_id), namespace)
    return _of_page(text, endpoint)


def _of_page(text: str, endpoint: str) -> JobReference | None:
    found = _PAGE.fullmatch(text)
    if found is None:
        return _of_path(text) if text.startswith("/jobs/") else None
    scheme, host, path = (found.group(1) or "https://").lower(), found.group(2).lower(), found.group(3)
    here = urlsplit(endpoint)
    reference = _of_path(path.removeprefix(here.path.rstrip("/")))
    if reference is None:
        return None
    if not _same_hub(host, here.netloc.lower()):
        there = (
            "start without --endpoint" if host in HUB_HOSTS else f"start with --endpoint {scheme}{safe(host)}"
        )
        raise JobReferenceError(
            f"That job is on {safe(host)}, and this shows the jobs of {here.netloc}: {there} to open it"
        )
    return reference


def _of_path(path: str) -> JobReference | None:
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    namespace, job_id = unquote(found.group(1)), unquote(found.group(2))
    if not _NAMESPACE.fullmatch(namespace) or not _ANY_ID.fullmatch(job_id):
        return None
    return JobReference(_plain_id(job_id), namespace)


def _same_hub(host: str, own: str) -> bool:
    default = {own, own.removesuffix(":443").removesuffix(":80")}
    return host in default or (host in HUB_HOSTS and bool(default & set(HUB_HOSTS)))


def _plain_id(text: str) -> str:
    """An id as the Hub writes it."""
    return text.lower() if _ID.fullmatch(text) else text
