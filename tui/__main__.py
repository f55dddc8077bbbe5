"""The entry point: flags to settings, settings to the application, what happened to an exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from . import __version__
from .settings import ENVIRONMENT_PREFIX, Settings, SettingsError, load_settings
from .streams import use_letters, why_no_full_screen

if TYPE_CHECKING:
    from .local.faults import Fault

EXIT_FAILED = 1
EXIT_USAGE = 2
LOCAL_EXTRA = "pip install 'hf-jobs-tui[local]'"

EPILOG = f"""\
Every option is also an environment variable ({ENVIRONMENT_PREFIX}REFRESH=10) and a key of config.toml.
`hf-jobs-tui hub` starts the local hub alone and prints what points `hf` at it.
"""


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """Run what was asked for and end the process, without waiting for threads that wait for a network."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments[:1] == ["hub"]:
        _begin_without_secrets()
    use_letters()
    status = run(arguments)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    os._exit(status)


def _begin_without_secrets() -> None:
    """Start over with a cleaned environment: jobs of the same user can read the one a process began with."""
    from .child_environment import child_environment

    environment = child_environment()
    if len(environment) < len(os.environ):
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)  # noqa: S606


def run(argv: Sequence[str]) -> int:
    """Run what was asked for; returns the exit code (product.md "Commands")."""
    if sys.platform == "win32":
        return _fail("hf-jobs-tui runs on Linux and macOS; on Windows it runs inside WSL.")
    if argv[:1] == ["hub"]:
        return _run_hub(argv[1:])
    arguments = _parser().parse_args(argv)
    typed = {key: value for key, value in vars(arguments).items() if key != "config"}
    try:
        settings = load_settings(typed, os.environ, arguments.config)
    except SettingsError as error:
        return _fail(str(error), EXIT_USAGE)
    if reason := why_no_full_screen(os.environ):
        return _fail(reason, EXIT_USAGE)
    from .start import start_dashboard

    return start_dashboard(settings)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hf-jobs-tui",
        description="A terminal dashboard for Hugging Face Jobs: compose, submit, watch, read.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("--version", action="version", version=f"hf-jobs-tui {__version__}")
    add(
        "--demo",
        action="store_true",
        default=None,
        help="on a local hub with a believable history; costs nothing",
    )
    add("--namespace", metavar="NS", help="only this user's or organisation's jobs")
    add(
        "--job", metavar="JOB", help="open this job at start: its id, NAMESPACE/ID or the address of its page"
    )
    add("--token", metavar="TOKEN", help="access token, when not the stored login or HF_TOKEN")
    add(
        "--endpoint",
        metavar="URL",
        help=f"address of the Hub; default $HF_ENDPOINT, else {Settings().endpoint}",
    )
    add("--refresh", metavar="SECONDS|off", help="seconds between two looks at live jobs; default 5")
    add("--read-only", action="store_true", default=None, help="hide and refuse everything that writes")
    add(
        "--theme",
        metavar="NAME",
        help="a theme by name, terminal, dark, light, mono, high-contrast, colour-blind",
    )
    add("--ascii", action="store_true", default=None, help="plain letters in place of glyphs")
    add("--low-bandwidth", action="store_true", default=None, help="fewer frames, no mouse: for slow links")
    add(
        "--no-mouse", dest="mouse", action="store_false", default=None, help="leave the mouse to the terminal"
    )
    add("--config", metavar="FILE", type=Path, help="another config.toml")
    add("--log-file", metavar="FILE", help="write what the program does to this file; never a token")
    return parser


def _run_hub(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="hf-jobs-tui hub",
        description="The Jobs API on this machine: runs jobs as processes here, for nothing.",
        allow_abbrev=False,
    )
    parser.add_argument("--port", type=_port, default=0, help="default: one that is free")
    parser.add_argument("--demo", action="store_true", help="with a believable history")
    parser.add_argument(
        "--slots", type=_slots, metavar="N", default=4, help="jobs that run at the same time; default: 4"
    )
    add = parser.add_argument
    add(
        "--state",
        metavar="DIR",
        type=Path,
        help="keep jobs, logs, schedules with their secrets, buckets and the token in DIR, for you only, "
        "and go on with what is there; default: all ends with the hub",
    )
    add(
        "--max-memory",
        dest="memory_bytes",
        type=_size,
        metavar="SIZE",
        help="memory of a job, like 4G; default: what its flavor has, at most what this machine has",
    )
    add(
        "--max-tasks",
        dest="tasks",
        type=_count_or_none,
        metavar="N",
        default=4096,
        help="processes and threads of a job, or none for no limit; default: 4096",
    )
    add(
        "--max-log",
        dest="log_bytes",
        type=_size_or_none,
        metavar="SIZE",
        default=256 << 20,
        help="log of a job, or none for no limit; beyond it only the last lines are kept; default: 256M",
    )
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help="also stop when standard input ends"
    )
    parser.add_argument(
        "--fault",
        dest="faults",
        metavar="FAULT",
        type=_fault,
        action="append",
        default=[],
        help="let something go wrong: 'GET /api/jobs/* 503 x3'; a word it does not know makes it list all",
    )
    parser.add_argument("--host", type=_loopback, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    arguments = vars(parser.parse_args(argv))
    arguments.pop("host", None)
    if arguments["demo"] and arguments["state"] is not None:
        parser.error("--demo makes its history anew at each start: it cannot be combined with --state")
    try:
        from .local.serve import HubOptions
        from .local.serve import run as serve
    except ModuleNotFoundError as error:
        return _fail(f"The local hub needs {error.name}, which is not installed: {LOCAL_EXTRA}")
    return serve(HubOptions(**arguments))


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65_535:
        raise argparse.ArgumentTypeError(f"{number} is no port: 0 to 65535")
    return number


def _slots(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1 job has to run")
    return number


def _size(text: str) -> int:
    from .local.sizes import parse_size

    try:
        size_bytes = parse_size(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if not size_bytes:
        raise argparse.ArgumentTypeError("more than 0 is needed")
    return size_bytes


def _size_or_none(text: str) -> int | None:
    return None if text == "none" else _size(text)


def _count_or_none(text: str) -> int | None:
    if text == "none":
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes, 1 or more, or none")
    return int(text)


def _loopback(text: str) -> str:
    if text not in ("127.0.0.1", "localhost"):
        raise argparse.ArgumentTypeError("the hub runs commands, so it listens on 127.0.0.1 alone")
    return text


def _fault(text: str) -> Fault:
    from .local.faults import FaultSyntaxError, parse_fault

    try:
        return parse_fault(text)
    except FaultSyntaxError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _fail(message: str, status: int = EXIT_FAILED) -> int:
    if sys.stderr is not None:
        print(message, file=sys.stderr)
    return status


if __name__ == "__main__":
    main()
