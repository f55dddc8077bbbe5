"""What the monkey does: for each step of a seed the same inputs, wherever the program stands."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tui.keys import ACTIONS

ESCAPE_SECONDS = 0.12
"""Longer than the program waits for the rest of an escape sequence."""
LOOK_SECONDS = 0.45
"""Longer than a dialog that destroys is deaf."""
SIZES = ((80, 24), (120, 40), (100, 30), (60, 15), (61, 40), (160, 20), (200, 50))
TOO_SMALL = ((40, 10), (20, 5), (1, 1), (59, 15))

NAMED = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "space": " ",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "shift+up": "\x1b[1;2A",
    "shift+down": "\x1b[1;2B",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "delete": "\x1b[3~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "ctrl+enter": "\x1b[13;5u",
    "ctrl+@": "\x00",
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "full_stop": ".",
    "comma": ",",
    "number_sign": "#",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "asterisk": "*",
    "ampersand": "&",
}


def typed(key: str) -> str:
    """What a terminal sends for a key, by Textual's name of it."""
    if key in NAMED:
        return NAMED[key]
    if key.startswith("ctrl+") and len(key) == 6:
        return chr(ord(key[-1]) & 0x1F)
    return key if len(key) == 1 else ""


LEAVING = {"q", "ctrl+c"}
BOUND = sorted({key for action in ACTIONS for key in action.keys.split(",") if typed(key)} - LEAVING)
"""Every key that does something; those that may end the program are pressed less often."""
PLAIN = [*"abcdefghijklmnoprstuvwxyzABCDEGHJKLNPRSTUVXYZ0123456789 .,;:!?/'\"$=-_@<>|&*", "é", "日", "😀"]
EDITING = [
    "left",
    "right",
    "up",
    "down",
    "home",
    "end",
    "backspace",
    "delete",
    "tab",
    "shift+tab",
    "enter",
    "escape",
]
WORDS = (
    "train",
    "nightly",
    "status:running",
    "status:failed",
    "cpu-basic",
    "name=other",
    "x=1",
    "8000",
    "1h",
    "saved.log",
)
LINES = (
    "hf jobs run --name monkey python:3.12 python -c 'print(6*7)'",
    "hf jobs run --name long --flavor cpu-basic python:3.12 python -c 'import time; time.sleep(3)'",
    "hf jobs scheduled run '@daily' --name monkey-daily python:3.12 true",
    "hf jobs run --namespace acme -e A=1 -s TOKEN=sesame python:3.12 echo hello",
    "hf jobs uv run --with numpy --flavor t4-small train.py --epochs 3",
    "hf jobs run \\\n  --name folded \\\n  python:3.12 true",
    "hf jobs run --no-such-option",
    "$ hf jobs ps\nJOB ID  STATUS\n",
    "one line\r\nanother line\r\n",
    "y\r",
    "cy",
    "yes\nno\n\ttab\x0b",
)


@dataclass(frozen=True, slots=True)
class Input:
    """One thing done, and how long the program has afterwards, in seconds, before the next."""

    written: bytes = b""
    """Sent in one write."""
    size: tuple[int, int] | None = None
    """Columns and rows the window is given."""
    pause_seconds: float = 0.03

    def __str__(self) -> str:
        what = f"resize {self.size[0]}x{self.size[1]}" if self.size else repr(self.written)[1:]
        return f"{what} +{self.pause_seconds:g}s"


def keys(*names: str, pause_seconds: float = 0.03) -> list[Input]:
    """Keys one after the other; after a lone escape so long that it is one."""
    return [
        Input(
            typed(name).encode() or name.encode(),
            pause_seconds=ESCAPE_SECONDS if name == "escape" else pause_seconds,
        )
        for name in names
    ]


HOME = keys("escape", "escape", "escape", "1", pause_seconds=0.06)
FILLED = [*keys("n", pause_seconds=0.3), *keys("f2", pause_seconds=0.2)]
ONE_RUNNING = [
    *keys("escape", "escape", "u", "slash", "ctrl+u", pause_seconds=0.1),
    *keys("status:running", "enter", "g", pause_seconds=0.1),
]
EMPTY_FORM = [*keys("n", pause_seconds=0.3), *keys("ctrl+n", pause_seconds=0.1)]
TABS_TO_FLAVOR, TABS_TO_PAYER = 7, 18
"""In an empty form."""
LOG = keys("g", "l", pause_seconds=0.2)


