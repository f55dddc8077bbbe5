"""Puts the parts together: the network begins to work before the interface is even imported."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from .demo_process import DemoHub, DemoHubError
from .hub.client import HubClient
from .hub.credentials import Token, find_token
from .hub.endpoint import Endpoint
from .hub.thread import Handle, HubThread
from .settings import Settings, state_dir
from .streams import encoding_without_glyphs

if TYPE_CHECKING:
    from .domain.snapshot import Snapshot

PATIENCE_SECONDS = 0.5
SLOW_LINK = {"TEXTUAL_FPS": "10", "TEXTUAL_SMOOTH_SCROLL": "0"}


class StartError(Exception):
    """The dashboard cannot start as it was asked to: why, in a sentence."""


def start_dashboard(settings: Settings) -> int:
    """Run the dashboard on the terminal; returns its exit code."""
    _prepare_terminal(settings)
    encoding = encoding_without_glyphs() or ""
    if encoding and not settings.ascii:
        print(_only_ascii(encoding), file=sys.stderr)  # noqa: T201
    demo = None
    try:
        _prepare_log(settings)
        demo = DemoHub() if settings.demo else None
        return _run(settings, demo, encoding)
    except DemoHubError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    except StartError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    finally:
        if demo is not None and (words := demo.stop()):
            print(words, file=sys.stderr)  # noqa: T201


def _run(settings: Settings, demo: DemoHub | None, encoding: str) -> int:
    gc.disable()  # nothing made while importing is garbage
    thread = HubThread()
    thread.start()
    if demo is not None:
        endpoint, token = demo.address()
        settings = replace(settings, endpoint=endpoint, token=token)
    _check_job(settings)
    client = HubClient(settings.endpoint, lambda: _token(settings))
    memory, recalled = None, None
    if demo is None:  # what a demo showed is of no use tomorrow
        from .feeds.row_memory import RowMemory

        memory = RowMemory(state_dir(), settings.endpoint)
        recalled = thread.submit(memory.load()) if memory.holds_rows else None
    if recalled is None:  # with rows to show, the network has time until they are shown
        thread.submit(_warm(client))
    if os.environ.pop("NO_COLOR", "") and not settings.theme:
        settings = replace(settings, theme="mono")
    _use_keys(settings)
    log_memory = None
    if demo is None and settings.keep_logs:
        from .feeds.log_memory import LogMemory

        log_memory = LogMemory(state_dir(), settings.endpoint)

    from .app import JobsApp, utc_now
    from .backend import Backend
    from .environment import MachineEnvironment
    from .feeds.setup_file import read_setup

    setup_file = state_dir() / "table.json"
    backend = Backend(
        thread,
        client,
        namespace=settings.namespace,
        refresh_seconds=settings.refresh,
        memory=memory,
        setup_file=setup_file,
        log_memory=log_memory,
    )
    environment = MachineEnvironment(utc_now, lambda: _token_value(settings))
    app = JobsApp(
        settings,
        backend,
        environment,
        endpoint_label=_label(settings),
        table_setup=read_setup(setup_file),
        remembered=_remembered(recalled, settings),
        only_ascii=_only_ascii(encoding),
    )
    if settings.theme and settings.theme not in app.available_themes:
        raise StartError(
            f"--theme: there is no “{settings.theme}”; there are {', '.join(app.available_themes)}"
        )
    gc.freeze()
    gc.enable()
    try:
        app.run(mouse=settings.mouse and not settings.low_bandwidth)
    finally:
        backend.leave()
        for words in backend.last_words or ():
            print(words, file=sys.stderr)  # noqa: T201
    return app.return_code or 0


def _only_ascii(encoding: str) -> str:
    return f"The terminal's encoding is {encoding}, not UTF-8: using --ascii." if encoding else ""


def _check_job(settings: Settings) -> None:
    """Refuse a `--job` that cannot be opened before anything is shown."""
    if not settings.job:
        return
    from .domain.job_reference import JobReferenceError, job_reference

    try:
        known = job_reference(settings.job, settings.endpoint, sure=True)
    except JobReferenceError as error:
        raise StartError(f"--job: {error}") from error
    if known is None:
        raise StartError(
            f"--job: “{settings.job}” is not a job id, NAMESPACE/ID, or the address of a job's page"
        )


def _remembered(recalled: Handle[Snapshot] | None, settings: Settings) -> Snapshot | None:
    """The rows of the last session, which were read while the interface was imported."""
    if recalled is None:
        return None
    try:
        rows = recalled.result(PATIENCE_SECONDS)
    except TimeoutError:
        return None  # a disk that slow: the feed shows them when they come
    return rows.among((settings.namespace,)) if settings.namespace else rows


def _use_keys(settings: Settings) -> None:
    """Before any screen is imported: their keys are made from the table when they are."""
    if settings.keys:
        from .keys import KeyTableError, use_keys

        try:
            use_keys(settings.keys)
        except KeyTableError as error:
            raise StartError(f"config.toml, [keys]: {error}") from error


async def _warm(client: HubClient) -> None:
    """Connect and learn who we are while the interface is still being imported."""
    from .domain.errors import HubError

    with contextlib.suppress(HubError):  # the feed asks again, and shows what is wrong
        await client.whoami()


def _token(settings: Settings) -> Token | None:
    return find_token(settings.endpoint, settings.token)


def _token_value(settings: Settings) -> str | None:
    token = _token(settings)
    return None if token is None else token.reveal()


def _label(settings: Settings) -> str:
    """What the header says of the place, empty for the Hub itself."""
    if settings.demo:
        return "demo: nothing is billed"
    return "local hub" if Endpoint.parse(settings.endpoint).loopback else ""


def _prepare_terminal(settings: Settings) -> None:
    """What Textual reads when it is imported; what the user has set stays."""
    wishes = {"TEXTUAL_ANIMATIONS": "none"}
    if settings.low_bandwidth or os.environ.get("SSH_CONNECTION"):
        wishes.update(SLOW_LINK)
    for name, value in wishes.items():
        os.environ.setdefault(name, value)


def _prepare_log(settings: Settings) -> None:
    """Our log goes to a file or nowhere: a line on the terminal would stand across the screen."""
    logger = logging.getLogger("tui")
    logger.propagate = False
    logger.addHandler(logging.NullHandler())
    logging.getLogger().addHandler(logging.NullHandler())
    if settings.log_file:
        try:
            handler = logging.FileHandler(settings.log_file, encoding="utf-8")
        except OSError as error:
            raise StartError(f"--log-file: {settings.log_file}: {error.strerror}") from error
        handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
