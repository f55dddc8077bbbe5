"""`hub --state DIR`: what a hub knew is there again, what was live has ended, what is odd is refused."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import psutil
import pytest

from tests.local.conftest import Caller
from tests.local.hf_command import Shell
from tests.local.test_runner import alive, texts, words_of_end
from tests.local.test_serve import serving
from tests.local_hub import LocalHub
from tests.waiting import until
from tui.local.hub import Hub, HubSettings
from tui.local.state_file import STATE_FILE, VERSION, StateError

SECRET = "sesame-open-up"


@contextmanager
def keeping(folder: Path, **options: Any) -> Iterator[Caller]:
    """A client of a hub that keeps its state in a folder."""
    with LocalHub(state=folder, **options) as hub:
        caller = Caller(hub)
        with caller.http:
            yield caller


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that a hub will make."""
    return tmp_path / "deep" / "state"


def everything(caller: Caller) -> dict[str, Any]:
    """All that a client can ask for and that stays the same."""
    http = caller.http
    jobs = http.get("/api/jobs/ada").json()
    for job in jobs:
        job["durations"].pop("totalSecs", None)
    return {
        "jobs": jobs,
        "logs": [http.get(f"/api/jobs/ada/{job['id']}/logs").text for job in jobs],
        "tails": [http.get(f"/api/jobs/ada/{job['id']}/logs?tail=1").text for job in jobs],
        "schedules": http.get("/api/scheduled-jobs/ada").json(),
        "buckets": http.get("/api/buckets/ada").json(),
        "tree": http.get("/api/buckets/ada/files/tree?recursive=true").json(),
        "billing": http.get("/api/settings/billing/usage/jobs").json(),
    }


def live_a_little(caller: Caller) -> None:
    """Some jobs, a schedule that ran, a bucket with a file in it."""
    http = caller.http
    assert http.post("/api/buckets/ada/files", json={"private": True}).status_code == 200
    volume = {"type": "bucket", "source": "ada/files", "mountPath": "/data"}
    command = ["sh", "-c", "echo saved > /data/out.txt; echo é"]
    writing = caller.start(*command, volumes=[volume], labels={"name": "write"})
    caller.wait_for(writing, "COMPLETED")
    caller.wait_for(caller.start("sh", "-c", "echo one; exit 3", attempts=2))
    for job_id in (caller.start("sleep", "600"),):
        caller.wait_for(job_id, "RUNNING")
        http.post(f"/api/jobs/ada/{job_id}/cancel")
    http.put(f"/api/jobs/ada/{writing}/labels", json={"labels": {"name": "renamed"}})
    spec = {
        "command": ["true"],
        "dockerImage": "python:3.12",
        "flavor": "cpu-basic",
        "secrets": {"K": SECRET},
    }
    reply = http.post("/api/scheduled-jobs/ada", json={"jobSpec": spec, "schedule": "0 3 * * *"})
    schedule = reply.json()["id"]
    caller.wait_for(http.post(f"/api/scheduled-jobs/ada/{schedule}/run").json()["id"])
    http.post(f"/api/scheduled-jobs/ada/{schedule}/suspend")
    gone = http.post("/api/scheduled-jobs/ada", json={"jobSpec": spec, "schedule": "@daily"}).json()["id"]
    http.delete(f"/api/scheduled-jobs/ada/{gone}")
    http.post("/api/buckets/ada/gone")
    http.delete("/api/buckets/ada/gone")
    until(lambda: all(job.log.ended for job in caller.hub.state.store))


def test_what_a_hub_knew_is_there_again(folder: Path) -> None:
    with keeping(folder) as caller:
        live_a_little(caller)
        before = everything(caller)
    for _ in range(2):
        with keeping(folder) as caller:
            assert everything(caller) == before
    assert [job["labels"].get("name") for job in before["jobs"]].count("renamed") == 1
    assert before["tree"][0]["path"] == "out.txt"


