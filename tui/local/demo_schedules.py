"""What is scheduled in the demo, and the runs there have been."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from . import demo_failures as failures
from . import demo_logs as logs
from .demo_life import Past, Planned
from .demo_load import ON_CPU
from .demo_logs import Recording
from .demo_user import ARTIFACTS

HOUR, DAY = 3600.0, 86400.0
SYNC_ID, REPORT_ID, INGEST_ID, CANARY_ID = (f"6a43e79b7a748a878b5991c{digit}" for digit in "fab0")
NIGHTS = 14
HOURS = 6

SYNC = Past(
    "nightly-sync",
    "uv run /data/sync.py",
    "cpu-basic",
    Recording(logs.SYNC, 66),
    age=0,
    waited=7,
    volumes=ARTIFACTS,
    initiator={"type": "scheduled-job", "id": SYNC_ID},
    load=ON_CPU,
)
INGEST = Past(
    "hourly-ingest",
    "python ingest.py",
    "cpu-upgrade",
    Recording(logs.INGEST, 140),
    age=0,
    waited=12,
    image="acme/ingest:3",
    owner="acme",
    by_colleague=True,
    labels={"team": "data"},
    initiator={"type": "scheduled-job", "id": INGEST_ID},
    load=ON_CPU,
)
REPORT = Past(
    "weekly-report",
    "uv run /data/report.py",
    "cpu-basic",
    Recording(logs.SYNC, 40),
    age=0,
    waited=6,
    labels={"team": "support"},
    load=ON_CPU,
)
CANARY = Past(
    "gpu-canary",
    "nvidia-smi",
    "t4-small",
    Recording(
        ("NVIDIA-SMI 570.124.06   Driver Version: 570.124.06   CUDA Version: 12.8", "No errors found"), 9
    ),
    age=0,
    waited=31,
    image="nvidia/cuda:12.8.0-base-ubuntu24.04",
    owner="acme",
    secrets=(),
)

SCHEDULES: tuple[Planned, ...] = (
    Planned(SYNC_ID, SYNC, "0 3 * * *", age=40 * DAY),
    Planned(REPORT_ID, REPORT, "0 9 * * 1", age=33 * DAY, suspended=True),
    Planned(INGEST_ID, INGEST, "@hourly", age=12 * DAY, concurrent=True),
    Planned(CANARY_ID, CANARY, "*/15 6-20 * * 1-5", age=0.2 * HOUR),
)


def past_runs(now_seconds: float) -> Iterator[Past]:
    """The runs of the last nights and hours, the latest of each first."""
    last_night = (now_seconds - 3 * HOUR) % DAY
    for night in range(NIGHTS):
        run = replace(SYNC, age=last_night + night * DAY)
        if night % 9 == 4:
            words = "Job failed with exit code: 1. Reason: Error."
            run = replace(run, script=Recording(failures.SYNC_TIMED_OUT, 91), stage="ERROR", message=words)
        if run.age > 120:
            yield run
    last_hour = now_seconds % HOUR
    for hour in range(HOURS):
        if last_hour + hour * HOUR > 240:
            yield replace(INGEST, age=last_hour + hour * HOUR)
