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

CANNOT_EXECUTE = 126
KILL_PATIENCE_SECONDS = 2.0
CHECK_SECONDS = 0.1
"""Between two looks at how many tasks there are; a fork bomb doubles in some milliseconds."""
RECOUNT_SECONDS = 5.0
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
PARENT, THREADS = 1, 17
"""Fields of a stat line after the name in brackets."""
ON_LINUX = sys.platform == "linux"


def main() -> int:
    """Run the job that standard input describes."""
    folder, limits, argv, environment = read_job()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_write, False)
    signal.set_wakeup_fd(wake_write)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    if ON_LINUX:
        set_process_option(PR_SET_CHILD_SUBREAPER, 1)
    try:
        tasks = TaskCount(limits[2])
        job = os.fork()
    except OSError as error:
        say(f"the local hub cannot start this job: {error.strerror}")
        return CANNOT_EXECUTE
    if job == 0:
        become(argv, environment, folder, limits)
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    status = watch(job, wake_read, tasks)
    kill_everything(job)
    return status


def read_job() -> tuple[str, tuple[int, int, int], list[str], dict[str, str]]:
    """The job's folder, its limits (largest file, data of a process, tasks; 0 is none), argv and environment.

    Written as a length of 8 hex digits, then fields that each end with NUL.
    """
    size = int(read_exactly(8), 16)
    folder, file, data, tasks, argument_count, *rest = os.fsdecode(read_exactly(size)).split("\0")[:-1]
    arguments = int(argument_count)
    pairs = (entry.partition("=") for entry in rest[arguments:])
    limits = int(file), int(data), int(tasks)
    return folder, limits, rest[:arguments], {name: value for name, _, value in pairs}


def read_exactly(count: int) -> bytes:
    """So many bytes of standard input; without them there is no job to run."""
    data = b""
    while len(data) < count:
        block = os.read(0, count - len(data))
        if not block:
            os._exit(1)
        data += block
    return data


def become(argv: list[str], environment: dict[str, str], folder: str, limits: tuple[int, int, int]) -> None:
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
        set_limits(*limits)
        os.chdir(folder)
        os.execvpe(argv[0], argv, environment)  # noqa: S606
    except FileNotFoundError:
        say(f'exec: "{argv[0]}": executable file not found in $PATH')
    except OSError as error:
        say(f'exec: "{argv[0]}": {error.strerror}')
        status = CANNOT_EXECUTE
    finally:
        os._exit(status)


def set_limits(file_max_bytes: int, data_max_bytes: int, tasks_max: int) -> None:
    """No core dumps, nothing larger than the flavor has, and first to go when memory runs out.

    Only Linux counts what a process asks for as its data. Its limit on tasks is one on all of the user's, and
    does not hold for root: `TaskCount` is what does.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    lower_limit(resource.RLIMIT_FSIZE, file_max_bytes)
    if ON_LINUX:
        lower_limit(resource.RLIMIT_DATA, data_max_bytes)
        if tasks_max:
            lower_limit(resource.RLIMIT_NPROC, tasks_of_user() + tasks_max)
        with suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
            score.write("1000")


def lower_limit(which: int, wanted: int) -> None:
    """Set a limit for good; 0 leaves it as it is, and none is ever raised."""
    _, hardest = resource.getrlimit(which)
    if wanted and (hardest == resource.RLIM_INFINITY or wanted < hardest):
        resource.setrlimit(which, (wanted, wanted))


def say(words: str) -> None:
    """A line in the log of the job; there may be nobody left to read it."""
    with suppress(OSError):
        os.write(2, words.encode("utf-8", "surrogateescape") + b"\n")


class TaskCount:
    """Whether the job has more tasks than it may: processes, and threads of them.

    Counting means a look at every process of the machine, so it is done when there are so many more tasks on
    the machine than at the last time that half of what the job had left may be used up.
    """

    def __init__(self, tasks_max: int) -> None:
        self.watching = ON_LINUX and tasks_max > 0
        self._max = tasks_max
        self._expect(0)

    def exceeded(self) -> bool:
        """Look, and say so in the log when there are too many."""
        if not self.watching:
            return False
        if tasks_of_machine() < self._recount_at and time.monotonic() < self._recount_after:
            return False
        table = process_table()
        count = sum(table[process][1] for process in descendants(table))
        self._expect(count)
        if count <= self._max:
            return False
        words = f"it had {count:,} processes and threads and may have {self._max:,} (--max-tasks)"
        say(f"local hub: ended, {words}")
        return True

    def _expect(self, count: int) -> None:
        self._recount_at = tasks_of_machine() + max(1, (self._max - count) // 2) if self.watching else 0
        self._recount_after = time.monotonic() + RECOUNT_SECONDS


def watch(job: int, wake_read: int, tasks: TaskCount) -> int:
    """Wait for the end of the job and do what the hub wishes meanwhile."""
    while True:
        ready, _, _ = select.select([0, wake_read], [], [], CHECK_SECONDS if tasks.watching else None)
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
        if tasks.exceeded():
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
        for process in stop_descendants(patience_ends):
            send(os.kill, process, signal.SIGKILL)
        reap(job)
        select.select([], [], [], 0.005)


def stop_descendants(patience_ends: float) -> set[int]:
    """Stop them all, also those that start meanwhile: a fork bomb outruns one that kills it bit by bit."""
    stopped: set[int] = set()
    while time.monotonic() < patience_ends:
        running = set(descendants(process_table())) - stopped
        if not running:
            break
        for process in running:
            send(os.kill, process, signal.SIGSTOP)
        stopped |= running
    return stopped


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


def process_table() -> dict[int, tuple[int, int]]:
    """Parent and threads of every process, as /proc tells; empty where there is no /proc."""
    names = os.listdir("/proc") if ON_LINUX else []
    return {int(name): parent_and_threads(name) for name in names if name.isdecimal()}


def parent_and_threads(process: str) -> tuple[int, int]:
    """Read from the stat line, after the name in brackets, which may hold anything."""
    try:
        with open(f"/proc/{process}/stat", "rb") as stat:
            fields = stat.read().rpartition(b")")[2].split()
        return int(fields[PARENT]), int(fields[THREADS])
    except (OSError, IndexError):
        return 0, 0


def descendants(table: dict[int, tuple[int, int]]) -> list[int]:
    """Every process below this one."""
    children: dict[int, list[int]] = {}
    for process, (parent, _) in table.items():
        children.setdefault(parent, []).append(process)
    found = list(children.get(os.getpid(), ()))
    for process in found:
        found.extend(children.get(process, ()))
    return found


def tasks_of_machine() -> int:
    """All tasks of the machine: the number behind the slash, `0.20 0.18 0.12 1/80 11206`."""
    try:
        with open("/proc/loadavg", "rb") as load:
            return int(load.read().split()[3].partition(b"/")[2])
    except (OSError, ValueError, IndexError):
        return 1 << 62


def tasks_of_user() -> int:
    """Those of the user this process belongs to."""
    count = 0
    for name in os.listdir("/proc"):
        with suppress(OSError):
            if name.isdecimal() and os.stat(f"/proc/{name}").st_uid == os.getuid():
                count += parent_and_threads(name)[1]
    return count


def set_process_option(option: int, value: int) -> None:
    """`prctl(2)`; where that cannot be had, the job's group is all that can be killed."""
    try:
        import ctypes

        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
    except (ImportError, OSError, AttributeError):
        pass


if __name__ == "__main__":
    os._exit(main())