def test_it_goes_on_from_there(folder: Path) -> None:
    with keeping(folder) as caller:
        live_a_little(caller)
        (schedule,) = caller.http.get("/api/scheduled-jobs/ada").json()
    with keeping(folder) as caller:
        volume = {"type": "bucket", "source": "ada/files", "mountPath": "/data"}
        job_id = caller.start("sh", "-c", "cat /data/out.txt; rm /data/out.txt", volumes=[volume])
        assert texts(caller, job_id) == ["saved"]
        assert caller.http.get("/api/buckets/ada/files/tree").json() == []
        run = caller.http.post(f"/api/scheduled-jobs/ada/{schedule['id']}/run").json()["id"]
        assert words_of_end(caller.wait_for(run)) == ("COMPLETED", None)
        hub = caller.hub
        secrets = hub.call(lambda: [dict(one.request.secrets) for one in hub.state.scheduler])
        assert secrets == [{"K": SECRET}]
        count = len(caller.http.get("/api/jobs/ada").json())
    with keeping(folder) as caller:
        assert len(caller.http.get("/api/jobs/ada").json()) == count
        assert not any((folder / "content").iterdir())


def test_a_schedule_runs_after_a_restart(folder: Path) -> None:
    with keeping(folder) as caller:
        caller.hub.add_schedule("echo", "again", expression="* * * * * *")
    with keeping(folder) as caller:
        until(lambda: caller.http.get("/api/jobs/ada/count?stage=COMPLETED").json()["count"], seconds=10)


def kill_with_live_jobs(folder: Path, command: list[str]) -> tuple[str, list[str], list[psutil.Process]]:
    """A hub that is killed while one job runs and another waits; returns its token and the jobs."""
    with serving(
        f"scheduling_seconds=0.3, slots=1, state=__import__('pathlib').Path({str(folder)!r})"
    ) as served:
        with httpx2.Client(base_url=served.endpoint, headers=served.headers, trust_env=False) as http:
            body = {"dockerImage": "python:3.12", "command": command, "flavor": "cpu-basic"}
            ids = [http.post("/api/jobs/ada", json=body).json()["id"] for _ in range(2)]
            until(lambda: len(http.get(f"/api/jobs/ada/{ids[0]}").json().get("startedAt", "")))
            until(lambda: psutil.Process(served.process.pid).children(recursive=True))
            until(lambda: "here" in (folder / "logs" / f"{ids[0]}.sse").read_text(), seconds=10)
        processes = psutil.Process(served.process.pid).children(recursive=True)
        served.process.kill()
        served.process.wait()
        return served.token, ids, processes


def test_jobs_that_were_live_when_the_hub_was_killed_have_ended(folder: Path) -> None:
    token, ids, processes = kill_with_live_jobs(folder, ["sh", "-c", "echo here; exec sleep 600"])
    with (folder / "logs" / f"{ids[0]}.sse").open("a") as log:
        log.write('data: {"data":"half an ev')
    with keeping(folder) as caller:
        ran, waited = (caller.job(job_id) for job_id in ids)
        assert words_of_end(ran) == ("ERROR", "The local hub ended while this job ran")
        assert words_of_end(waited) == ("ERROR", "The local hub ended while this job waited")
        assert ran["createdAt"] <= ran["startedAt"] <= ran["finishedAt"]
        assert texts(caller, ids[0]) == ["here", "local hub: the local hub ended while this job ran"]
        assert caller.events(ids[1]) == []
        assert caller.http.post(f"/api/jobs/ada/{ids[0]}/cancel").status_code == 400
    until(lambda: not alive(*(process.pid for process in processes)))
    with serving(f"state=__import__('pathlib').Path({str(folder)!r})") as served:
        assert served.token == token


def test_what_a_killed_hub_left_running_is_ended_by_the_next(folder: Path) -> None:
    """Its guard was killed with it, so that nothing but the mark tells whose the process is."""
    with keeping(folder):
        pass
    left = subprocess.Popen(["sleep", "600"], env={"HF_JOBS_LOCAL_HUB": f"{folder}/jobs/1"})
    try:
        with keeping(folder):
            assert left.wait(5) == -signal.SIGKILL
    finally:
        left.kill()
        left.wait()


def test_jobs_that_a_hub_takes_with_it_say_so(folder: Path) -> None:
    with keeping(folder, slots=1) as caller:
        ids = [caller.start("sleep", "600") for _ in range(2)]
        caller.wait_for(ids[0], "RUNNING")
    with keeping(folder) as caller:
        ends = [words_of_end(caller.job(job_id)) for job_id in ids]
        assert ends == [("CANCELED", "The local hub was stopped")] * 2


