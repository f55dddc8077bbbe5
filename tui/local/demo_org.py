"""What the organisation of the demo ran, and is running."""

from __future__ import annotations

from . import demo_logs as logs
from .demo import Past
from .demo_logs import Recording
from .demo_training import Training

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0

FLUX = Training(
    seed="flux-style-lora",
    opening=(
        "INFO:__main__:Distributed environment: NO",
        *logs.bars("Loading pipeline components...: ", 7, 0.8, states=7),
        "INFO:__main__:***** Running training *****",
        "INFO:__main__:  Num examples = 412",
        "INFO:__main__:  Gradient Accumulation steps = 4",
    ),
    steps=9000,
    seconds_per_step=0.8,
    figures_every=25,
    steps_per_epoch=103,
    first_loss=0.42,
    last_loss=0.11,
)
GEMMA = Training(
    seed="gemma-sql",
    opening=(
        *logs.installing("torch==2.8.0", "transformers==4.56.1", "trl==0.23.0"),
        *logs.bars("Loading checkpoint shards: ", 2, 2.2, states=2),
        *logs.bars("Tokenizing train dataset: ", 17800, 0.0004),
    ),
    steps=2400,
    seconds_per_step=1.5,
    closing=logs.pushed("acme/gemma-sql"),
)


ORGANISATION_HISTORY: tuple[Past, ...] = (
    Past(
        "flux-style-lora",
        "accelerate launch train_dreambooth_lora_flux.py --resolution 1024",
        "h200",
        FLUX,
        age=19 * MINUTE,
        waited=6 * MINUTE,
        stage="RUNNING",
        timeout=6 * 3600,
        owner="acme",
        by_colleague=True,
        image="huggingface/diffusers-pytorch-cuda",
        labels={"team": "design"},
        secrets=("HF_TOKEN", "WANDB_API_KEY"),
    ),
    Past(
        "gemma-sql",
        "uv run /data/train.py --dataset acme/sql-pairs",
        "a100-large",
        GEMMA,
        ran=733,
        age=11 * HOUR,
        waited=95,
        stage="CANCELED",
        timeout=7200,
        owner="acme",
        labels={"team": "data"},
    ),
    Past(
        "gemma-sql",
        "uv run /data/train.py --dataset acme/sql-pairs --lr 1e-4",
        "a100-large",
        GEMMA,
        age=10.5 * HOUR,
        waited=120,
        timeout=7200,
        owner="acme",
        labels={"team": "data"},
        initiator={"type": "duplicated-job", "id": "6a1c2d3e4f5061728394a5b6"},
    ),
    Past(
        "synthetic-reviews",
        "python3 generate.py --rows 20000",
        "a100x4",
        Recording(logs.BATCH_INFERENCE, 1130),
        age=20 * HOUR,
        waited=310,
        owner="acme",
        by_colleague=True,
        image="vllm/vllm-openai:v0.10.2",
        labels={"team": "data"},
        timeout=10800,
    ),
    Past(
        "synthetic-reviews",
        "python3 generate.py --rows 200000",
        "a100x4",
        Recording(logs.BATCH_INFERENCE, 5400),
        age=18 * HOUR,
        waited=280,
        ran=2950,
        stage="CANCELED",
        cancel_reason="NO_CREDITS",
        owner="acme",
        message="Pre-paid credit balance is insufficient",
        by_colleague=True,
        image="vllm/vllm-openai:v0.10.2",
        labels={"team": "data"},
        timeout=10800,
    ),
    Past(
        "render-space",
        "python app.py --once",
        "l40sx1",
        Recording(logs.SERVED[:2], 88),
        age=6 * DAY,
        waited=51,
        space="acme/render-farm",
        owner="acme",
        secrets=(),
    ),
    Past(
        "grid-search",
        "uv run /data/grid.py",
        "a10g-largex4",
        Recording((), 0),
        age=7.5 * DAY,
        waited=None,
        ran=4.0,
        stage="CANCELED",
        message="Resource group spend limit reached",
        cancel_reason="RESOURCE_GROUP_LIMIT",
        owner="acme",
        by_colleague=True,
        timeout=86400,
    ),
)
