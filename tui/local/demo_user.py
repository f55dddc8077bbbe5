"""What the user of the demo ran, and is running."""

from __future__ import annotations

from . import demo_failures as failures
from . import demo_logs as logs
from .demo_life import Past
from .demo_load import FORGOTTEN, HALF_IDLE
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
    closing=(
        "{'train_runtime': 6219.8114, 'train_samples_per_second': 19.89, 'train_loss': 0.884, 'epoch': 3.0}",
        *logs.pushed("ada/qwen3-support-lora"),
        "Training completed.",
    ),
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
        "eval-sweep",
        "uv run /data/sweep.py --tasks all",
        "a10g-largex2",
        Recording(logs.SWEEP, 3 * HOUR),
        age=52 * MINUTE,
        waited=70,
        stage="RUNNING",
        timeout=5 * 3600,
        volumes=ARTIFACTS,
        labels={"team": "support", "stage": "eval"},
        load=HALF_IDLE,
    ),
    Past(
        "probe-notebook",
        "jupyter lab --ip 0.0.0.0 --port 8888",
        "l4x1",
        Recording(logs.NOTEBOOK, 30 * HOUR),
        age=9.2 * HOUR,
        waited=41,
        stage="RUNNING",
        timeout=24 * 3600,
        image="quay.io/jupyter/pytorch-notebook:cuda12-latest",
        environment={"OPENAI_API_KEY": "sk-not-a-real-key-0000000000"},
        secrets=(),
        load=FORGOTTEN,
        expose={"ports": [8888], "portsPublic": []},
    ),
    Past(
        "llama-70b-dpo",
        "torchrun --nproc-per-node 8 dpo.py",
        "h200x8",
        Recording((), 0),
        age=47 * MINUTE,
        requeued_every=6.3 * MINUTE,
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
        Recording(failures.CUDA_OUT_OF_MEMORY, 167),
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
        Recording(failures.MISSING_COLUMN, 24),
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
        Recording(failures.KILLED_FOR_MEMORY, 96),
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
)