def test_secrets_of_jobs_are_not_kept_and_it_is_said(folder: Path) -> None:
    with keeping(folder) as caller:
        job_id = caller.start("true", secrets={"KEY": SECRET})
        caller.wait_for(job_id)
    for path in folder.rglob("*"):
        assert path.is_dir() or path.is_symlink() or SECRET.encode() not in path.read_bytes()
    with keeping(folder) as caller:
        assert caller.job(job_id)["secrets"] == ["KEY"]
        reply = caller.http.post(f"/api/jobs/ada/{job_id}/duplicate")
        assert (reply.status_code, "submit it again" in reply.json()["error"]) == (409, True)
        other = caller.start("true")
        assert caller.http.post(f"/api/jobs/ada/{other}/duplicate").status_code == 200


def test_the_folder_is_the_users_alone(folder: Path) -> None:
    folder.mkdir(parents=True, mode=0o777)
    with keeping(folder) as caller:
        live_a_little(caller)
        assert folder.stat().st_mode & 0o777 == 0o700
    for path in folder.rglob("*"):
        assert path.is_symlink() or path.is_dir() or path.stat().st_mode & 0o077 == 0, path
    assert {path.name for path in folder.iterdir()} <= {"hub.lock", STATE_FILE, "logs", "content", "uv-cache"}


def refused(folder: Path) -> str:
    """Why a hub does not start with a state; nothing of it is changed."""
    with pytest.raises(StateError) as caught:
        Hub(HubSettings(state=folder))
    words = str(caught.value)
    assert str(folder) in words
    assert "\n" not in words
    return words


def test_a_second_hub_on_the_same_state_is_refused(folder: Path) -> None:
    with keeping(folder) as caller:
        assert refused(folder) == f"{folder} is in use by another local hub (process {os.getpid()})"
        assert caller.http.get("/api/whoami-v2").status_code == 200
        link = folder.with_name("link")
        link.symlink_to(folder)
        assert "in use by another" in refused(folder.with_name("link").resolve())


def test_a_refused_state_is_one_sentence_and_exit_1(folder: Path) -> None:
    with keeping(folder):
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "tui", "hub", "--state", str(folder)],
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(f"Cannot start with this state: {folder} is in use by another local hub")


def test_demo_and_state_do_not_go_together(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui", "hub", "--demo", "--state", str(folder)],
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )
    assert (done.returncode, "--state" in done.stderr, folder.exists()) == (2, True, False)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            "",
            "State is not kept: jobs, logs, schedules and buckets end with the hub. --state DIR keeps them.",
        ),
        ("state=__import__('pathlib').Path({folder!r})", "State is kept in {folder}."),
    ],
)
def test_it_is_said_whether_the_state_is_kept(folder: Path, options: str, words: str) -> None:
    with serving(options.format(folder=str(folder))) as served:
        served.process.send_signal(signal.SIGINT)
        said = served.leave()[2]
    assert words.format(folder=folder) in said.splitlines()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs" / "thesis").touch()
    assert "holds other files" in refused(tmp_path)
    (tmp_path / STATE_FILE).touch()
    assert "holds other files" in refused(tmp_path)
    with sqlite3.connect(tmp_path / STATE_FILE) as other:
        other.execute("CREATE TABLE mine (x)")
    other.close()
    assert "is not the state of a local hub" in refused(tmp_path)
    assert (tmp_path / "jobs" / "thesis").exists()


Damage = Callable[[Path], object]


def change(**fields: Any) -> Damage:
    """Change the row of a job; `...` takes a field away."""

    def damage(path: Path) -> None:
        database = sqlite3.connect(path)
        with database:
            ((job_id, value),) = database.execute("SELECT id, value FROM kept WHERE kind = 'job'")
            kept = {k: v for k, v in (json.loads(value) | fields).items() if v is not ...}
            database.execute("UPDATE kept SET value = ? WHERE id = ?", (json.dumps(kept).encode(), job_id))
        database.close()

    return damage


def run_sql(statement: str) -> Damage:
    def damage(path: Path) -> None:
        database = sqlite3.connect(path, isolation_level=None)
        database.execute(statement)
        database.close()

    return damage


