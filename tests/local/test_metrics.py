"""The metrics stream: its exact form, what it measures, and when it is silent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.local.conftest import Caller
from tests.local_hub import LocalHub
from tests.waiting import until
from tui.local.metrics import Sample

SPIN = "print('up', flush=True)\nwhile True: pass"
SAMPLE = Sample(12.4, 3500, 1_417_216, 15_032_385_536, "j6qz9", gpus={"d901cd7f": {"utilization": 93}})


@contextmanager
def reading(caller: Caller, job_id: str) -> Iterator[Iterator[str]]:
    """The lines of a stream that has begun."""
    with caller.http.stream("GET", f"/api/jobs/ada/{job_id}/metrics") as reply:
        assert reply.status_code == 200
        assert reply.headers["content-type"].startswith("text/event-stream")
        yield reply.iter_lines()


def next_sample(lines: Iterator[str]) -> dict[str, Any]:
    """The next event, which has a name, one line of data, and an end."""
    line = next(lines)
    while line.startswith(":") or not line:
        line = next(lines)
    data = next(lines)
    assert (line, data[:7], next(lines)) == ("event: metric", "data: {", "")
    return dict(json.loads(data.removeprefix("data: ")))


def test_a_busy_job_is_measured_with_all_its_processes(caller: Caller) -> None:
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"
    job_id = caller.start("python", "-c", code, arguments=[SPIN])
    caller.wait_for(job_id, "RUNNING")
    with reading(caller, job_id) as lines:
        samples = [next_sample(lines) for _ in range(3)]
        while samples[-1]["cpu_usage_pct"] == 0:
            samples.append(next_sample(lines))
    last = samples[-1]
    assert set(last) == {
        *("cpu_usage_pct", "cpu_millicores", "memory_used_bytes", "memory_total_bytes"),
        *("rx_bps", "tx_bps", "gpus", "replica"),
    }
    assert 1_000_000 < last["memory_used_bytes"] < last["memory_total_bytes"] <= 16 * 10**9
    assert last["cpu_millicores"] in (1000, 2000)
    assert (last["gpus"], len(last["replica"])) == ({}, 5)
    assert len({sample["replica"] for sample in samples}) == 1


def test_there_is_no_history(caller: Caller) -> None:
    job_id = caller.hub.add_job()
    metrics = caller.hub.job(job_id).metrics
    caller.hub.call(lambda: metrics.publish(Sample(1, 1, 1, 1, "old")))
    with reading(caller, job_id) as lines:
        until(lambda: metrics.watched)
        caller.hub.metric(job_id, SAMPLE)
        assert next_sample(lines) == {
            "cpu_usage_pct": 12,
            "cpu_millicores": 3500,
            "memory_used_bytes": 1_417_216,
            "memory_total_bytes": 15_032_385_536,
            "rx_bps": 0,
            "tx_bps": 0,
            "gpus": {"d901cd7f": {"utilization": 93}},
            "replica": "j6qz9",
        }


def test_a_finished_job_has_none(caller: Caller) -> None:
    reply = caller.http.get(f"/api/jobs/ada/{caller.hub.add_job(stage='COMPLETED')}/metrics")
    assert (reply.status_code, list(reply.json())) == (406, ["error"])
    assert caller.http.get("/api/jobs/ada/0123/metrics").status_code == 404


def test_a_subscription_from_before_the_job_ran_stays_silent() -> None:
    with LocalHub(keep_alive_seconds=0.05) as hub:
        caller = Caller(hub)
        with caller.http:
            job_id = hub.add_job(stage="SCHEDULING")
            with reading(caller, job_id) as lines:
                assert next(lines) == ": keep-alive"
                hub.set_stage(job_id, "RUNNING")
                hub.metric(job_id, SAMPLE)
                heard = [next(lines) for _ in range(6)]
            assert set(heard) == {": keep-alive", ""}


def test_the_stream_outlives_the_job() -> None:
    with LocalHub(keep_alive_seconds=0.05) as hub:
        caller = Caller(hub)
        with caller.http:
            job_id = hub.add_job()
            with reading(caller, job_id) as lines:
                hub.set_stage(job_id, "COMPLETED")
                assert {next(lines) for _ in range(6)} == {": keep-alive", ""}
            until(lambda: not hub.job(job_id).metrics.watched)


def test_each_attempt_is_another_replica(caller: Caller) -> None:
    job_id = caller.start("sh", "-c", "sleep 0.5; exit 1", attempts=20)
    caller.wait_for(job_id, "RUNNING")
    with reading(caller, job_id) as lines:
        seen: set[str] = set()
        while len(seen) < 2:
            seen.add(next_sample(lines)["replica"])