def _known(rng: random.Random) -> list[Input]:
    """A way to a screen or dialog, from the jobs table."""
    line = rng.choice(LINES[:4])
    tabs = keys(*["tab"] * rng.randrange(12))
    ways: list[list[Input]] = [
        [],
        keys("l"),
        [*LOG, *keys("slash", "loss", "enter", "n", "N", "e", "z", "w", "t")],
        [*LOG, *keys("ampersand", "loss", "enter", "v", "j", "j", "y")],
        [*LOG, *keys("v", "j", "ctrl+s", "tab")],
        [*LOG, *keys("ctrl+s", pause_seconds=0.2), *keys(f"saved-{rng.randrange(99)}.log", "enter")],
        [*LOG, *keys("o", pause_seconds=0.3)],
        [
            *keys("asterisk", "l", pause_seconds=0.3),
            *keys("J", pause_seconds=0.2),
            *keys("space", "j", "space"),
        ],
        keys("space", "j", "space", "l", "w", "slash", "epoch", "enter"),
        keys("d", "tab", "v", "j", "G"),
        keys("J", "j", "tab"),
        keys("C", "j", "space", "K", "J", "0"),
        keys("question_mark", "j", "pagedown"),
        keys("colon", rng.choice(WORDS), "down", "enter"),
        keys("colon", rng.choice(("suspend", "sched", "hard", "act", "new", "cancel", "train")), "enter"),
        [*ONE_RUNNING, *keys("c")],
        [*ONE_RUNNING, *keys("space", "j", "space", "c")],
        [
            *ONE_RUNNING,
            *keys("P", pause_seconds=0.2),
            *keys("8000", "tab", rng.choice(("", "9000")), "enter"),
        ],
        [*ONE_RUNNING, *keys("s", "o", "w", "y", "Y", "ctrl+y", pause_seconds=0.2)],
        keys("R"),
        keys("space", "j", "space", "R"),
        [*keys("L", pause_seconds=0.2), *keys("enter", f"k{rng.randrange(9)}=v")],
        [*keys("space", "j", "space", "L", pause_seconds=0.2), *keys("enter", "both=1")],
        keys("f", "F", "S", "full_stop", "v", "u"),
        keys("o", pause_seconds=0.3),
        keys("e", pause_seconds=0.3),
        [*FILLED, *keys(line, "enter", pause_seconds=0.2), *keys("ctrl+j", pause_seconds=0.3)],
        [
            *FILLED,
            *keys(line, "enter", pause_seconds=0.2),
            *keys("ctrl+s", pause_seconds=0.2),
            *keys("enter"),
        ],
        [*EMPTY_FORM, *keys(*["tab"] * TABS_TO_FLAVOR, "enter", "t4", "down")],
        [*EMPTY_FORM, *keys(*["tab"] * TABS_TO_PAYER, "enter", "down")],
        [*keys("n", pause_seconds=0.3), *tabs, *keys(rng.choice(("enter", "space", "down")), "t4", "down")],
        [*FILLED, *keys(line, "enter", pause_seconds=0.2), *tabs, *keys("enter", "down", "enter")],
        [*keys("n", pause_seconds=0.3), *keys("ctrl+o", pause_seconds=0.2), *keys("j", rng.choice("rdj"))],
        [*keys("n", pause_seconds=0.3), *keys("ctrl+n", "ctrl+z", "f3", "f4", "ctrl+y")],
        [*FILLED, *keys(line), *keys("escape", "escape")],
        keys("3", "j", "e", pause_seconds=0.2),
        [*keys("3", "e", pause_seconds=0.2), *keys("ctrl+u", "30 6 * * *")],
        keys("3", "t", pause_seconds=0.2),
        keys("3", "D", pause_seconds=0.2),
        keys("3", "space", "j", "space", "D", pause_seconds=0.1),
        [*keys("3", "L", pause_seconds=0.2), *keys("enter", "team=ml")],
        keys("3", "j", "s", pause_seconds=0.3),
        keys("3", "slash", "acme", "enter", "s", pause_seconds=0.2),
        keys("3", "enter", pause_seconds=0.2),
        keys("3", "n", pause_seconds=0.2),
        keys("4", "j", "slash", "gpu", "enter", "enter", pause_seconds=0.1),
        keys("4", "n", pause_seconds=0.2),
        keys("5", "enter", pause_seconds=0.2),
        keys("5", "y", "j", "slash", "cancel", "enter"),
    ]
    return [*HOME, *rng.choice(ways)]


def _pressed(rng: random.Random) -> list[Input]:
    return [_key(rng, rng.choice((0.004, 0.03, 0.1))) for _ in range(rng.randrange(1, 8))]


