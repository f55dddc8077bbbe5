"""The hub of the monkey: jobs and schedules come and go in it, and some requests go wrong."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.local_hub import LocalHub, RecordedRequest
from tui.domain.text import short_id
from tui.local.faults import parse_fault
from tui.local.jobs import LIVE_STAGES, Stage
from tui.local.metrics import Sample

NAMES = ("train", "eval", "sweep", "日本語-run", "a-name-that-is-longer-than-its-column", "")
LINES = (
    "epoch 1 loss 0.5",
    "\rbar 50%|#####     |",
    "WARNING: slow",
    "ERROR: no",
    "{'loss': 0.1, 'epoch': 2}",
    "x" * 300,
    "日本 é",
    "",
)
TRACEBACK = (
    "[rank0]: Traceback (most recent call last): [rank0]",
    '[rank0]:   File "job.py", line 1, in <module>',
    "[rank0]: ValueError: no",
)
ENDS: tuple[Stage, ...] = ("COMPLETED", "ERROR", "CANCELED")
MOST_JOBS, FEWEST_LIVE = 40, 5
FAULTS = (
    "GET /api/jobs/* 503 x2",
    "GET * delay=0.5 x3",
    "POST * delay=0.5 x2",
    "POST */cancel 409 x1",
    "PUT * 500 x1",
    "POST * 402 x1",
    "GET */logs lines=1 reset x2",
    "GET /api/scheduled-jobs/* 403 x1",
    "GET /api/whoami-v2 401 x1",
)


@dataclass
class Target:
    """A job or scheduled job as a dialog may name it."""

    id: str
    namespace: str
    names: set[str] = field(default_factory=set)

    @property
    def short_id(self) -> str:
        """The id as dialogs show it."""
        return short_id(self.id)


class World:
    """Changes by steps, not by the clock, so that a seed finds the same world again."""

    def __init__(self, hub: LocalHub) -> None:
        self.hub = hub
        self.targets: dict[str, Target] = {}
        """Everything that was ever there, by id."""
        self._simulated: list[str] = []
        self._read = 0

    def begin(self, seed: int) -> None:
        """Jobs of every kind, and schedules."""
        rng = random.Random(f"{seed}/world")  # noqa: S311 - to be made again
        for number in range(14):
            self._new_job(rng, stage=("RUNNING", "SCHEDULING", *ENDS)[number % 5])
        for name, namespace in (("nightly", "ada"), ("weekly", "ada"), ("team-report", "acme")):
            self.hub.add_schedule("python", "-c", "pass", labels={"name": name}, namespace=namespace)
        self.hub.add_schedule("true", labels={"name": "off"}, suspended=True)

    def happen(self, seed: int, step: int) -> None:
        """What others do in this step."""
        rng = random.Random(f"{seed}/{step}/world")  # noqa: S311 - to be made again
        live = self.hub.call(self._live)
        chance = rng.random()
        if chance < 0.06 or len(live) < FEWEST_LIVE:
            self._new_job(rng, stage="RUNNING" if len(live) < FEWEST_LIVE else "SCHEDULING")
        elif chance < 0.11 and live:
            self.hub.set_stage(
                rng.choice(live), rng.choice(ENDS), rng.choice((None, "Job failed with exit code: 1"))
            )
        elif chance < 0.35 and live:
            self.hub.log(
                rng.choice(live), *rng.choices(LINES, k=rng.randrange(1, 40)), *rng.choice(((), TRACEBACK))
            )
        elif chance < 0.4 and live:
            self.hub.metric(rng.choice(live), Sample(50.0, 2000, 1 << 30, 1 << 34, "one"))
        elif chance < 0.43:
            self._forget_one(rng)
        elif chance < 0.45:
            self._change_schedules(rng)
        elif chance < 0.48:
            self.hub.plan(parse_fault(rng.choice(FAULTS)))
        elif chance < 0.6:
            self.hub.heal()

    def written(self) -> list[RecordedRequest]:
        """What has come since the last time and is no mere reading; the targets are known up to it."""
        new = self.hub.requests[self._read :]
        self._read += len(new)
        found = [request for request in new if request.method not in ("GET", "HEAD")]
        if found:
            self.look()
        return found

    def _live(self) -> list[str]:
        stages = {job.id: job.stage for job in self.hub.state.store}
        return [job_id for job_id in self._simulated if stages.get(job_id) in LIVE_STAGES]

    def look(self) -> None:
        """Learn what everything is called now."""
        for target_id, namespace, labels, image in self.hub.call(self._everything):
            target = self.targets.setdefault(target_id, Target(target_id, namespace))
            target.names |= {name for name in (labels.get("name", ""), image) if name}

    def _new_job(self, rng: random.Random, stage: Stage) -> None:
        if len(self._simulated) >= MOST_JOBS:
            self._forget_one(rng)
        new = self.hub.add_job(
            stage=stage,
            name=rng.choice(NAMES) or None,
            namespace=rng.choice(("ada", "ada", "acme")),
            flavor=rng.choice(("cpu-basic", "t4-small", "a10g-large")),
            age_seconds=rng.choice((1.0, 60.0, 7200.0)),
            lines=rng.choices(LINES, k=rng.randrange(60)),
            ssh=rng.random() < 0.3,
        )
        self._simulated.append(new)

    def _forget_one(self, rng: random.Random) -> None:
        """Jobs that others hold on to, such as the last one of a schedule, are not among them."""
        if len(self._simulated) > 5:
            self.look()
            self.hub.forget(self._simulated.pop(rng.randrange(len(self._simulated))))

    def _change_schedules(self, rng: random.Random) -> None:
        """A colleague makes one or deletes one."""
        schedules = self.hub.call(lambda: list(self.hub.state.scheduler))
        if len(schedules) < 4:
            self.hub.add_schedule(
                "true",
                labels={"name": f"made-{rng.randrange(9)}"},
                namespace=rng.choice(("ada", "acme")),
                suspended=rng.random() < 0.3,
            )
        elif len(schedules) > 6:
            self.look()
            self.hub.call(lambda: self.hub.state.scheduler.remove(rng.choice(schedules)))

    def _everything(self) -> list[tuple[str, str, dict[str, str], str]]:
        hub = self.hub.state
        jobs = [(job.id, job.owner.name, job.request) for job in hub.store]
        schedules = [(one.id, one.owner.name, one.request) for one in hub.scheduler]
        return [
            (id_, owner, dict(request.labels), request.docker_image or request.space_id or "")
            for id_, owner, request in (*jobs, *schedules)
        ]
