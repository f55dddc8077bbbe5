"""Files of this machine into the bucket a job mounts, through huggingface_hub (jobs-api.md §10).

Only huggingface_hub can do it: the content goes to a store of its own by a binary library. Its calls block,
so they run on a thread of their own; what it would print or draw stays off the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from secrets import token_hex
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from ..domain.errors import ErrorKind, HubError
from ..domain.text import safe
from .accidents import from_exception
from .client import HubClient
from .credentials import silence_library
from .request import Ask
from .thread import run_blocking
from .translate import from_response
from .transport import Written

if TYPE_CHECKING:
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError

T = TypeVar("T")
ARTIFACTS_BUCKET = "jobs-artifacts"
_CONNECT_SECONDS, _READ_SECONDS = 5.0, 60.0


@dataclass(frozen=True, slots=True)
class Uploaded:
    """Where things went: a bucket and folders in it."""

    bucket: str
    """`owner/name`."""
    scripts_path: str = ""
    """Folder of the single files; empty when there were none."""
    folder_paths: Mapping[str, str] = field(default_factory=dict)
    """By the folder on this machine."""


async def upload(
    client: HubClient,
    namespace: str,
    files: Mapping[str, str],
    folders: tuple[str, ...] = (),
    *,
    contents: Mapping[str, bytes] | None = None,
) -> Uploaded:
    """Put files (name in the bucket by path here) and folders into the bucket of a namespace.

    What has its content in `contents` is not read from this machine.
    """
    held = contents or {}
    token = await client.token()
    bucket = f"{namespace}/{ARTIFACTS_BUCKET}"
    ask = Ask(
        doing=f"upload to the bucket {safe(bucket)}",
        endpoint=client.endpoint,
        url=client.endpoint.api("buckets", namespace, ARTIFACTS_BUCKET),
        namespace=namespace,
        token=token,
    )

    def work() -> Uploaded:
        api = _quiet_api(client.endpoint.url, token.reveal())
        api.create_bucket(bucket, exist_ok=True, private=True)
        scripts_path = ""
        if files:
            scripts_path = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{token_hex(3)}"
            api.batch_bucket_files(
                bucket,
                add=[(held.get(local, local), f"{scripts_path}/{remote}") for local, remote in files.items()],
            )
        paths = {folder: api.sync_job_volume(folder, "/_", namespace=namespace).path for folder in folders}
        return Uploaded(bucket, scripts_path, {folder: path or "" for folder, path in paths.items()})

    things = safe(", ".join((*files.values(), *folders)))
    told = replace(ask, method="POST", doing=f"upload {things} to the bucket {safe(bucket)}")
    return await _told(client, told, lambda: _translated(ask, work))


async def _told(client: HubClient, ask: Ask, work: Callable[[], T]) -> T:
    """Run library calls on a thread of their own, and tell of them as of one request that writes."""
    began_at = monotonic()
    try:
        done = await run_blocking(work)
    except HubError as error:
        client.tell_write(Written(ask, monotonic() - began_at, error.status, error))
        raise
    client.tell_write(Written(ask, monotonic() - began_at, None, None))
    return done


def _translated(ask: Ask, work: Callable[[], T]) -> T:
    """Run library calls, telling whatever they raise as a HubError."""
    import httpx2
    from huggingface_hub.errors import BucketBatchError, HfHubHTTPError

    try:
        return work()
    except HfHubHTTPError as error:
        raise _refusal(ask, error) from None
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise from_exception(ask, error) from None
    except (BucketBatchError, ValueError, RuntimeError) as error:
        words = ask.scrub(safe(str(error))[:500])
        raise HubError(ErrorKind.REFUSED, f"Could not {ask.doing}", detail=words) from None
    except OSError as error:
        advice = "Check that the file is still there and may be read."
        raise HubError(
            ErrorKind.REFUSED, f"Could not {ask.doing}: {safe(error.strerror or '')}", advice=advice
        ) from None
    except ImportError:
        raise HubError(
            ErrorKind.UNAVAILABLE,
            f"Could not {ask.doing}: huggingface_hub lacks its upload library",
            advice="Install it with `pip install hf_xet`.",
        ) from None


def _refusal(ask: Ask, error: HfHubHTTPError) -> HubError:
    response = error.response
    return from_response(ask, response.status_code, response.headers, response.content)


def _quiet_api(endpoint: str, token: str) -> HfApi:
    """The library with time limits and without a voice: no progress bars, no log on the terminal."""
    from huggingface_hub import HfApi

    _set_up_library()
    return HfApi(endpoint=endpoint, token=token)


@cache
def _set_up_library() -> None:
    """Once in a process: a new factory closes the connections of an upload that is under way."""
    import httpx2
    from huggingface_hub import set_client_factory
    from huggingface_hub.utils._http import default_client_factory
    from huggingface_hub.utils.tqdm import disable_progress_bars

    def with_limits() -> httpx2.Client:
        limited = default_client_factory()
        limited.timeout = httpx2.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS)
        return limited

    set_client_factory(with_limits)
    disable_progress_bars()
    silence_library()
