"""What the user of the demo ran, and is running."""

from __future__ import annotations

from . import demo_logs as logs
from .demo import Past
from .demo_logs import Recording
from .demo_training import Training
from .jobs import WAITING_FOR_HARDWARE

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0

ARTIFACTS = (
    {
        "type": "bucket",
        "source": "ada/jobs-artifacts",
        "mountPath": "/data",
        "readOnly": False,
        "path": "20261009T100000-a1b2c3",
    },
)
QWEN = Training(
    seed="qwen3-support-lora",
    opening=(
        *logs.installing("torch==2.8.0", "transformers==4.56.1", "trl==0.23.0", "peft==0.17.1"),
        *logs.bars("Loading checkpoint shards: ", 4, 1.4, states=4),
        *logs.bars("Tokenizing train dataset: ", 41230, 0.0003),
        "trainable params: 40,370,176 || all params: 7,656,986,112 || trainable%: 0.5272",
    ),
    steps=6200,
    closing=(*logs.pushed("ada/qwen3-support-lora"), "Training completed."),
)
WHISPER = Training(
    seed="whisper-small-de", opening=QWEN.opening[:3], steps=4000, first_loss=1.9, last_loss=0.3
)

USER_HISTORY: tuple[Past, ...] = (
    Past(
        "qwen3-support-lora",
        "uv run /data/train.py --epochs 3 --lora-r 16",
        "a10g-large",
        QWEN,
        age=41 * MINUTE,
        waited=2.5 * MINUTE,
        stage="RUNNING",
        timeout=4 * 3600,
        volumes=ARTIFACTS,
        labels={"team": "support", "stage": "train"},
        environment={"WANDB_MODE": "offline"},
    ),
    Past(
        "llama-70b-dpo",
        "torchrun --nproc-per-node 8 dpo.py",
        "h200x8",
        Recording((), 0),
        age=9 * MINUTE,
        waited=None,
        stage="SCHEDULING",
        message=WAITING_FOR_HARDWARE,
        timeout=12 * 3600,
        image="huggingface/trl-latest-gpu",
        labels={"team": "alignment"},
        attempts=2,
    ),
    Past(
        "gsm8k-eval",
        "uv run eval.py --model ada/qwen3-support-lora",
        "l4x1",
        Recording(logs.EVALUATION, 214),
        age=55 * MINUTE,
        waited=38,
        labels={"team": "support", "stage": "eval"},
    ),
    Past(
        "qwen3-batch-8",
        "uv run /data/train.py --batch-size 8",
        "a10g-small",
        Recording(logs.CUDA_OUT_OF_MEMORY, 167),
        age=1.6 * HOUR,
        waited=71,
        stage="ERROR",
        message="Job failed with exit code: 1. Reason: Error.",
        timeout=7200,
        volumes=ARTIFACTS,
        labels={"team": "support", "stage": "train"},
    ),
    Past(
        "clean-alpaca",
        "uv run /data/clean.py",
        "cpu-upgrade",
        Recording(logs.MISSING_COLUMN, 24),
        age=2.3 * HOUR,
        waited=11,
        stage="ERROR",
        message="Job failed with exit code: 1. Reason: Error.",
        volumes=ARTIFACTS,
    ),
    Past(
        "join-embeddings",
        "uv run /data/join.py --all",
        "cpu-basic",
        Recording(logs.KILLED_FOR_MEMORY, 96),
        age=5 * HOUR,
        waited=9,
        stage="ERROR",
        message="Job failed with exit code: 137. Reason: OOMKilled",
        volumes=ARTIFACTS,
    ),
    Past(
        "whisper-small-de",
        "uv run /data/whisper.py",
        "t4-medium",
        WHISPER,
        ran=1800,
        age=8 * HOUR,
        waited=44,
        stage="ERROR",
        message="Job timeout",
        volumes=ARTIFACTS,
    ),
    Past(
        "nightly-sync",
        "uv run /data/sync.py",
        "cpu-basic",
        Recording(logs.SYNC, 66),
        age=26 * HOUR,
        waited=7,
        initiator={"type": "scheduled-job", "id": "6a43e79b7a748a878b5991cf"},
        volumes=ARTIFACTS,
    ),
    Past(
        "nightly-sync",
        "uv run /data/sync.py",
        "cpu-basic",
        Recording(logs.SYNC, 61),
        age=50 * HOUR,
        waited=8,
        initiator={"type": "scheduled-job", "id": "6a43e79b7a748a878b5991cf"},
        volumes=ARTIFACTS,
    ),
    Past(
        "serve-qwen",
        "python3 serve.py --port 8000",
        "h200x2",
        Recording(logs.CUDA_802, 31),
        age=2.2 * DAY,
        waited=840,
        stage="ERROR",
        message="Job failed with exit code: 1. Reason: Error.",
        image="vllm/vllm-openai:v0.10.2",
    ),
    Past(
        "serve-qwen",
        "python3 serve.py --port 8000",
        "rtx-pro-6000",
        Recording(logs.SERVED, 3200),
        age=2 * DAY,
        waited=66,
        stage="CANCELED",
        timeout=28800,
        image="vllm/vllm-openai:v0.10.2",
    ),
    Past(
        "gemma-tpu",
        "python3 train_jax.py",
        "v5e-1x1",
        Recording(logs.pushed("ada/gemma-tpu"), 940),
        age=3.4 * DAY,
        waited=150,
        image="us-docker.pkg.dev/vertex-ai/training/jax-tpu",
        labels={"team": "research"},
    ),
    Past(
        "index-docs",
        "python -m indexer --rebuild",
        "cpu-performance",
        Recording(
            (*logs.pip_installing("tantivy==0.25.0", "tqdm==4.67.1"), *logs.bars("", 88120, 0.004)), 371
        ),
        age=4.1 * DAY,
        waited=22,
        image="python:3.12",
        secrets=(),
        initiator={"type": "webhook", "id": "6a3b11aa22bb33cc44dd55ee"},
    ),
    Past(
        "old-experiment",
        "python train.py",
        "t4-small",
        Recording(logs.pushed("ada/old-experiment"), 610),
        age=12 * DAY,
        waited=40,
        stage="DELETED",
        image="pytorch/pytorch:2.6.0-cuda12.4-cudnn9-devel",
        timeout=3600,
    ),
    Past(
        "hello",
        "python -c 'print(\"hello from a job\")'",
        "cpu-basic",
        Recording(("hello from a job",), 3.0),
        age=23 * DAY,
        waited=6,
        image="python:3.12",
        secrets=(),
        legacy=True,
    ),
)
