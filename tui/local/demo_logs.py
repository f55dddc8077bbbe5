"""Logs of demo jobs that have ended: what such jobs print, and what they print when they fail."""

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


CUDA_OUT_OF_MEMORY = (
    *installing("torch==2.8.0", "transformers==4.56.1", "trl==0.23.0"),
    *bars("Loading checkpoint shards: ", 4, 1.9, states=4),
    "trainable params: 40,370,176 || all params: 7,656,986,112 || trainable%: 0.5272",
    *bars("", 1200, 2.31, states=3)[:1],
    *traceback(
        "/data/train.py",
        (118, "<module>", "trainer.train()"),
        (2328, "train", "return inner_training_loop("),
        (4020, "training_step", "self.accelerator.backward(loss, **kwargs)"),
        error=(
            "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.16 GiB. GPU 0 has a total "
            "capacity of 21.98 GiB of which 412.44 MiB is free. Including non-PyTorch memory, this process "
            "has 21.57 GiB memory in use. Of the allocated memory 20.61 GiB is allocated by PyTorch, and "
            "671.20 MiB is reserved by PyTorch but unallocated. If reserved but unallocated memory is large "
            "try setting PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True to avoid fragmentation."
        ),
    ),
)

MISSING_COLUMN = (
    *installing("datasets==4.1.0", "polars==1.33.1"),
    *bars("Generating train split: ", 52002, 0.00004),
    *traceback(
        "/data/clean.py",
        (61, "<module>", "main()"),
        (44, "main", "rows = dataset.map(tidy, num_proc=4)"),
        (19, "tidy", 'return {"text": row["instruction"] + row["respone"]}'),
        error="KeyError: 'respone'",
    ),
)

KILLED_FOR_MEMORY = (
    *installing("pandas==2.3.2", "pyarrow==21.0.0"),
    "reading part-0000.parquet (1.9 GB)",
    "reading part-0001.parquet (1.9 GB)",
    "reading part-0002.parquet (1.9 GB)",
    "joining 3 tables on `doc_id`",
    "Killed",
)

CUDA_802 = (
    "torch 2.8.0+cu128, CUDA available: False",
    *traceback(
        "/app/serve.py",
        (12, "<module>", "torch.cuda.init()"),
        (412, "_lazy_init", "torch._C._cuda_init()"),
        error=(
            "RuntimeError: Unexpected error from cudaGetDeviceCount(). Did you run some cuda functions "
            "before calling NumCudaDevices() that might have already set an error? "
            "Error 802: system not yet initialized"
        ),
    ),
)


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