def replaced(make: Damage) -> Damage:
    """Put something else in place of the file."""

    def damage(path: Path) -> None:
        path.unlink()
        make(path)

    return damage


def cut_in_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def scribble(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(4096))


DEEP = b"[" * 100_000
REQUEST: dict[str, Any] = {"command": ["true"]}
DAMAGES: dict[str, Damage] = {
    "garbage": lambda path: path.write_bytes(b"garbage " * 1000),
    "text": lambda path: path.write_text("x"),
    "cut": cut_in_half,
    "scribbled": scribble,
    "fifo": replaced(os.mkfifo),
    "folder": replaced(Path.mkdir),
    "link": replaced(lambda path: path.symlink_to("/etc/passwd")),
    "link to nothing": replaced(lambda path: path.symlink_to("/nowhere")),
    "fifo beside": lambda path: os.mkfifo(path.with_name(path.name + "-wal")),
    "later version": run_sql(f"PRAGMA user_version = {VERSION + 1}"),
    "another program's": run_sql("PRAGMA application_id = 1"),
    "without its table": run_sql("DROP TABLE kept"),
    "another table": run_sql("ALTER TABLE kept RENAME COLUMN value TO content"),
    "text in place of bytes": run_sql("UPDATE kept SET value = 'text'"),
    "deep row": run_sql("UPDATE kept SET value = CAST(hex(zeroblob(50000)) AS BLOB)"),
    "empty row": run_sql("UPDATE kept SET value = x''"),
    "odd id": run_sql("UPDATE kept SET id = '../../x' WHERE kind = 'job'"),
    "odd token": run_sql("INSERT INTO kept VALUES ('token', 'token', x'0a0a')"),
    "no field": change(owner=...),
    "unknown owner": change(owner="eve"),
    "unknown stage": change(stage="LOST"),
    "absurd time": change(created_at=1e300),
    "early time": change(created_at=-1),
    "number as text": change(started_at="soon"),
    "huge number": change(failure_count=10**30),
    "no command": change(request=REQUEST | {"command": []}),
    "NUL": change(request=REQUEST | {"command": ["a\0b"]}),
    "odd variable": change(request=REQUEST | {"environment": {"A=B": "x"}}),
    "way out": change(
        request=REQUEST | {"volumes": [{"type": "bucket", "source": "a/b", "mountPath": "/.."}]}
    ),
    "odd volume": change(request=REQUEST | {"volumes": [{"mountPath": 1}]}),
    "no time": change(request=REQUEST | {"timeout_seconds": 0}),
    "odd schedule": run_sql(
        "INSERT INTO kept VALUES ('schedule', '0123456789abcdef01234567', CAST("
        '\'{"request":{"command":["x"]},"owner":"ada","created_at":1,"expression":"never"}\' AS BLOB))'
    ),
    "odd bucket": run_sql(
        'INSERT INTO kept VALUES (\'bucket\', \'ada/x\', CAST(\'{"id":"1","owner":"ada","name":"x",'
        '"private":false,"created_at":1,"updated_at":1,"files":{"../x":{"content_hash":"0","size_bytes":0,'
        '"modified_at":0,"uploaded_at":0}}}\' AS BLOB))'
    ),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_state_that_cannot_be_read_is_refused_and_left_as_it_is(folder: Path, damage: Damage) -> None:
    with keeping(folder) as caller:
        caller.wait_for(caller.start("true"))
    state = folder / STATE_FILE
    damage(state)
    before = state.read_bytes() if state.is_file() else b""
    words = refused(folder)
    assert STATE_FILE in words
    assert (state.read_bytes() if state.is_file() else b"") == before
    refused(folder)  # and it is not left locked


@pytest.mark.parametrize("name", ["logs", "content", "uv-cache", "jobs", "stores"])
@pytest.mark.parametrize("make", [os.mkfifo, Path.touch, lambda path: path.symlink_to("/etc")])
def test_a_folder_in_it_that_is_none_is_refused(folder: Path, name: str, make: Damage) -> None:
    with keeping(folder):
        pass
    path = folder / name
    if path.exists():
        path.rmdir()
    make(path)
    assert refused(folder) == f"{path} is not a folder"


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/etc/passwd")])
def test_a_lock_that_is_no_file_is_refused(folder: Path, make: Damage) -> None:
    with keeping(folder):
        pass
    (folder / "hub.lock").unlink()
    make(folder / "hub.lock")
    refused(folder)


LOG_DAMAGES: dict[str, tuple[Damage, int]] = {
    "missing": (Path.unlink, 503),
    "fifo": (replaced(os.mkfifo), 503),
    "folder": (replaced(Path.mkdir), 503),
    "link": (replaced(lambda path: path.symlink_to("/etc/passwd")), 503),
    "empty": (lambda path: path.write_bytes(b""), 200),
    "garbage": (lambda path: path.write_bytes(os.urandom(5000)), 503),
    "huge": (lambda path: os.truncate(path, 1 << 40), 503),
}


@pytest.mark.parametrize(("damage", "status"), LOG_DAMAGES.values(), ids=LOG_DAMAGES.keys())
def test_a_log_that_cannot_be_read_costs_its_job_the_log_only(
    folder: Path, damage: Damage, status: int
) -> None:
    with keeping(folder) as caller:
        job_id = caller.start("true")
        caller.wait_for(job_id)
    damage(folder / "logs" / f"{job_id}.sse")
    with keeping(folder) as caller:
        assert words_of_end(caller.job(job_id)) == ("COMPLETED", None)
        assert caller.http.get(f"/api/jobs/ada/{job_id}/logs").status_code == status
        assert caller.wait_for(caller.start("true"))["status"]["stage"] == "COMPLETED"


def test_a_content_that_is_gone_is_said(folder: Path) -> None:
    with keeping(folder) as caller:
        live_a_little(caller)
    for file in (folder / "content").iterdir():
        file.unlink()
    with keeping(folder) as caller:
        reply = caller.http.get("/buckets/ada/files/resolve/out.txt")
        assert (reply.status_code, "missing" in reply.json()["error"]) == (503, True)
        volume = {"type": "bucket", "source": "ada/files", "mountPath": "/data"}
        job = caller.wait_for(caller.start("true", volumes=[volume]))
        assert job["status"]["stage"] == "ERROR"


def test_a_state_that_cannot_be_written_is_said_once_and_made_up_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("tui.local.keeper.TRY_AGAIN_SECONDS", 0.05)
    with keeping(folder) as caller:

        def refuse(*_changes: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        with monkeypatch.context() as patched:
            patched.setattr("tui.local.state_file.StateFile.write", refuse)
            job_id = caller.start("true")
            caller.wait_for(job_id, "COMPLETED")
            until(lambda: "disk is full" in caplog.text)
        assert caplog.text.count("disk is full") == 1
    with keeping(folder) as caller:
        assert words_of_end(caller.job(job_id)) == ("COMPLETED", None)


def test_every_field_of_a_job_comes_back(folder: Path) -> None:
    with keeping(folder) as caller:
        job_id = caller.start(
            "true",
            arguments=["é", "\ud83e\udd17"],
            environment={"AB": "x=y\n"},
            arch="arm64",
            timeoutSeconds=77,
            attempts=3,
            labels={"a": "", "name": "x"},
            volumes=[
                {"type": "model", "source": "a/b", "mountPath": "/m", "readOnly": True, "revision": "r"}
            ],
            expose={"ports": [8000, 9000], "portsPublic": [9000]},
            ssh={"enabled": True},
            resourceGroupId="0" * 24,
            network={"group": "net", "aliases": ["a"]},
        )
        before = caller.wait_for(job_id)
    with keeping(folder) as caller:
        assert caller.job(job_id) == before


def test_hf_finds_its_jobs_after_a_restart(folder: Path, tmp_path: Path) -> None:
    with keeping(folder) as caller:
        Shell(caller.hub, tmp_path).hf("jobs", "run", "--name", "kept", "python:3.12", "echo", "hello")
    with keeping(folder) as caller:
        shell = Shell(caller.hub, tmp_path)
        assert "echo hello" in shell.hf("jobs", "ps", "-a").out
        (job,) = caller.http.get("/api/jobs/ada").json()
        assert "hello" in shell.hf("jobs", "logs", job["id"]).out
