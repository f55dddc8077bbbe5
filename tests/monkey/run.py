"""One run of the monkey: its steps, what must hold after each, and the account of a failure."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import random
import re
import signal
import time
from collections import deque
from collections.abc import Iterable
from pathlib import Path

from textual.screen import Screen

import tui.screens
import tui.widgets
from tests.local_hub import LocalHub

from .inputs import SIZES, Input, inputs, keys
from .ledger import Ledger, UnconfirmedError
from .program import Ground
from .terminal import FramedTerminal
from .world import World

REMEMBERED = 60
START_SECONDS = 20.0
ANSWER_SECONDS = 15.0
SETTLE_SECONDS = 1.0
MOST_CHARACTERS = 6000
"""So much of what was written outside of the full screen is told."""
LOOK_ALIVE_STEPS = 50
STILL_STEPS = 6
"""After so many steps without a frame it may have stopped to answer."""
STYLES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
TRACEBACK = re.compile(r"Traceback \(most recent call last\)")
OF_A_JOB = "[rank0]"
"""Marks the tracebacks that jobs print, at both ends: a log scrolls sideways."""
HELP = "esc closes"


class MonkeyError(AssertionError):
    """Something that may not be: what, the way to make it again, the last inputs and the screen."""


class Monkey:
    """Leave it as a context manager: it ends the program and the hub."""

    def __init__(self, seed: int, folder: Path, *, planted: str = "") -> None:
        """`planted` is Python that runs in the program before it begins: a fault that has to be found."""
        self._seed = seed
        self._planted = planted
        self._ground = Ground(folder)
        self._hub = LocalHub(scheduling_seconds=0.2, slots=2, retry_seconds=0.5)
        self._world = World(self._hub)
        self._world.begin(seed)
        self._world.look()
        self._ledger = Ledger(self._world.targets.get, self._note)
        self._last: deque[str] = deque(maxlen=REMEMBERED)
        self._shown = ""
        """A line of a traceback that was on the screen for at least one frame."""
        self._step = 0
        self.starts = 0
        self.writes = 0

    def __enter__(self) -> Monkey:
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_exception: object) -> None:
        self._terminal.__exit__(None, None, None)
        self._hub.close()

    @property
    def steps(self) -> int:
        """How many steps were made."""
        return self._step

    @property
    def reached(self) -> set[str]:
        """Names of the screens that were shown."""
        return self._ground.reached_screens() | {"JobsScreen"}

    def run(self, *, seconds: float, until: int | None = None) -> None:
        """Make steps until the time is over or so many are made. Raises MonkeyError."""
        deadline = time.monotonic() + seconds
        still, painted = 0, 0
        while self._step < until if until is not None else time.monotonic() < deadline:
            self._step += 1
            self._world.happen(self._seed, self._step)
            self.play(inputs(self._seed, self._step))
            still = still + 1 if self._terminal.frames == painted else 0
            painted = self._terminal.frames
            if self._step % LOOK_ALIVE_STEPS == 0 or still >= STILL_STEPS:
                self._look_alive()
                still = 0
        self._look_alive()
        self._leave()

    def play(self, some: Iterable[Input]) -> None:
        """Do all of this, then see what came of it. Raises MonkeyError."""
        for one in some:
            self._do(one)
        self._check()

    def _do(self, one: Input) -> None:
        self._last.append(f"{self._step}: {one}")
        if one.size is not None:
            self._terminal.resize(*one.size)
        if one.written:
            self._terminal.catch_up()
            self._ledger.on_input(one.written)
            self._terminal.type(one.written)
        self._terminal.read_for(one.pause_seconds)
        if self._terminal.ended:
            self._check_end()
            self._check()
            self._start()

    def _start(self) -> None:
        rng = random.Random(f"{self._seed}/{self.starts}/start")  # noqa: S311 - to be made again
        arguments = self._ground.arguments(rng)
        self.starts += 1
        self._last.append(f"start {' '.join(arguments)}")
        self._terminal = FramedTerminal(
            *arguments,
            size=rng.choice(SIZES),
            environment=self._ground.environment(self._hub, rng),
            prelude=self._ground.prelude(self._planted),
            on_frame=self._on_frame,
        )
        if not self._terminal.read_until(lambda: self._terminal.frames > 1, START_SECONDS):
            raise self._failure(f"it did not start:\n{self._outside()}")

    def _note(self, words: str) -> None:
        """Tell beside the last input what came of it."""
        self._last[-1] += f"   {words}"

    def _on_frame(self, rows: list[str]) -> None:
        self._ledger.on_frame(rows)
        for row in rows:
            if _is_traceback(row):
                self._shown = row.strip()

    # What must hold

    def _check(self) -> None:
        requests = self._world.written()
        self.writes += len(requests)
        for request in requests:
            try:
                self._ledger.on_request(request)
            except UnconfirmedError as error:
                raise self._failure(str(error)) from None
        if self._shown:
            raise self._failure(f"a traceback on the screen: {self._shown}")
        if any(map(_is_traceback, self._terminal.outside.splitlines())):
            self._terminal.read_for(SETTLE_SECONDS)
            raise self._failure(f"a traceback on the terminal:\n{self._outside()}")
        if wrong := self._ground.went_wrong():
            raise self._failure(f"a traceback unseen:\n{wrong}")

    def _check_end(self) -> None:
        """The program has closed the terminal: it was meant to, and leaves it as it found it."""
        code = self._terminal.process.wait(ANSWER_SECONDS)
        if code != 0:
            raise self._failure(f"it ended with exit code {code}:\n{self._outside()}")
        if not self._terminal.restored:
            raise self._failure(f"the terminal was not given back as it was: {self._terminal.left_on}")

    def _look_alive(self) -> None:
        """Whatever stands there, some escapes and a key of help lead to the help."""
        deadline = time.monotonic() + ANSWER_SECONDS
        self._do(Input(size=(100, 30), pause_seconds=0.3))
        while time.monotonic() < deadline:
            for one in keys("escape", "escape", "escape", "1", "question_mark", pause_seconds=0.2):
                self._do(one)
            if self._terminal.read_until(lambda: HELP in self._terminal.text, 1.0):
                return
        raise self._failure(f"it does not answer any more:\n{self._stacks()}")

    def _stacks(self) -> str:
        """Where its threads are, and what its tasks wait for."""
        for number in (signal.SIGUSR1, signal.SIGUSR2):
            self._terminal.process.send_signal(number)
            self._terminal.read_for(SETTLE_SECONDS)
        return self._ground.went_wrong()

    def _leave(self) -> None:
        """Ctrl+c ends it from anywhere."""
        terminal = self._terminal
        terminal.type(b"\x03")
        if not terminal.read_until(lambda: terminal.ended, ANSWER_SECONDS) and not terminal.ended:
            raise self._failure("ctrl+c did not end it")
        self._check_end()
        self._check()

    def _outside(self) -> str:
        """The end of what was written while no full screen was there, without colours."""
        return STYLES.sub("", self._terminal.outside)[-MOST_CHARACTERS:]

    def _failure(self, what: str) -> MonkeyError:
        replay = f"python -m tests.monkey --seed {self._seed} --until {self._step}"
        last = "\n  ".join(self._last)
        return MonkeyError(
            f"seed {self._seed}, step {self._step}: {what}\n\nAgain: {replay}\n\n"
            f"Last inputs:\n  {last}\n\nScreen:\n{self._terminal.text}"
        )


def _is_traceback(row: str) -> bool:
    return TRACEBACK.search(row) is not None and OF_A_JOB not in row


def all_screens() -> set[str]:
    """Names of every screen and dialog of the program that can be shown."""
    for package in (tui.screens, tui.widgets):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    found: set[type] = set()
    waiting: list[type] = [Screen]
    while waiting:
        below: list[type] = waiting.pop().__subclasses__()
        found |= {one for one in below if one.__module__.startswith("tui.")}
        waiting += below
    bases = {base for one in found for base in one.__mro__[1:]}
    return {one.__name__ for one in found - bases if not inspect.isabstract(one)} | CONCRETE_BASES


CONCRETE_BASES = {"MessageDialog"}
"""Screens that are shown although others are made from them."""
