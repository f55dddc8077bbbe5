"""Runs one job and sees to it that nothing of the job outlives it, nor the hub.

Started by the hub as a program of its own (`python -I -S guard.py`), standard library only. Standard input
is a pipe from the hub: first the job (see `read_job`), then one letter for each wish (`T` terminate,
`K` kill); its end means that the hub is gone. Standard output and error are the job's. The exit status is
the job's, 128 + n for a job that died of signal n.
"""

from __future__ import annotations

import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress

KILL_PATIENCE_SECONDS = 2.0
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
ON_LINUX = sys.platform == "linux"


def main() -> int:
    """Run the job that standard input describes."""
    folder, file_max_bytes, argv, environment = read_job()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_write, False)
    signal.set_wakeup_fd(wake_write)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    if ON_LINUX:
        set_process_option(PR_SET_CHILD_SUBREAPER, 1)
    job = os.fork()
    if job == 0:
        become(argv, environment, folder, file_max_bytes)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    status = watch(job, wake_read)
    kill_everything(job)
    return status


def read_job() -> tuple[str, int, list[str], dict[str, str]]:
    """The job's folder, its largest file, argv and environment.

    Written as a length of 8 hex digits, then fields that each end with NUL.
    """
    size = int(read_exactly(8), 16)
    folder, file_max_bytes, argument_count, *rest = os.fsdecode(read_exactly(size)).split("\0")[:-1]
    arguments = int(argument_count)
    pairs = (entry.partition("=") for entry in rest[arguments:])
    return folder, int(file_max_bytes), rest[:arguments], {name: value for name, _, value in pairs}


def read_exactly(count: int) -> bytes:
    """So many bytes of standard input; without them there is no job to run."""
    data = b""
    while len(data) < count:
        block = os.read(0, count - len(data))
        if not block:
            os._exit(1)
        data += block
    return data


def become(argv: list[str], environment: dict[str, str], folder: str, file_max_bytes: int) -> None:
    """Turn this fresh process into the job: own session and group, default signals, no input, limits."""
    status = 127
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, signal.SIG_DFL)
        if ON_LINUX:
            set_process_option(PR_SET_PDEATHSIG, signal.SIGKILL)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        set_limits(file_max_bytes)
        os.chdir(folder)
        os.execvpe(argv[0], argv, environment)  # noqa: S606
    except FileNotFoundError:
        say(f'exec: "{argv[0]}": executable file not found in $PATH')
    except OSError as error:
        say(f'exec: "{argv[0]}": {error.strerror}')
        status = 126
    finally:
        os._exit(status)


def set_limits(file_max_bytes: int) -> None:
    """No core dumps, no file larger than the disk of the flavor, and first to go when memory runs out."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if file_max_bytes:
        _, hardest = resource.getrlimit(resource.RLIMIT_FSIZE)
        bounded = hardest == resource.RLIM_INFINITY or file_max_bytes < hardest
        limit = file_max_bytes if bounded else hardest
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    if ON_LINUX:
        with suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
            score.write("1000")


def say(words: str) -> None:
    """A line in the log of the job."""
    os.write(2, words.encode("utf-8", "surrogateescape") + b"\n")


def watch(job: int, wake_read: int) -> int:
    """Wait for the end of the job and do what the hub wishes meanwhile."""
    while True:
        ready, _, _ = select.select([0, wake_read], [], [])
        if wake_read in ready:
            os.read(wake_read, 4096)
            status = reap(job)
            if status is not None:
                return status
        if 0 in ready:
            wishes = os.read(0, 64)
            if b"T" in wishes:
                kill_group(job, signal.SIGTERM)
            if b"K" in wishes or not wishes:
                kill_everything(job)
                return 128 + signal.SIGKILL


def reap(job: int) -> int | None:
    """Bury whatever has died; the exit status once the job itself is among it."""
    found = None
    while True:
        try:
            dead, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return found
        if dead == 0:
            return found
        if dead == job:
            code = os.waitstatus_to_exitcode(status)
            found = code if code >= 0 else 128 - code


def kill_everything(job: int) -> None:
    """Kill the job's group and all descendants, also those that moved to a session of their own."""
    kill_group(job, signal.SIGKILL)
    patience_ends = time.monotonic() + KILL_PATIENCE_SECONDS
    while has_children() and time.monotonic() < patience_ends:
        for process in descendants():
            send(os.kill, process, signal.SIGKILL)
        reap(job)
        select.select([], [], [], 0.005)


def kill_group(job: int, number: int) -> None:
    """Send a signal to the job's group, if there still is one."""
    send(os.killpg, job, number)


def send(kill: Callable[[int, int], None], target: int, number: int) -> None:
    """Send a signal to what may be gone by now."""
    with suppress(ProcessLookupError, PermissionError):
        kill(target, number)


def has_children() -> bool:
    """Whether any descendant is left: orphans of the job become children of this process on Linux."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def descendants() -> list[int]:
    """Every process below this one, as /proc tells; none where there is no /proc."""
    children: dict[int, list[int]] = {}
    names = os.listdir("/proc") if ON_LINUX else []
    for name in names:
        if name.isdecimal():
            children.setdefault(parent_of(name), []).append(int(name))
    found = list(children.get(os.getpid(), ()))
    for process in found:
        found.extend(children.get(process, ()))
    return found


def parent_of(process: str) -> int:
    """The parent in the stat line, after the name in brackets, which may hold anything."""
    try:
        with open(f"/proc/{process}/stat", "rb") as stat:
            return int(stat.read().rpartition(b")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def set_process_option(option: int, value: int) -> None:
    """`prctl(2)`; where that cannot be had, the job's group is all that can be killed."""
    try:
        import ctypes

        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
    except (ImportError, OSError, AttributeError):
        pass


if __name__ == "__main__":
    os._exit(main())