def _at_once(rng: random.Random) -> list[Input]:
    """A burst in one write, or keys at 4 ms; often the same key again and again."""
    count = rng.randrange(2, 14)
    if rng.random() < 0.5:
        burst = [rng.choice((*BOUND, "enter", "escape", "enter"))] * count
    else:
        burst = [rng.choice(BOUND) for _ in range(count)]
    if rng.random() < 0.4:
        return [Input(typed(key).encode(), pause_seconds=0.004) for key in burst]
    return [Input("".join(map(typed, burst)).encode(), pause_seconds=0.1)]


def _key(rng: random.Random, pause_seconds: float) -> Input:
    chance = rng.random()
    if chance < 0.01:
        written = typed(rng.choice(("q", "q", "q", "ctrl+c")))
    elif chance < 0.6:
        written = typed(rng.choice(BOUND))
    elif chance < 0.8:
        written = typed(rng.choice(EDITING))
    elif chance < 0.97:
        written = rng.choice(PLAIN)
    else:
        written = chr(rng.randrange(4, 32)) if rng.random() < 0.7 else "\x1b" + rng.choice(PLAIN)
    return Input(written.encode(), pause_seconds=pause_seconds)


def _pasted(rng: random.Random) -> list[Input]:
    text = rng.choice((*LINES, *WORDS)) * rng.choice((1, 1, 1, 2, 20))
    if rng.random() < 0.5:
        return [Input(f"\x1b[200~{text}\x1b[201~".encode(), pause_seconds=0.1)]
    if rng.random() < 0.8:  # as terminals paste without a mark
        text = text.replace("\r\n", "\r").replace("\n", "\r")
    return [Input(text.encode() + rng.choice((b"", b"", b"\xff\xe9")), pause_seconds=0.1)]


def _clicked(rng: random.Random) -> list[Input]:
    """A click, a wheel or a drag; often on the first or last rows, or in the middle where dialogs are."""
    column = rng.randrange(1, 121)
    row = rng.choice((1, 2, 24, 40, rng.randrange(1, 41), rng.randrange(8, 26)))
    if rng.random() < 0.2:
        return [
            Input(f"\x1b[<{rng.choice((64, 65))};{column};{row}M".encode())
            for _ in range(rng.randrange(1, 5))
        ]
    button = rng.choice((0, 0, 0, 0, 1, 2))
    down = Input(f"\x1b[<{button};{column};{row}M".encode(), pause_seconds=0.01)
    to = (column, row) if rng.random() < 0.8 else (rng.randrange(1, 121), rng.randrange(1, 41))
    moved = [Input(f"\x1b[<{button + 32};{to[0]};{to[1]}M".encode())] if to != (column, row) else []
    up = Input(f"\x1b[<{button};{to[0]};{to[1]}m".encode(), pause_seconds=0.05)
    return [down, *moved, up] * rng.choice((1, 1, 2))


def _resized(rng: random.Random) -> list[Input]:
    if rng.random() < 0.3:
        back = rng.choice(SIZES)
        return [Input(size=rng.choice(TOO_SMALL), pause_seconds=0.1), *_pressed(rng), Input(size=back)]
    sizes = [
        rng.choice((*SIZES, (rng.randrange(60, 200), rng.randrange(15, 60))))
        for _ in range(rng.randrange(1, 4))
    ]
    return [Input(size=size, pause_seconds=rng.choice((0.0, 0.02, 0.1))) for size in sizes]


def _confirmed(rng: random.Random) -> list[Input]:
    """What a dialog takes for a yes, once it has been looked at."""
    looked = Input(pause_seconds=LOOK_SECONDS)
    yes = rng.choice(
        (["y"], ["y"], ["y"], ["y"], ["enter"], ["ctrl+s"], ["2", "enter"], ["ctrl+j"], ["tab", "enter"])
    )
    return [looked, *keys(*yes, pause_seconds=0.1)]


MOVES: tuple[tuple[float, Callable[[random.Random], list[Input]]], ...] = (
    (30, _known),
    (22, _pressed),
    (14, _at_once),
    (8, _pasted),
    (8, _clicked),
    (5, _resized),
    (13, _confirmed),
)


def inputs(seed: int, step: int) -> Iterator[Input]:
    """What is done in one step of a seed."""
    rng = random.Random(f"{seed}/{step}")  # noqa: S311 - to be made again, not to be secret
    weights = [weight for weight, _ in MOVES]
    move = rng.choices([move for _, move in MOVES], weights)[0]
    yield from move(rng)
    if move is _known and rng.random() < 0.75:
        yield from _confirmed(rng)
