"""How long until the first rows, and until the terminal is given back: `python benchmarks/start.py [runs]`.

Beside it, in the same run and against the same local hub, what people use today: `hf jobs ls -a`.
"""

from __future__ import annotations

import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping

import pexpect

ROW = b"llama-70b-dpo"
RESTORED = b"\x1b[?1049l"


def started(arguments: list[str], environment: Mapping[str, str]) -> tuple[pexpect.spawn, float]:
    """The program and the seconds until its first row is on the terminal."""
    begin = time.perf_counter()
    child = pexpect.spawn(
        sys.executable, ["-m", "tui", *arguments], dimensions=(24, 80), env=dict(environment), timeout=30
    )
    child.delaybeforesend = None
    child.expect_exact(ROW)
    return child, time.perf_counter() - begin


def left(child: pexpect.spawn, key: str) -> tuple[float, float]:
    """Seconds from a key until the terminal is restored, and until the process has gone."""
    begin = time.perf_counter()
    child.send(key)
    child.expect_exact(RESTORED)
    restored = time.perf_counter() - begin
    child.expect(pexpect.EOF)
    gone = time.perf_counter() - begin
    child.close()
    return restored, gone


def listed(environment: Mapping[str, str]) -> float:
    """Seconds that `hf jobs ls -a` takes."""
    hf = shutil.which("hf", path=os.path.dirname(sys.executable)) or "hf"
    begin = time.perf_counter()
    subprocess.run(
        [hf, "jobs", "ls", "-a"], env=dict(environment), check=True, capture_output=True, timeout=60
    )
    return time.perf_counter() - begin


def middle(measure: Callable[[], float], runs: int) -> float:
    """The median of several runs."""
    return statistics.median(measure() for _ in range(runs))


def main() -> None:
    """Print a small table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as home:
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
        environment = {
            **kept,
            "TERM": "xterm-256color",
            "HF_HOME": home,
            "HF_JOBS_TUI_HOME": home,
            "HOME": home,
        }
        child, cold = started(["--demo"], environment)
        leaving = [left(child, "q")]
        warm = []
        for _ in range(runs):
            child, seconds = started(["--demo"], environment)
            warm.append(seconds)
            leaving.append(left(child, "q"))
        hub = subprocess.Popen(
            [sys.executable, "-m", "tui", "hub", "--demo"], stdout=subprocess.PIPE, text=True, env=environment
        )
        assert hub.stdout is not None
        lines = [hub.stdout.readline().split("export ", 1)[1].strip() for _ in range(2)]
        pointed = {**environment, **dict(line.split("=", 1) for line in lines)}

        def fresh() -> float:
            child, seconds = started([], pointed)
            leaving.append(left(child, "\x03"))
            return seconds

        dashboard = middle(fresh, runs)
        command = middle(lambda: listed(pointed), runs)
        hub.send_signal(signal.SIGINT)
        hub.wait(10)
    print(f"first rows with --demo, first start   {cold:6.2f} s")
    print(f"first rows with --demo, median of {runs}    {statistics.median(warm):5.2f} s")
    print(f"first rows, hub already running       {dashboard:6.2f} s")
    print(f"hf jobs ls -a, same hub               {command:6.2f} s")
    print(f"dashboard / hf jobs ls                {dashboard / command:6.2f}")
    print(f"key to terminal restored, worst       {max(pair[0] for pair in leaving):6.2f} s")
    print(f"key to process gone, worst            {max(pair[1] for pair in leaving):6.2f} s")


if __name__ == "__main__":
    main()
