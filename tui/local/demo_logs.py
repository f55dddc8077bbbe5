"""Logs of demo jobs that have ended well: what such jobs print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .demo_training import progress_bar


@dataclass(frozen=True, slots=True)
class Recording:
    """Lines spread evenly over the running time of a job."""

    texts: tuple[str, ...]
    duration_seconds: float

    def lines(self, begin: float, end: float) -> Iterator[tuple[float, str]]:
        """Lines and their moments, from `begin` and before `end`, in seconds since the start."""
        gap = self.duration_seconds / (len(self.texts) + 1)
        for index, text in enumerate(self.texts, start=1):
            offset = index * gap
            if begin <= offset < end:
                yield offset, text


def installing(*packages: str) -> tuple[str, ...]:
    """uv makes the environment of a script."""
    return (
        "Reading inline script metadata from `/data/train.py`",
        f"Installed {len(packages) * 9 + 4} packages in {len(packages) * 210 + 88}ms",
        *(f" + {package}" for package in packages),
    )


def pip_installing(*packages: str) -> tuple[str, ...]:
    """The talk of pip, with its bars."""
    lines = []
    for package in packages:
        name, _, version = package.partition("==")
        lines += [
            f"Collecting {package}",
            f"  Downloading {name}-{version}-py3-none-any.whl (1.2 MB)",
            "     \x1b[90m━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━\x1b[0m \x1b[32m1.2/1.2 MB\x1b[0m"
            " \x1b[31m48.3 MB/s\x1b[0m eta \x1b[36m0:00:00\x1b[0m",
        ]
    names = " ".join(package.replace("==", "-") for package in packages)
    warning = "\x1b[33mWARNING: Running pip as the 'root' user can result in broken permissions.\x1b[0m"
    return (
        *lines,
        "Installing collected packages: " + ", ".join(packages),
        f"Successfully installed {names}",
        warning,
    )


def bars(label: str, total: int, seconds_each: float, states: int = 8) -> tuple[str, ...]:
    """A progress bar as a pipe sees it: many states in one line."""
    steps = sorted({round(total * state / states) for state in range(states + 1)})
    return ("".join(progress_bar(step, total, seconds_each, label) for step in steps),)


def pushed(repository: str) -> tuple[str, ...]:
    """The result goes to the Hub."""
    return (
        *bars("Processing Files (3 / 3): ", 3, 0.9, states=3),
        "Uploaded adapter_model.safetensors, tokenizer.json, README.md",
        f"https://huggingface.co/{repository}/tree/main",
    )


def traceback(script: str, *frames: tuple[int, str, str], error: str) -> tuple[str, ...]:
    """An uncaught exception of Python; frames are line, function and source."""
    lines = ["Traceback (most recent call last):"]
    for number, function, source in frames:
        lines += [f'  File "{script}", line {number}, in {function}', f"    {source}"]
    return (*lines, error)


EVALUATION = (
    *installing("lighteval==0.11.0", "vllm==0.10.2"),
    "\x1b[1;34m--- LOADING MODEL ---\x1b[0m",
    *bars("Loading safetensors checkpoint shards: ", 2, 1.1, states=2),
    "INFO [gpu_model_runner.py:2338] Model loading took 2.98 GiB and 2.1 seconds",
    *bars("Running generation: ", 1319, 0.09),
    "|  Task   |Version|     Metric     |Value |   |Stderr|",
    "|---------|-------|----------------|-----:|---|-----:|",
    "|gsm8k    |       |extractive_match|0.7210|±  |0.0124|",
)

BATCH_INFERENCE = (
    "INFO [__init__.py:216] Automatically detected platform cuda.",
    "WARNING [config.py:1981] bfloat16 is not set, using the default of the checkpoint.",
    *bars("Adding requests: ", 20000, 0.0004),
    *bars("Processed prompts: ", 20000, 0.051, states=20),
    "wrote 20000 rows to hf://datasets/acme/synthetic-reviews",
)

SYNC = (
    "listing hf://buckets/ada/raw …",
    "412 objects, 38 new",
    *bars("copying: ", 38, 1.4),
    "done: 38 copied, 0 failed",
)

SERVED = (
    "INFO:     Started server process [1]",
    "INFO:     Application startup complete.",
    "INFO:     Uvicorn running on http://0.0.0.0:8000 (Press CTRL+C to quit)",
    'INFO:     10.108.12.1:51834 - "GET /health HTTP/1.1" 200 OK',
    'INFO:     10.108.12.1:51840 - "POST /v1/chat/completions HTTP/1.1" 200 OK',
)

NOTEBOOK = (
    "[I ServerApp] Serving notebooks from local directory: /",
    "[I ServerApp] Jupyter Server 2.17.0 is running at http://0.0.0.0:8888/lab",
    "[I ServerApp] Use Control-C to stop this server and shut down all kernels.",
    "[I ServerApp] Kernel started: 5b0c3c5e-7f0b-4a52-9a2a-0d5c11f2a7aa",
    "[I ServerApp] Saving file at /probe.ipynb",
)

NO_SHELL = ("$HOME | wc -c",)
"""No shell reads the command of a job."""

INGEST = (
    "polling https://example.org/feed …",
    *bars("parsing: ", 1800, 0.003, states=4),
    "1800 documents, 112 new, pushed to hf://datasets/acme/feed",
)

SWEEP = (
    *installing("lighteval==0.11.0", "vllm==0.10.2"),
    *(
        line
        for task, score in (("arc", 0.612), ("hellaswag", 0.784), ("mmlu", 0.553), ("gsm8k", 0.697))
        for line in (
            f"INFO task {task}: tokenizing on 46 workers",
            *bars(f"{task}: ", 2000, 0.11),
            f"{task} {score}",
        )
    ),
)
