"""Which lines are errors, as real tools write them."""

from __future__ import annotations

import pytest

from tui.domain.log_levels import ERROR, WARNING, level_of

ERRORS = [
    "ValueError: no such thing",
    "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB",
    "KeyboardInterruptError:",
    "ERROR: Could not find a version that satisfies the requirement torch==9",
    "main.c:3:5: error: expected ';' before 'return'",
    "/usr/bin/ld: fatal: cannot find -lfoo",
    "error[E0308]: mismatched types",
    "src/app.ts(3,1): error TS2304: Cannot find name 'x'.",
    '{"level":"error","msg":"no disk"}',
    "time=12:00 level=fatal msg=x",
    "E0521 12:00:00.1 1 main.cc:3] failed",
    "[rank0]: RuntimeError: NCCL error in: foo",
    "2026-05-12 14:57:43,123 - root - CRITICAL - gone",
    "FAILED tests/test_a.py::test_b - assert 1 == 2",
    "E       assert 1 == 2",
    "npm ERR! code ELIFECYCLE",
    "npm error Lifecycle script `build` failed with error:",
    "bash: line 1: no-such-command: command not found",
    "cat: x: No such file or directory",
    "  | ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)",
    "thread 'main' panicked at src/main.rs:2:5:",
    "Segmentation fault (core dumped)",
    "Killed",
    "OSError: [Errno 28] No space left on device",
]
WARNINGS = [
    "warning: unused variable: `x`",
    "/lib/a.py:3: UserWarning: old",
    "WARNING: Running pip as the 'root' user",
    "[W 12:00:00.1 NotebookApp] x",
    '{"level": "warn", "msg": "x"}',
    "W0521 12:00:00.1 1 main.cc:3] slow",
    "npm warn deprecated a@1: no",
]
NEITHER = [
    "0 errors, 0 warnings",
    "step 3 | error_rate 0.1 | loss 0.2",
    "eval error: 0.173",
    "errors=0 failures=0",
    "Traceback (most recent call last):",
    "Found 0 vulnerabilities",
    "Error bars are drawn",
    "collected 3 items",
    "Everything is fine",
    "FAILED: 0",
]


@pytest.mark.parametrize("line", ERRORS)
def test_errors(line: str) -> None:
    assert level_of(line) is ERROR
    assert ERROR.spans(line)


@pytest.mark.parametrize("line", WARNINGS)
def test_warnings(line: str) -> None:
    assert level_of(line) is WARNING
    assert WARNING.spans(line)


@pytest.mark.parametrize("line", NEITHER)
def test_the_word_alone_is_nothing(line: str) -> None:
    assert level_of(line) is None


def test_a_text_of_many_lines_gives_the_same_as_each_of_them() -> None:
    """The hints that let a whole text be passed over leave no line out."""
    for level, lines in ((ERROR, ERRORS), (WARNING, WARNINGS)):
        for line in lines:
            assert level.rows(f"fine\n{line}\nfine\n") == [1], line
            assert 0 in level.rows(f"{line}\n") or line[0] in "EW[", line
